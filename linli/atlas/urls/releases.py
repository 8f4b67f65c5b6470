"""Addresses of the release gate, for staff and for everybody."""

from django.urls import URLPattern, path

from linli.atlas.views import releases_console as console
from linli.atlas.views import releases_deeds as deeds
from linli.atlas.views import releases_public as public

_PRODUCT, _RELEASE = "console/releases/product/<slug:code>/", "console/releases/<str:code>/"

PATHS: list[URLPattern] = [
    path("releases/", public.releases, name="releases"),
    path("releases/<str:code>.csv", public.release_csv, name="release_csv"),
    path("releases/<str:code>/", public.release, name="release"),
    path("console/releases/", console.console_releases, name="console_releases"),
    path("console/releases/new/", console.product_new, name="product_new"),
    path(_PRODUCT, console.console_product, name="console_product"),
    path(f"{_PRODUCT}propose/", deeds.product_propose, name="product_propose"),
    path(f"{_PRODUCT}end/", deeds.product_end, name="product_end"),
    path(_RELEASE, console.console_release, name="console_release"),
    path(f"{_RELEASE}freeze/", deeds.release_freeze, name="release_freeze"),
    path(f"{_RELEASE}release/", deeds.release_release, name="release_release"),
    path(f"{_RELEASE}refuse/", deeds.release_refuse, name="release_refuse"),
    path(f"{_RELEASE}again/", deeds.release_again, name="release_again"),
]
