"""Addresses of indicators on a map, compared, over time."""

from django.urls import URLPattern, path

from linli.atlas.views import atlas, compare, sections

PATHS: list[URLPattern] = [
    path("atlas/", atlas.page, name="atlas"),
    path("atlas/compare/", compare.page, name="compare"),
    path("atlas/<slug:code>/", sections.page, name="section"),
]
