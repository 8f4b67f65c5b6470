"""Addresses of single cells, for ever; and of rates."""

from django.urls import URLPattern, path, re_path

from linli.atlas.views import cells, rates, rates_console

_CODE = r"(?P<code>[a-z][a-z0-9_.]*)"  # of a rate: dots within

PATHS: list[URLPattern] = [
    path("atlas/cell/", cells.cell, name="cell"),
    path("atlas/cell/cite/", cells.cell_cite, name="cell_cite"),
    path("atlas/cell/<str:code>.json", cells.cell_json, name="cell_json"),
    path("atlas/cell/<str:code>", cells.cell_cited, name="cell_cited"),
    path("atlas/rates/", rates.rates, name="rates"),
    re_path(rf"^atlas/rates/{_CODE}/$", rates.rate, name="rate"),
    path("console/rates/", rates_console.console_rates, name="console_rates"),
    path("console/rates/new/", rates_console.rate_new, name="rate_new"),
]
