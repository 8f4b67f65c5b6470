"""Addresses of the atlas that carry the language: pages of everybody and of the console."""

from linli.atlas.urls import (
    access,
    atlas,
    cells,
    dashboards,
    exhibitions,
    layers,
    open_data,
    releases,
    space,
)

app_name = "atlas"

# What has a word in its place comes before what has a code there.
urlpatterns = [
    *releases.PATHS,
    *layers.PATHS,
    *space.PATHS,
    *access.PATHS,
    *open_data.PATHS,
    *cells.PATHS,
    *dashboards.PATHS,
    *exhibitions.PATHS,
    *atlas.PATHS,
]
