"""All open data in one file: every CSV, what declares them, the catalogue, how to check it."""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.atlas.actions.open_files import make, pack, remake
from linli.atlas.queries.catalogue import Catalogue, Listed, catalogue
from linli.atlas.queries.open_files import Made
from linli.atlas.schemas.dcat import TITLE, graph_of, written
from linli.atlas.schemas.packages import package_of_all
from linli.kernel.actors import Actor
from linli.kernel.own_address import own_address

VERIFIER: Final = Path(__file__).with_name("verify_data.py")
_LANGUAGES: Final = ("zh-hans", "zh-hant", "en")
_WHAT: Final = _("Every table of open data as CSV; datapackage.json says what each column is.")
_HOW: Final = _(
    "KEY is the key of the house: compare its fingerprint by telephone or on a notice board. It is worth something only when you have it from elsewhere than this file."
)
_LICENCE: Final = _("Licence: CC BY 4.0. Name the house and the day.")


def pack_all(*, by: Actor, at: datetime) -> Made:
    """Return the file of everything; make what is old in it, and sign it anew when anything changed."""
    found = catalogue(own_address())
    listed = [
        Listed(one.data_set, make(by=by, at=at, data_set=one.data_set)) for one in packed(found)
    ]
    declared = json.dumps(described(found, listed), ensure_ascii=False, indent=1) + "\n"
    files: dict[str, Path | bytes] = {
        "datapackage.json": declared.encode(),
        "catalog.ttl": written(graph_of(found), "turtle"),
        "README.txt": _readme().encode(),
        VERIFIER.name: VERIFIER.read_bytes(),
        **{f"{one.data_set.code}.csv": _csv(one) for one in listed},
    }
    rows = sum(one.made.rows for one in listed if one.made)
    return pack(by=by, at=at, files=files, rows=rows, digest=sha256(declared.encode()).hexdigest())


def renew(*, by: Actor, at: datetime) -> int:
    """Make every file anew and the file of everything; return how many data sets changed."""
    found = catalogue(own_address())
    sets = [one.data_set for one in found.listed if one.data_set.table]
    made = [remake(by=by, at=at, data_set=one) for one in sets]
    pack_all(by=by, at=at)
    return sum(one.changed_at == at for one in made)


def packed(found: Catalogue) -> Iterator[Listed]:
    """Yield the data sets whose tables are in the file of everything."""
    yield from (one for one in found.listed if one.data_set.table and not one.data_set.alone)


def described(found: Catalogue, listed: list[Listed]) -> dict[str, object]:
    """Return what declares the columns of all of them."""
    paths = {one.data_set.code: f"{one.data_set.code}.csv" for one in listed}
    return package_of_all(found, listed, paths, TITLE)


def _csv(one: Listed) -> Path:
    if one.made is None:
        raise ValueError(one.data_set.code)
    return one.made.path("csv")


def _readme() -> str:
    said = ["python3 verify_data.py linli-open-data.zip --key KEY"]
    for language in _LANGUAGES:
        with override(language):
            said += [str(TITLE), str(_WHAT), str(_HOW), str(_LICENCE)]
    return "\n\n".join(said) + "\n"
