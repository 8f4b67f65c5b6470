"""Addresses of the offers engine: what the public sees and books, what the organizer works with."""

from django.urls import URLPattern

app_name = "offers"

PUBLIC: list[URLPattern] = []
CONSOLE: list[URLPattern] = []

urlpatterns = [*PUBLIC, *CONSOLE]
