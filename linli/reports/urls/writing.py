"""Addresses of what is written: templates, drafts, reports."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
