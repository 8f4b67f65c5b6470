"""Addresses of boundaries and layouts."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
