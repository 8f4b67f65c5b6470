"""Addresses of the catalogue, packages and features: pages in every language, files and programs' addresses in none."""

from django.urls import URLPattern, path, re_path

from linli.atlas.exchange import dcat, open_data, release_feed
from linli.atlas.views import features
from linli.atlas.views import open_data as pages

_CODE = r"(?P<code>[a-z][a-z0-9_.-]*)"  # of a data set: dots and hyphens within
OGC: list[URLPattern] = [
    path("ogc/", features.landing, name="ogc_landing"),
    path("ogc/conformance", features.conformance, name="ogc_conformance"),
    path("ogc/api", features.api, name="ogc_api"),
    path("ogc/collections", features.collections, name="ogc_collections"),
    path("ogc/collections/<str:code>", features.collection, name="ogc_collection"),
    path("ogc/collections/<str:code>/items", features.items, name="ogc_items"),
    path("ogc/collections/<str:code>/items/<str:feature>", features.item, name="ogc_item"),
]
PATHS: list[URLPattern] = [
    *OGC,
    path("data/", pages.open_data, name="open_data"),
    re_path(rf"^data/{_CODE}/$", pages.data_set, name="data_set"),
    path("feeds/releases.atom", release_feed.release_feed, name="release_feed"),
]
ROOT: list[URLPattern] = [
    path("dcat/catalog.ttl", dcat.turtle, name="dcat_turtle"),
    path("dcat/catalog.jsonld", dcat.jsonld, name="dcat_jsonld"),
    path("data/all.zip", open_data.everything, name="everything"),
    path("data/all.note", open_data.everything_note, name="everything_note"),
    path("data/verify_data.py", open_data.verifier, name="data_verifier"),
    re_path(rf"^data/{_CODE}/datapackage\.json$", open_data.package, name="package"),
    re_path(rf"^data/{_CODE}\.(?P<ending>[a-z]+)$", open_data.file, name="file"),
]
