"""Addresses of ways to an open station."""

from django.urls import URLPattern, path

from linli.atlas.views import access, access_console

PATHS: list[URLPattern] = [
    path("atlas/access/", access.access, name="access"),
    path("atlas/access/week/", access.access_week, name="access_week"),
    path("atlas/access/more/", access.access_more, name="access_more"),
    path("atlas/access/squares.csv", access.access_csv, name="access_csv"),
    path("console/access/", access_console.access_towns, name="access_towns"),
    path("console/access/buses.xlsx", access_console.buses_template, name="buses_template"),
    path("console/access/rows/<str:token>/", access_console.buses_rows, name="buses_rows"),
    path("console/access/<str:area>/", access_console.access_town, name="access_town"),
    path("console/access/<str:area>/ground/", access_console.access_ground, name="access_ground"),
    path("console/access/<str:area>/buses/", access_console.buses_bring, name="buses_bring"),
    path("console/access/<str:area>/buses/end/", access_console.buses_end, name="buses_end"),
]
