"""The engine of public figures."""

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    """The release gate; figures on maps, in 3D, as open data; dashboards, exhibitions, ways to a station."""

    name = "linli.atlas"
    label = "atlas"
