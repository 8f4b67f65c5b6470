"""Addresses of the release gate, for staff and for everybody."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
