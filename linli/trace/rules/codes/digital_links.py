"""GS1 Digital Link: a thing's identifiers as an address on the web, read and written. Pure; uncompressed.

https://host/any/stem/01/{GTIN}/10/{lot}?17=YYMMDD: the key, what narrows it in fixed order, then attributes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from linli.trace.rules.codes import check_digits, element_strings
from linli.trace.rules.codes.element_strings import Pairs
from linli.trace.rules.codes.element_values import Malformed
from linli.trace.rules.codes.identifiers import Identifier, find

CANONICAL: Final = "https://id.gs1.org"
_WEB: Final = re.compile(
    r"(?P<stem>https?://(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)"
    r"(?P<path>/[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_OF_ADDRESSES: Final = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
_KEEP: Final = (
    "'"  # every other character that is more than a letter of addresses is percent-encoded
)
_GTIN: Final = "01"


@dataclass(frozen=True, slots=True)
class Link:
    """What an address of a thing says."""

    stem: str  # scheme, host and all of the path before the key, no slash at its end
    path: tuple[tuple[str, str], ...]  # the key and what narrows it, identifiers and values
    attributes: tuple[tuple[str, str], ...] = ()  # what else is said of it
    others: tuple[tuple[str, str], ...] = ()  # names in the query that are no identifiers

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All identifiers and values, in order."""
        return [*self.path, *self.attributes]

    @property
    def link_type(self) -> str:
        """Which kind of link is asked for; nothing for the default one."""
        return next((value for name, value in self.others if name == "linkType"), "")


def read(uri: str) -> Link:
    """Read an address. A GTIN in the path has fourteen digits; in the query, shorter ones are filled with zeros.

    Raises Malformed: unreadable (no address), no_key, order (what narrows the key: another's, or out of
    order), number (a number in the query that is no identifier), in_path (an attribute that belongs in the
    path), no_attribute (one that belongs in no query), repeated, and the codes of `element_strings.check`.
    """
    found = _WEB.fullmatch(uri) if len(uri) <= element_strings.LONGEST else None
    if found is None or not _OF_ADDRESSES.fullmatch(uri):
        raise Malformed("unreadable")
    segments = found["path"].split("/")[1:]
    start = _start(segments)
    named = segments[start:]
    path = [(code, _decoded(said)) for code, said in zip(named[::2], named[1::2], strict=True)]
    _check_order([code for code, _ in path])
    attributes, others = _read_query(found["query"] or "")
    _check_places(path, attributes)
    element_strings.check([*path, *attributes])
    stem = "/".join([found["stem"], *segments[:start]])
    return Link(stem, tuple(path), tuple(attributes), tuple(others))


def write(pairs: Pairs, stem: str = CANONICAL, others: Sequence[tuple[str, str]] = ()) -> str:
    """Write an address: the first pair that can be a key, what narrows it in its order, the rest as attributes.

    Raises Malformed: no_key, no_attribute, and the codes of `element_strings.check`.
    """
    said = element_strings.check(pairs)
    key = next((code for code, _ in said if _qualifiers(code) is not None), None)
    if key is None:
        raise Malformed("no_key")
    values = dict(said)
    order = _order(key, values)
    in_path = [code for code in (key, *order) if code in values]
    path = "".join(f"/{code}/{encoded(values[code])}" for code in in_path)
    rest = [(code, value) for code, value in said if code not in in_path]
    _check_attributes(rest)
    query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in [*rest, *others])
    return stem.rstrip("/") + path + (f"?{query}" if query else "")


def canonical(link: Link, *, attributes: bool = False) -> str:
    """Return the address under which all name this thing: at id.gs1.org, without what merely describes it."""
    return write(link.pairs if attributes else link.path)


def levels(link: Link) -> list[tuple[tuple[str, str], ...]]:
    """Return what a resolver tries in turn: this very thing, its lot, its kind; the key alone comes last."""
    return [link.path[:length] for length in range(len(link.path), 0, -1)]


def encoded(value: str) -> str:
    """Percent-encode a value as addresses of things hold it."""
    return quote(value, safe=_KEEP)


def _start(segments: Sequence[str]) -> int:
    """Return where the key stands: pairs counted from the end, up to the first that can be a key."""
    for place in range(len(segments) - 2, -1, -2):
        identifier = find(segments[place])
        if identifier is None:
            break
        if identifier.qualifiers is not None:
            return place
    raise Malformed("no_key")


def _qualifiers(code: str) -> tuple[tuple[str, ...], ...] | None:
    identifier: Identifier | None = find(code)
    return identifier.qualifiers if identifier else None


def _order(key: str, said: Iterable[str]) -> tuple[str, ...]:
    """Return the order of what narrows this key that takes most of it into the path, first what must be there."""

    def taken(order: tuple[str, ...]) -> tuple[int, int]:
        inside = [identifier for code in said if code in order and (identifier := find(code))]
        return sum(not one.attribute for one in inside), len(inside)

    return max(_qualifiers(key) or ((),), key=taken)


def _check_order(codes: Sequence[str]) -> None:
    if not _is_path(codes):
        raise Malformed("order", codes[-1])


def _is_path(codes: Sequence[str]) -> bool:
    key, *narrowing = codes
    return any(
        [one for one in order if one in narrowing] == narrowing
        for order in _qualifiers(key) or ((),)
    )


def _check_attributes(attributes: Pairs) -> None:
    for code, _ in attributes:
        identifier = find(code)
        if identifier is None or not identifier.attribute:
            raise Malformed("no_attribute", code)


def _check_places(path: Pairs, attributes: Pairs) -> None:
    in_path = {code for code, _ in path}
    seen = set(in_path)
    for code, _ in attributes:
        if code in seen:
            raise Malformed("repeated", code)
        seen.add(code)
        for order in _qualifiers(path[0][0]) or ():
            if code in order and in_path - {path[0][0]} <= set(order):
                raise Malformed("in_path", code)
    _check_attributes(attributes)


def _read_query(query: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    attributes: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for one in filter(None, query.split("&")):
        name, _, said = one.partition("=")
        value = _decoded(said.replace("+", " "))
        if not check_digits.is_digits(name):
            others.append((_decoded(name), value))
        elif find(name) is None:
            raise Malformed("number", name)
        else:
            attributes.append((name, _filled(name, value)))
    return attributes, others


def _filled(code: str, value: str) -> str:
    short = code == _GTIN and len(value) in check_digits.GTIN_LENGTHS
    return value.zfill(14) if short else value


def _decoded(said: str) -> str:
    try:
        value = unquote_to_bytes(said).decode()
    except UnicodeDecodeError:
        raise Malformed("unreadable", said) from None
    if "\0" in value:
        raise Malformed("unreadable", said)
    return value
