"""EPC pure identity URIs, classes and patterns of EPCIS, read into GS1 identifiers and written from them. Pure.

An EPC marks where the company prefix ends; identifiers do not: writing needs its length, which is never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from linli.trace.rules.codes import element_strings
from linli.trace.rules.codes.check_digits import check_digit, is_digits
from linli.trace.rules.codes.element_strings import Pairs
from linli.trace.rules.codes.element_values import Malformed

_EPC: Final = re.compile(r"urn:epc:(id|class|idpat):([a-z]+):(\d{6,12})\.([!-~]*)")
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PREFIX_LENGTHS: Final = range(6, 13)
_KEEP: Final = "!'()*+,-.:;=_"  # what the Tag Data Standard leaves as it is
_ALL: Final = "*"
_INSIDE: Final = "inside"
_NO_EXTENSION: Final = "0"  # an SGLN without extension says so


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How a kind of EPC holds its key."""

    code: str  # the key's identifier
    digits: int = 0  # of prefix and reference together; 0 when letters may follow the prefix
    leading: bool = False  # the reference's first digit stands before the prefix in the key
    filled: str = ""  # what the key begins with and the EPC leaves out
    serial: str = ""  # the identifier of what follows; or inside, when the key itself ends with it
    middle: int = 0  # parts of two digits between reference and serial


_SCHEMES: Final = {
    "sgtin": _Scheme("01", 13, leading=True, serial="21"),
    "upui": _Scheme("01", 13, leading=True, serial="235"),
    "lgtin": _Scheme("01", 13, leading=True, serial="10"),
    "itip": _Scheme("8006", 13, leading=True, serial="21", middle=2),
    "sscc": _Scheme("00", 17, leading=True),
    "sgln": _Scheme("414", 12, serial="254"),
    "pgln": _Scheme("417", 12),
    "grai": _Scheme("8003", 12, filled="0", serial=_INSIDE),
    "gdti": _Scheme("253", 12, serial=_INSIDE),
    "sgcn": _Scheme("255", 12, serial=_INSIDE),
    "gsrn": _Scheme("8018", 17),
    "gsrnp": _Scheme("8017", 17),
    "gsin": _Scheme("402", 16),
    "giai": _Scheme("8004"),
    "ginc": _Scheme("401"),
    "cpi": _Scheme("8010", serial="8011"),
}
_CLASS: Final = "lgtin"  # the one scheme that is a class and no identity


def read(uri: str) -> list[tuple[str, str]]:
    """Return identifiers and values of an EPC URI: the key, then what narrows it. A pattern's star says nothing.

    Raises Malformed: unreadable, no_key (schemes that are no GS1 key, as gid or adi), parts (too few, too
    many, a star where none may be), digits (prefix and reference of the wrong length), and the codes of
    `element_strings.check`.
    """
    form, name, prefix, rest = _taken_apart(uri)
    scheme = _SCHEMES.get(name)
    if scheme is None or (form == "class") != (name == _CLASS):
        raise Malformed("no_key", name)
    reference, middle, serial = _parts(scheme, rest)
    if (serial == _ALL) != (form == "idpat"):
        raise Malformed("parts", serial)
    serial = "" if serial == _ALL else _decoded(serial)
    key = scheme.filled + _key(scheme, prefix, reference) + middle
    if scheme.serial == _INSIDE:
        return element_strings.check([(scheme.code, key + serial)])
    if scheme.code == "414" and serial == _NO_EXTENSION:
        serial = ""
    return element_strings.check(
        [(scheme.code, key), *([(scheme.serial, serial)] if serial else [])]
    )


def prefix_length_of(uri: str) -> int:
    """Return how many digits the company prefix of an EPC URI has. Raises Malformed: unreadable."""
    return len(_taken_apart(uri)[2])


def write(pairs: Pairs, prefix_length: int) -> str:
    """Write identifiers as an EPC URI; as a class or pattern when nothing tells one thing from its like.

    Beside a serial number, lot and variant say nothing more and are left out, as is all that merely describes.
    `prefix_length`: digits of the company prefix, 6 to 12. Raises Malformed: no_epc (no scheme says this), prefix, and the codes of
    `element_strings.check`.
    """
    said = dict(element_strings.check(pairs))
    if prefix_length not in _PREFIX_LENGTHS:
        raise Malformed("prefix", str(prefix_length))
    name = _scheme_for(said)
    scheme = _SCHEMES[name]
    prefix, rest, serial = _split(scheme, said, prefix_length)
    if scheme.serial and not serial:
        serial = _NO_EXTENSION if scheme.code == "414" else _ALL
    form = "idpat" if serial == _ALL else "class" if name == _CLASS else "id"
    body = ".".join([prefix, *rest, *([serial] if scheme.serial else [])])
    return f"urn:epc:{form}:{name}:{body}"


def _taken_apart(uri: str) -> tuple[str, str, str, str]:
    found = _EPC.fullmatch(uri) if len(uri) <= element_strings.LONGEST else None
    if found is None or _ESCAPE.search(uri):
        raise Malformed("unreadable")
    return found[1], found[2], found[3], found[4]


def _parts(scheme: _Scheme, rest: str) -> tuple[str, str, str]:
    """Return reference, middle and serial; a serial number may hold dots itself."""
    count = 1 + scheme.middle + bool(scheme.serial)
    parts = rest.split(".", count - 1)
    # A company prefix may take all of a key's digits, and leave none to the reference.
    can_lack = scheme.digits and not scheme.leading
    if len(parts) != count or not all(parts[1:]) or not (parts[0] or can_lack):
        raise Malformed("parts", rest)
    serial = parts.pop() if scheme.serial else ""
    if any(len(one) != 2 for one in parts[1:]):
        raise Malformed("parts", rest)
    return parts[0], "".join(parts[1:]), serial


def _key(scheme: _Scheme, prefix: str, reference: str) -> str:
    if not scheme.digits:
        return prefix + _decoded(reference)
    if len(prefix + reference) != scheme.digits or not is_digits(prefix + reference):
        raise Malformed("digits", f"{prefix}.{reference}")
    body = reference[:1] + prefix + reference[1:] if scheme.leading else prefix + reference
    return body + check_digit(body)


def _decoded(said: str) -> str:
    try:
        return unquote_to_bytes(said).decode("ascii")
    except UnicodeDecodeError:
        raise Malformed("unreadable", said) from None


def _scheme_for(said: dict[str, str]) -> str:
    """Return the scheme of the first key, and of its serial when it has one; refuse what none can say."""
    keys = {scheme.code for scheme in _SCHEMES.values()}
    key = next((code for code in said if code in keys), "")
    fitting = [name for name, scheme in _SCHEMES.items() if scheme.code == key]
    if not fitting:
        raise Malformed("no_epc", next(iter(said)))
    named = next((name for name in fitting if _SCHEMES[name].serial in said), fitting[0])
    unsaid = {"7040", "8019"} if "21" in said else {"7040", "8019", "22"}
    if key == "8006" and "21" not in said:
        unsaid.add("10")
    for code in said:
        if code in unsaid:
            raise Malformed("no_epc", code)
    return named


def _split(scheme: _Scheme, said: dict[str, str], length: int) -> tuple[str, Sequence[str], str]:
    key = said[scheme.code].removeprefix(scheme.filled) if scheme.filled else said[scheme.code]
    serial = said.get(scheme.serial, "")
    if not scheme.digits:
        return key[:length], [_encoded(key[length:])], _encoded(serial)
    if scheme.serial == _INSIDE:
        serial = key[scheme.digits + 1 :]
    body = key[: scheme.digits]
    if scheme.leading:
        body = body[1 : length + 1] + body[0] + body[length + 1 :]
    after = key[scheme.digits + 1 :] if scheme.middle else ""
    rest = [body[length:], *(after[place : place + 2] for place in range(0, len(after), 2))]
    return body[:length], rest, _encoded(serial)


def _encoded(value: str) -> str:
    return quote(value, safe=_KEEP)
