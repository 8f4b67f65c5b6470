"""Addresses of the city in 3D."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
