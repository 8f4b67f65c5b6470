"""Addresses of the facts engine."""

from django.urls import URLPattern

app_name = "facts"
urlpatterns: list[URLPattern] = []
