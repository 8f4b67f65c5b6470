"""`linli export schemaorg DIR`: services and places in schema.org's words, a JSON-LD document each."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override

from linli.directory.exchange.hsds import own_host
from linli.directory.models import Service
from linli.directory.queries import export
from linli.directory.schemas.schemaorg import place_told, service_told
from linli.kernel.exporting import Export, Nothing


def write_schemaorg(folder: Path, at: datetime) -> list[Path]:
    """Write a document for each service that is offered and each place that stands open."""
    paths = []
    with override(settings.LANGUAGE_CODE):
        for code, told in _documents():
            paths.append(folder / f"{code}.jsonld")
            paths[-1].write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    if not paths:
        raise Nothing("There is no service in the directory yet.")
    return paths


def _documents() -> Iterator[tuple[str, dict[str, Any]]]:
    host = own_host()
    for services in export.batches(export.every_service().filter(status=Service.ACTIVE)):
        for one in services:
            yield one.code, service_told(one, one.at_locations.all(), host)
    for places in export.batches(export.whole_places()):
        for place in places:
            yield place.code, place_told(place, host)


SCHEMAORG = Export("schemaorg", write_schemaorg)
