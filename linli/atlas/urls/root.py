"""Addresses without a language in front: what programs ask."""

from django.urls import URLPattern

from linli.atlas.urls import open_data

app_name = "open_data"

urlpatterns: list[URLPattern] = [*open_data.ROOT]
