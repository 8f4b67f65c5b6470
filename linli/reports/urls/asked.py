"""Addresses of forms that others send us to fill."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
