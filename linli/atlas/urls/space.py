"""Addresses of the city in 3D."""

from django.urls import URLPattern, path

from linli.atlas.views import space

PATHS: list[URLPattern] = [
    path("atlas/3d/", space.page, name="space"),
    path("atlas/3d/areas.json", space.areas, name="space_areas"),
]
