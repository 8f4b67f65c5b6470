"""Addresses of exhibitions and the reading wall."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
