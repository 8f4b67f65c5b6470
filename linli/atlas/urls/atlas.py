"""Addresses of indicators on a map, compared, over time."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
