"""One spelling for one thing: EPC URIs and Digital Link addresses as canonical addresses at id.gs1.org. Pure.

What event hashes are made of (CBV 2.0 §8.9): the finest level of identification, without host or query.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from linli.trace.rules.codes.check_digits import check_digit, is_digits

_REMEMBERED: Final = 400  # letters: no key with its qualifiers and a long host is longer
_HOST: Final = "https://id.gs1.org/"
_ESCAPED: Final = str.maketrans(
    {"!": "%21", "(": "%28", ")": "%29", "*": "%2A", "+": "%2B", ",": "%2C", ":": "%3A"}
)
_EPC: Final = re.compile(r"urn:epc:(id|class|idpat):([a-z]+):([0-9]{6,12})\.(.*)")
_TEXT: Final = r"[!-~]"

# How a company prefix and what follows make a key: digits before the check digit, and whether the reference's
# first digit leads.
_GTIN, _SSCC, _GLN, _GSRN, _GSIN = (13, True), (17, True), (12, False), (17, False), (16, False)


def canonical_uri(uri: str) -> str:
    """Return the canonical address of what a URI names; a URI that names no GS1 key, or badly, as it is.

    Takes EPC URIs (`urn:epc:id:`, `class:`, `idpat:`) and Digital Link addresses of any host.
    """
    return _remembered(uri) if len(uri) <= _REMEMBERED else uri


@lru_cache(maxsize=4096)
def _remembered(uri: str) -> str:
    if uri.startswith("urn:epc:"):
        found = _EPC.fullmatch(uri)
        return (_of_epc(*found.groups()) if found else None) or uri
    if uri.startswith(("https://", "http://")):
        return _of_link(uri) or uri
    return uri


def _of_epc(form: str, scheme: str, prefix: str, rest: str) -> str | None:
    make = _SCHEMES.get((form, scheme))
    if make is None:
        return None
    path = make(prefix, rest)
    return path and _HOST + path


def _key(prefix: str, reference: str, form: tuple[int, bool]) -> str | None:
    """Return a key with its check digit; None where the digits are too many, too few, or none."""
    digits, leads = form
    whole = reference[:1] + prefix + reference[1:] if leads else prefix + reference
    if len(whole) != digits or not is_digits(whole):
        return None
    return whole + check_digit(whole)


def _split(ai: str, form: tuple[int, bool], join: str) -> Callable[[str, str], str | None]:
    """Return how a key with a serial is written: both apart by `join`, and without the serial a pattern's `*`."""

    def make(prefix: str, rest: str) -> str | None:
        reference, dot, serial = rest.partition(".")
        key = _key(prefix, reference, form)
        if key is None or not dot or not serial:
            return None
        lead = "0" if ai == "8003" else ""
        return f"{ai}/{lead}{key}" + ("" if serial == "*" else join + serial.translate(_ESCAPED))

    return make


def _whole(ai: str, form: tuple[int, bool]) -> Callable[[str, str], str | None]:
    def make(prefix: str, rest: str) -> str | None:
        key = _key(prefix, rest.removesuffix(".") if ai == "417" else rest, form)
        return key and f"{ai}/{key}"

    return make


def _loose(ai: str) -> Callable[[str, str], str | None]:
    def make(prefix: str, rest: str) -> str | None:
        return f"{ai}/{prefix}{rest.translate(_ESCAPED)}" if rest else None

    return make


def _place(prefix: str, rest: str) -> str | None:
    reference, dot, extension = rest.partition(".")
    key = _key(prefix, reference, _GLN)
    if key is None or not dot or not extension:
        return None
    return f"414/{key}" + ("" if extension == "0" else "/254/" + extension.translate(_ESCAPED))


def _component(prefix: str, rest: str) -> str | None:
    reference, dot, serial = rest.rpartition(".")
    if not dot or not reference:
        return None
    return f"8010/{prefix}{reference.translate(_ESCAPED)}" + (
        "" if serial == "*" else f"/8011/{serial}"
    )


def _piece(prefix: str, rest: str) -> str | None:
    parts = rest.split(".", 3)
    key = _key(prefix, parts[0], _GTIN)
    if key is None or len(parts) != 4 or not is_digits(parts[1] + parts[2]):
        return None
    serial = "" if parts[3] == "*" else "/21/" + parts[3].translate(_ESCAPED)
    return f"8006/{key}{parts[1]}{parts[2]}{serial}"


_SCHEMES: Final[dict[tuple[str, str], Callable[[str, str], str | None]]] = {
    ("id", "sgtin"): _split("01", _GTIN, "/21/"),
    ("id", "upui"): _split("01", _GTIN, "/235/"),
    ("class", "lgtin"): _split("01", _GTIN, "/10/"),
    ("id", "itip"): _piece,
    ("id", "sscc"): _whole("00", _SSCC),
    ("id", "sgln"): _place,
    ("id", "pgln"): _whole("417", _GLN),
    ("id", "grai"): _split("8003", _GLN, ""),
    ("id", "giai"): _loose("8004"),
    ("id", "gsrn"): _whole("8018", _GSRN),
    ("id", "gsrnp"): _whole("8017", _GSRN),
    ("id", "gdti"): _split("253", _GLN, ""),
    ("id", "sgcn"): _split("255", _GLN, ""),
    ("id", "cpi"): _component,
    ("id", "ginc"): _loose("401"),
    ("id", "gsin"): _whole("402", _GSIN),
    ("idpat", "sgtin"): _split("01", _GTIN, ""),
    ("idpat", "grai"): _split("8003", _GLN, ""),
    ("idpat", "gdti"): _split("253", _GLN, ""),
    ("idpat", "sgcn"): _split("255", _GLN, ""),
    ("idpat", "cpi"): _component,
    ("idpat", "itip"): _piece,
}

_NAMED: Final = {
    "gtin": "01", "itip": "8006", "gln": "414", "pgln": "417", "party": "417", "gcn": "255", "cpid": "8010",
    "ginc": "401", "gsin": "402", "gsrn": "8018", "gsrnp": "8017", "gdti": "253", "grai": "8003", "giai": "8004",
    "sscc": "00", "ser": "21", "lot": "10", "cpv": "22", "glnx": "254", "cpsn": "8011",
}  # fmt: skip
_KEYS: Final = {
    ai: re.compile(pattern)
    for ai, pattern in {
        "00": r"[0-9]{18}", "01": r"[0-9]{8}|[0-9]{12,14}", "253": rf"[0-9]{{13}}{_TEXT}{{0,17}}", "255": r"[0-9]{13,25}",
        "401": rf"{_TEXT}{{1,30}}", "402": r"[0-9]{17}", "414": r"[0-9]{13}", "417": r"[0-9]{13}",
        "8003": rf"[0-9]{{14}}{_TEXT}{{0,16}}", "8004": rf"{_TEXT}{{1,30}}", "8006": r"[0-9]{18}",
        "8010": rf"{_TEXT}{{1,30}}", "8017": r"[0-9]{18}", "8018": r"[0-9]{18}",
    }.items()
}  # fmt: skip
# The finest first: with a serial the lot says nothing more.
_FINER: Final = {
    "01": ("21", "235", "10"),
    "8006": ("21", "10"),
    "414": ("254",),
    "8010": ("8011",),
}
_QUALIFIERS: Final = frozenset({"10", "21", "22", "235", "254", "8011"})


def _of_link(uri: str) -> str | None:
    path = uri.partition("?")[0].partition("#")[0].split("/")[3:]
    named = [_NAMED.get(part, part) for part in path]
    for at in range(len(path) % 2, len(path), 2):
        if named[at] in _KEYS and set(named[at + 2 :: 2]) <= _QUALIFIERS:
            return _linked(
                named[at],
                path[at + 1],
                dict(zip(named[at + 2 :: 2], path[at + 3 :: 2], strict=True)),
            )
    return None


def _linked(ai: str, value: str, qualifiers: dict[str, str]) -> str | None:
    if not _KEYS[ai].fullmatch(value):
        return None
    value = value.zfill(14) if ai == "01" else value
    finest = next((name for name in _FINER.get(ai, ()) if qualifiers.get(name)), None)
    return f"{_HOST}{ai}/{value}" + (
        f"/{finest}/{qualifiers[finest].translate(_ESCAPED)}" if finest else ""
    )
