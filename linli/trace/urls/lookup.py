"""Addresses of the look-up: of everybody without a language in front, of staff with it."""

from django.urls import URLPattern, path

from linli.trace.exchange import signed_answers
from linli.trace.views import lookup

LOOKUP: list[URLPattern] = [
    path("q/", lookup.box, name="lookup_box"),
    path("q/<path:code>.json", signed_answers.signed_answer, name="signed_answer"),
    path("q/<path:code>", lookup.lookup, name="lookup"),
]
PATHS: list[URLPattern] = []
