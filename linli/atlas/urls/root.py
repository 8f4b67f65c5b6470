"""Addresses without a language in front: what programs ask."""

from django.urls import URLPattern

app_name = "open_data"

urlpatterns: list[URLPattern] = []
