"""Addresses of dashboards and wall screens."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
