"""`linli export hsds DIR`: the data package, and services and organizations as the API tells them in full."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from linli.directory.exchange.package import write_package
from linli.directory.queries import export
from linli.directory.schemas.hsds_nested import Told
from linli.directory.schemas.hsds_pages import nested_for
from linli.directory.schemas.hsds_rows import Rows
from linli.kernel.exporting import Export, Nothing


def own_host() -> str:
    """Return what stands in front of our addresses when nobody has asked for a page."""
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('*.') or 'localhost'}"


def write_hsds(folder: Path, at: datetime) -> list[Path]:
    """Write everything in the language that the town speaks."""
    with override(settings.LANGUAGE_CODE):
        if not export.every_organization().exists():
            raise Nothing("There is no organization in the directory yet.")
        paths = write_package(folder, at, Rows(own_host(), export.upper_areas()))
        paths.append(_write(folder / "services.json", _services()))
        paths.append(_write(folder / "organizations.json", _organizations(at)))
    return paths


def _services() -> Iterator[Told]:
    for some in export.batches(export.every_service()):
        nested = nested_for(own_host(), some, full=True)
        yield from (nested.service(one) for one in some)


def _organizations(at: datetime) -> Iterator[Told]:
    listed = export.organizations(export.Wanted(), at)
    for some in export.batches(export.whole_organizations(listed)):
        nested = nested_for(own_host(), some, full=True)
        yield from (nested.organization(one, full=True) for one in some)


def _write(path: Path, told: Iterator[Told]) -> Path:
    """Write a list a thing at a time, so that all of it is never in memory."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number, one in enumerate(told):
            file.write(("," if number else "") + "\n" + json.dumps(one, ensure_ascii=False))
        file.write("\n]\n")
    return path


HSDS = Export("hsds", write_hsds)
