"""The whole site for the server of a bench, and beside it a view that does nothing: the raw limit."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.directory_http import EMPTY
from linli.config.wsgi import porch

__all__ = ["porch"]


def _empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"nothing")


def _beside() -> None:
    from linli.config import urls  # noqa: PLC0415 - once Django is set up

    urls.urlpatterns.insert(0, path(EMPTY.lstrip("/"), _empty))


_beside()
