"""`linli export badges DIR`: what of Open Badges 3.0 is everybody's: the issuer, the courses, the status lists.

The certificates themselves are their holders'; we have none to export.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override

from linli.kernel.exporting import Export, Nothing
from linli.offers.models import Certificate, Offer
from linli.offers.queries import certificates as known


def write_badges(folder: Path, at: datetime) -> list[Path]:
    """Write one file for the issuer's key, one a course that certificates were issued of, one a status list."""
    if not Certificate.objects.exists():
        raise Nothing("No certificate has been issued yet.")
    issuer = known.issuer("")
    profile = {"id": issuer.did, "type": ["Profile"], "url": issuer.url}
    paths = [_write(folder / "issuer.json", profile)]
    with override(settings.LANGUAGE_CODE):
        offers = Offer.objects.filter(certificates__isnull=False).distinct().order_by("code")
        folders = folder / "achievements"
        paths += [_write(folders / f"{one.code}.json", _achievement(one)) for one in offers]
    for number in range(known.status_lists()):
        document = known.status_document(number, at)
        paths.append(_write(folder / "status" / f"{number}.json", document))
    return paths


def _achievement(offer: Offer) -> dict[str, Any]:
    return {
        "id": known.absolute("offers:offer", offer.code),
        "type": ["Achievement"],
        "name": offer.title,
        "description": offer.description or offer.title,
        "criteria": {"narrative": offer.conditions or offer.title},
        "creator": {"id": known.issuer("").did, "type": ["Profile"], "name": offer.unit.name},
    }


def _write(path: Path, told: Mapping[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return path


BADGES = Export("badges", write_badges)
