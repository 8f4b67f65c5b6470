"""Addresses of boundaries and layouts."""

from django.urls import URLPattern, path

from linli.atlas.exchange import layer_data
from linli.atlas.views import layers_console, layers_public, layouts_console

PATHS: list[URLPattern] = [
    path("atlas/layers/", layers_public.boundaries, name="boundaries"),
    path("atlas/layers/<str:code>.geojson", layer_data.layer_geojson, name="layer_geojson"),
    path("atlas/layers/<str:code>/", layers_public.boundary, name="boundary"),
    path("console/layers/", layers_console.layers_list, name="layers"),
    path("console/layers/bring/", layers_console.layer_bring, name="layer_bring"),
    path("console/layers/rows/<str:token>/", layers_console.layer_rows, name="layer_rows"),
    path("console/layers/<str:code>/", layers_console.layer, name="layer"),
    path("console/layers/<str:code>/publish/", layers_console.layer_publish, name="layer_publish"),
    path(
        "console/layers/<str:code>/withdraw/", layers_console.layer_withdraw, name="layer_withdraw"
    ),
    path("console/layouts/", layouts_console.layouts, name="layouts"),
    path("console/layouts/<str:code>/", layouts_console.layout, name="layout"),
    path("console/layouts/<str:code>/move/", layouts_console.layout_move, name="layout_move"),
    path("console/layouts/<str:code>/anew/", layouts_console.layout_anew, name="layout_anew"),
]
