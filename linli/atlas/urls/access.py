"""Addresses of ways to an open station."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
