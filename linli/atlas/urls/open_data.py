"""Addresses of the catalogue, packages and features."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
