"""Element strings: identifiers and values as a bar code holds them, and as people write them. Pure.

Both are lists of pairs (identifier, value), in the order in which they were said.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from linli.trace.rules.codes import element_values
from linli.trace.rules.codes.element_values import Malformed
from linli.trace.rules.codes.identifiers import Identifier, find

Pairs = Sequence[tuple[str, str]]
FNC1: Final = "\x1d"  # the separator of bar codes, as scanners send it
LONGEST: Final = 2000
_SYMBOLOGY: Final = re.compile(r"\](?:C1|e0|d2|Q3|J1)")  # bar codes that hold element strings
_BRACKETED: Final = re.compile(r"\((\d{2,4})\)((?:[^(\\]|\\.)+)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def write_bracketed(pairs: Pairs) -> str:
    """Return them as people read them, (01)…(10)…; a bracket within a value is written \\(."""
    return "".join(
        f"({code})" + value.replace("\\", "\\\\").replace("(", "\\(") for code, value in pairs
    )


def read_bracketed(text: str) -> list[tuple[str, str]]:
    """Read what people write, and check it. Raises Malformed: unreadable, or as `check` says."""
    pairs: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        found = _BRACKETED.match(text, place)
        if found is None or len(text) > LONGEST:
            raise Malformed("unreadable", str(place))
        pairs.append((found[1], _ESCAPED.sub(r"\1", found[2])))
        place = found.end()
    return check(pairs)


def write_scan(pairs: Pairs, separator: str = FNC1) -> str:
    """Return what a scanner sends of them, without its three characters for the kind of bar code."""
    said: list[str] = []
    for place, (code, value) in enumerate(pairs, 1):
        ends = place == len(pairs) or _identifier(code).predefined
        said.append(code + value + ("" if ends else separator))
    return "".join(said)


def read_scan(text: str, separator: str = FNC1) -> list[tuple[str, str]]:
    """Read what a scanner sends, and check it. Raises Malformed: unreadable, or as `check` says."""
    kind = _SYMBOLOGY.match(text)
    rest = (text[kind.end() :] if kind else text).removeprefix(separator)
    if len(rest) > LONGEST:
        raise Malformed("unreadable")
    pairs: list[tuple[str, str]] = []
    while rest:
        identifier = _first(rest)
        rest = rest[len(identifier.code) :]
        if identifier.predefined:
            length = sum(part.most for part in identifier.parts)
            value, rest = rest[:length], rest[length:].removeprefix(separator)
        else:
            value, _, rest = rest.partition(separator)
        pairs.append((identifier.code, value))
    return check(pairs)


def check(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs when each can be and all can be together; one said twice alike counts once.

    Raises Malformed: empty, differs (one identifier, two values), needs, excluded, and the codes of
    `element_values.fault_of`; `where` is the identifier.
    """
    said: dict[str, str] = {}
    for code, value in pairs:
        element_values.check(code, value)
        if said.setdefault(code, value) != value:
            raise Malformed("differs", code)
    if not said:
        raise Malformed("empty")
    for code in said:
        _check_company(_identifier(code), said)
    return [*said.items()]


def _check_company(identifier: Identifier, said: Iterable[str]) -> None:
    others = [one for one in said if one != identifier.code]
    if any(not any(one.startswith(group) for one in others) for group in identifier.needs):
        raise Malformed("needs", identifier.code)
    if any(one.startswith(identifier.excludes) for one in others):
        raise Malformed("excluded", identifier.code)


def _identifier(code: str) -> Identifier:
    identifier = find(code)
    if identifier is None:
        raise Malformed("unknown_identifier", code)
    return identifier


def _first(text: str) -> Identifier:
    found = next(filter(None, (find(text[:length]) for length in (2, 3, 4))), None)
    if found is None:
        raise Malformed("unknown_identifier", text[:4])
    return found


def is_personal(code: str) -> bool:
    """Say whether an identifier's value speaks of a person."""
    identifier = find(code)
    return identifier is not None and identifier.personal
