"""`linli export schemaorg DIR`: what is offered in schema.org's words, a JSON-LD document each."""

import json
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import override

from linli.directory.exchange.hsds import own_host
from linli.kernel.exporting import Export, Nothing
from linli.offers.queries.months import feed
from linli.offers.queries.vacancies import vacancies_told
from linli.offers.schemas.jobposting import posting_told
from linli.offers.schemas.schemaorg import offer_told


def write_schemaorg(folder: Path, at: datetime) -> list[Path]:
    """Write a document for each offer that comes, with its sessions, and for each open vacancy."""
    paths = []
    sessions = sorted(feed(at), key=lambda one: (one.offer_id, one.starts_at))
    with override(settings.LANGUAGE_CODE):
        for _key, group in groupby(sessions, key=lambda one: one.offer_id):
            runs = list(group)
            told = offer_told(runs[0].offer, runs, own_host())
            paths.append(_written(folder, runs[0].offer.code, told))
        for vacancy in vacancies_told(localdate(at)).iterator():
            told = posting_told(vacancy, own_host())
            paths.append(_written(folder, vacancy.code, told))
    if not paths:
        raise Nothing("Nothing is offered yet.")
    return paths


def _written(folder: Path, code: str, told: dict[str, Any]) -> Path:
    path = folder / f"{code}.jsonld"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return path


SCHEMAORG = Export("schemaorg", write_schemaorg)
