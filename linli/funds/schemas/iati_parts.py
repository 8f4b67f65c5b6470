"""The small parts of IATI files: elements, words in their language, amounts, days, organisations."""

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from lxml import etree

from linli.directory.models import Unit
from linli.funds.rules.amounts import FEN_IN_YUAN

VERSION: Final = "2.03"
LANGUAGE: Final = "zh-Hans"  # what towns write in; other words say so themselves
CURRENCY: Final = "CNY"
COUNTRY: Final = "CN"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What may not stand in XML at all, however it is written.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Element = Any

GOVERNMENT, LOCAL, PUBLIC_BODY, PRIVATE, OTHER = "10", "11", "15", "70", "90"
_TYPES: Final = {"institution": PUBLIC_BODY, "organisation": OTHER}


class Body(NamedTuple):
    """One organisation: its name, its type in IATI's list, its identifier where it has one."""

    name: str
    type: str = ""
    ref: str = ""


def body_of(unit: Unit) -> Body:
    """Return a unit as an organisation."""
    return Body(unit.name, _TYPES.get(unit.kind, LOCAL))


def element(tag: str, *inside: Element, **marks: str) -> Element:
    """Return an element; a mark without a value is left out, `_` in its name is `-`."""
    made = etree.Element(tag, {k.replace("_", "-"): clean(v) for k, v in marks.items() if v})
    made.extend(inside)
    return made


def words(tag: str, *texts: str, **marks: str) -> Element:
    """Return an element with its narratives, each saying its language."""
    return element(tag, *(narrative(one) for one in texts if one), **marks)


def narrative(text: str) -> Element:
    """Return words in the language of the town."""
    made = element("narrative")
    made.set(_LANG, LANGUAGE)
    made.text = clean(text)
    return made


def text(tag: str, content: str) -> Element:
    """Return an element with a plain text."""
    made = element(tag)
    made.text = clean(content)
    return made


def organisation(tag: str, body: Body, **marks: str) -> Element:
    """Return an organisation under any of the names that elements for organisations have."""
    return words(tag, body.name, ref=body.ref, type=body.type, **marks)


def day(tag: str, when: date, **marks: str) -> Element:
    """Return a day."""
    return element(tag, iso_date=when.isoformat(), **marks)


def value(fen: int, on: date) -> Element:
    """Return an amount of money and the day on which it counts."""
    made = element("value", currency=CURRENCY, value_date=on.isoformat())
    made.text = yuan(fen)
    return made


def yuan(fen: int) -> str:
    """Return an amount as programs read it: 1125240.00, below zero with a hyphen."""
    whole, rest = divmod(abs(fen), FEN_IN_YUAN)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"


def years(tag: str, by_year: Mapping[int, int], *before: Element, **marks: str) -> list[Element]:
    """Return an amount of fen for each calendar year, where there is one: no period is longer than IATI allows."""
    return [
        element(
            tag,
            *(deepcopy(one) for one in before),
            day("period-start", date(year, 1, 1)),
            day("period-end", date(year, 12, 31)),
            value(fen, date(year, 1, 1)),
            **marks,
        )
        for year, fen in sorted(by_year.items())
        if fen > 0
    ]


def moment(at: datetime) -> str:
    """Return a moment in Greenwich, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def root_of(tag: str, at: datetime) -> Element:
    """Return the root of a file."""
    return element(tag, version=VERSION, generated_datetime=moment(at))


def clean(plain: str) -> str:
    """Return a text without what XML has no place for."""
    return _UNWRITABLE.sub("", plain)
