"""How events name premises, and which premises a name in an event means."""

from collections.abc import Iterable
from typing import Final

from linli.kernel.codes import read_code
from linli.trace.models import Premises
from linli.trace.queries.lots import site
from linli.trace.rules.codes import digital_links
from linli.trace.rules.epcis.canonical_uris import canonical_uri

_GLN: Final = f"{digital_links.CANONICAL}/414/"
_PATH: Final = "/food/"


def place_uri(premises: Premises) -> str:
    """Return how events name premises: by their GLN where they have one, else by their public page."""
    if premises.gln:
        return _GLN + premises.gln
    return f"{site()}{_PATH}{premises.code}/"


def premises_by_uris(uris: Iterable[str]) -> dict[str, Premises]:
    """Return the premises that these names in events mean, by the name as it was given. One query."""
    keys = {uri: key for uri in uris if (key := _key(uri))}
    found = Premises.objects.filter(code__in=keys.values()) | Premises.objects.filter(
        gln__in=keys.values()
    )
    named: dict[str, Premises] = {}
    for one in found.select_related("operator__unit"):
        named[one.code] = one
        if one.gln:
            named[one.gln] = one
    return {uri: named[key] for uri, key in keys.items() if key in named}


def _key(uri: str) -> str:
    """Return the code or GLN in a name, "" for neither."""
    own = f"{site()}{_PATH}"
    if uri.startswith(own):
        return read_code(uri.removeprefix(own).rstrip("/")) or ""
    plain = canonical_uri(uri)
    return plain.removeprefix(_GLN).partition("/")[0] if plain.startswith(_GLN) else ""
