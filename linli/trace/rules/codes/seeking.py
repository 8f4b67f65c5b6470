"""What somebody may mean who typed or scanned a code at the public look-up. Pure.

Digits can mean two things: all are told, the likeliest first, and the look-up tries them in turn.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from linli.kernel import credit_codes
from linli.trace.rules.codes import (
    check_digits,
    digital_links,
    element_strings,
    epc_uris,
    lot_codes,
)
from linli.trace.rules.codes.element_values import Malformed

_WEB: Final = ("http://", "https://")
_SHORTEST_SCAN: Final = 16  # two digits of identifier and a GTIN


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that a code can mean."""

    kind: str  # lot (our own code), thing (GS1 identifiers), operator (a credit code)
    code: str = ""  # of a lot or an operator
    pairs: tuple[tuple[str, str], ...] = ()  # of a thing


def seek(text: str) -> list[Sought]:
    """Return what this can mean, the likeliest first; nothing when it can mean nothing.

    Identifiers that speak of a person are left out: they are neither looked up nor kept.
    """
    if len(text) > element_strings.LONGEST:
        return []
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.lower().startswith(_WEB):
        return [*_tried(_lot_of_address, plain), *_tried(_thing_of_address, plain)][:1]
    if plain.startswith("urn:"):
        return [*_tried(lambda one: _thing(epc_uris.read(one)), plain)]
    if plain.startswith("("):
        return [*_tried(lambda one: _thing(element_strings.read_bracketed(one)), plain)]
    return [*dict.fromkeys(_of_plain(plain))]


def _of_plain(text: str) -> Iterator[Sought]:
    yield from _tried(lambda one: Sought("lot", lot_codes.read(one)), text)
    yield from _tried(_operator, text)
    digits = credit_codes.tidied(text)
    if check_digits.is_gtin(digits):
        yield Sought("thing", pairs=(("01", check_digits.gtin14(digits)),))
    if check_digits.is_gln(digits):
        yield Sought("thing", pairs=(("414", digits),))
    if check_digits.is_sscc(digits):
        yield Sought("thing", pairs=(("00", digits),))
    if len(text) >= _SHORTEST_SCAN:
        yield from _tried(lambda one: _thing(element_strings.read_scan(one)), text)


def _tried(read: Callable[[str], Sought], text: str) -> Iterator[Sought]:
    try:
        found = read(text)
    except ValueError:
        return
    yield found


def _operator(text: str) -> Sought:
    credit_codes.read(text)
    return Sought("operator", credit_codes.tidied(text))


def _lot_of_address(uri: str) -> Sought:
    return Sought("lot", lot_codes.read_uri(uri))


def _thing_of_address(uri: str) -> Sought:
    return _thing(digital_links.read(uri).pairs)


def _thing(pairs: element_strings.Pairs) -> Sought:
    kept = tuple(pair for pair in pairs if not element_strings.is_personal(pair[0]))
    if not kept:
        raise Malformed("personal")
    return Sought("thing", pairs=kept)
