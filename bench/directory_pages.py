"""What public pages of the directory cost one core: made anew, from memory, and when the browser has them already."""

from collections.abc import Mapping

from django.conf import settings
from django.test import Client

from bench.table import core_seconds
from linli.directory.models import Location, Service
from linli.ui.kept import pages as kept

Cost = tuple[float, float, float]


def named(addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses with codes that there are in their places."""
    codes = {
        "service": Service.objects.order_by("pk")[0].code,
        "station": Location.objects.order_by("pk")[0].code,
    }
    return {name: path.format(**codes) for name, path in addresses.items()}


def pages(addresses: Mapping[str, str]) -> dict[str, Cost]:
    """Return seconds of core time for each page: made anew, from memory, and 304."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    return {name: _cost(client, path) for name, path in named(addresses).items()}


def _cost(client: Client, address: str) -> Cost:
    def ask(**headers: str) -> str:
        answer = client.get(address, headers=headers)
        if answer.status_code not in {200, 304}:
            raise RuntimeError(f"{address}: {answer.status_code}")
        return str(answer.headers.get("ETag", ""))

    def anew() -> None:
        kept.forget()
        ask()

    made = core_seconds(anew, runs=15)
    tag = ask()
    if not tag:  # kept by nobody
        return made, made, made
    again = core_seconds(ask, runs=99)
    return made, again, core_seconds(lambda: ask(**{"if-none-match": tag}), runs=99)
