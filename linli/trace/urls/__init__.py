"""Addresses of food supervision that carry the language: pages of everybody, of operators, of the console."""

from linli.trace.urls import (
    capture,
    laboratory,
    lookup,
    lots,
    operators,
    permits,
    query,
    recalls,
)

app_name = "trace"

# What has a word in its place comes before what has a code there.
urlpatterns = [
    *permits.PATHS,
    *capture.PATHS,
    *query.PATHS,
    *lots.PATHS,
    *laboratory.PATHS,
    *recalls.PATHS,
    *lookup.PATHS,
    *operators.PATHS,
]
