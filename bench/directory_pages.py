"""What public pages of the directory cost one core: answered anew, and when the browser has them already."""

from collections.abc import Mapping

from django.conf import settings
from django.test import Client

from bench.table import core_seconds
from linli.directory.models import Location, Service


def pages(addresses: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Return seconds of core time for each page: the whole answer, and 304."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    codes = {
        "service": Service.objects.order_by("pk")[0].code,
        "station": Location.objects.order_by("pk")[0].code,
    }
    return {name: _cost(client, path.format(**codes)) for name, path in addresses.items()}


def _cost(client: Client, address: str) -> tuple[float, float]:
    def ask(**headers: str) -> str:
        answer = client.get(address, headers=headers)
        if answer.status_code not in {200, 304}:
            raise RuntimeError(f"{address}: {answer.status_code}")
        return str(answer.headers.get("ETag", ""))

    whole = core_seconds(ask, runs=15)
    tag = ask()  # the minute may have turned
    return whole, core_seconds(lambda: ask(**{"if-none-match": tag}), runs=15) if tag else whole
