"""Addresses of single cells, for ever."""

from django.urls import URLPattern

PATHS: list[URLPattern] = []
