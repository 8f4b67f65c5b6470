"""Addresses of the design system."""

from django.urls import path

from linli.ui import views

app_name = "ui"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("preferences/", views.preferences, name="preferences"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
