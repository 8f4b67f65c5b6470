"""What an instrument is made of: sections of items, with weights, vetoes and levels, in one document.

The document is plain data (JSON), so that an edition is one value with one SHA-256: whoever holds it scores
as we do. Texts are by language ("zh-hans"). Numbers that are not whole are decimal strings.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from itertools import pairwise
from typing import Any

YES_NO, SCALE, COUNT, SHARE, TEXT, PHOTO, FACT = (
    "yes_no", "scale", "count", "share", "text", "photo", "fact",
)  # fmt: skip
KINDS = (YES_NO, SCALE, COUNT, SHARE, TEXT, PHOTO, FACT)
MEASURED = (COUNT, SHARE, FACT)  # a number that earns between `nought` and `full`
UNSCORED = (TEXT, PHOTO)
NONE, ASKED, NEEDED = "none", "asked", "needed"
EVIDENCE = (NONE, ASKED, NEEDED)
MOST_ITEMS = 1000
LONGEST_TEXT, LONGEST_GUIDANCE = 1000, 4000
HEAVIEST = 1000
HIGHEST = 100  # grade of a scale
WHOLE = 10_000  # a share of points, in hundredths of a percent

Texts = Mapping[str, str]
# Keys stand in addresses and under evidence; tags are those of BCP 47, in small letters.
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `top`: the highest grade of a scale; `nought` and `full`: what earns nothing and everything."""

    key: str
    kind: str
    text: Texts
    weight: int = 0  # points
    guidance: Texts = field(default_factory=dict)
    veto: bool = False  # earning nothing here, nobody reaches any level
    may_skip: bool = False  # "does not apply" is an answer, and takes the item out of the sum
    evidence: str = NONE
    top: int = 0
    nought: str = ""
    full: str = ""
    indicator: str = ""  # whose newest fact fills the item


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an instrument."""

    key: str
    title: Texts
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One level that a score reaches `at` a share of the points, in hundredths of a percent."""

    key: str
    title: Texts
    at: int


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of an instrument: its languages, the first of them the one that holds; levels from low to high."""

    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    levels: tuple[Level, ...] = ()

    def items(self) -> Iterator[Item]:
        """Yield all items in their order."""
        for section in self.sections:
            yield from section.items


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a form: of which item, section or level, by a code that has words in forms."""

    code: str
    where: str = ""


def said(texts: Texts, language: str) -> str:
    """Return a text in a language; else in the first that there is."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def number(text: str) -> Decimal | None:
    """Return the number that is written, None where none is: finite, of at most 15 digits, 6 after the point."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 9:
        return None
    return value if value == round(value, 6) else None


def read(document: Mapping[str, Any]) -> Form:
    """Return the form that a document holds. Raises ValueError, KeyError or TypeError for what is no such document."""
    sections = tuple(
        Section(
            key=str(one["key"]),
            title=dict(one["title"]),
            items=tuple(Item(**item) for item in one["items"]),
        )
        for one in document["sections"]
    )
    levels = tuple(Level(**one) for one in document.get("levels", ()))
    return Form(tuple(document["languages"]), sections, levels)


def written(form: Form) -> dict[str, Any]:
    """Return the document of a form. What is as usual is left out."""
    return {
        "languages": list(form.languages),
        "sections": [
            {
                "key": section.key,
                "title": dict(section.title),
                "items": [_item(item) for item in section.items],
            }
            for section in form.sections
        ],
        "levels": [{"key": one.key, "title": dict(one.title), "at": one.at} for one in form.levels],
    }


def _item(item: Item) -> dict[str, Any]:
    usual = Item(item.key, item.kind, item.text)
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name in Item.__dataclass_fields__
        if (value := getattr(item, name)) != getattr(usual, name) or name in ("key", "kind", "text")
    }


def canonical(document: object) -> bytes:
    """Return the one way in which plain data is written here: keys sorted, no spaces, UTF-8."""
    text = json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def digest(document: object) -> str:
    """Return the SHA-256 of what is written, in hex."""
    return sha256(canonical(document)).hexdigest()


def faults(form: Form) -> list[Fault]:
    """Return what is wrong with a form, in its order; nothing where it may be adopted."""
    found: list[Fault] = []
    if not form.languages or len(set(form.languages)) < len(form.languages):
        found.append(Fault("no_language"))
    if not all(_TAG.fullmatch(tag) for tag in form.languages):
        found.append(Fault("unknown_language"))
    items = list(form.items())
    if not items:
        found.append(Fault("no_items"))
    if len(items) > MOST_ITEMS:
        found.append(Fault("too_many_items"))
    if items and not any(item.weight for item in items):
        found.append(Fault("no_points"))
    first = form.languages[0] if form.languages else ""
    keys: set[str] = set()
    for section in form.sections:
        found += _titled(section.key, section.title, first, keys)
        found += _worded(section.key, (section.title,), form.languages)
        for item in section.items:
            found += _titled(item.key, item.text, first, keys)
            found += _worded(item.key, (item.text, item.guidance), form.languages)
            found += (Fault(code, item.key) for code in _wrong(item))
    return [*found, *_wrong_levels(form, first)]


def _worded(key: str, words: tuple[Texts, ...], languages: tuple[str, ...]) -> Iterator[Fault]:
    limits = (LONGEST_TEXT, LONGEST_GUIDANCE)
    wrong = {
        "unknown_language": any(set(texts) - set(languages) for texts in words),
        "text_too_long": any(
            len(text) > most
            for texts, most in zip(words, limits, strict=False)
            for text in texts.values()
        ),
        "not_text": any(_NOT_TEXT.search(text) for texts in words for text in texts.values()),
    }
    yield from (Fault(code, key) for code, is_wrong in wrong.items() if is_wrong)


def _titled(key: str, texts: Texts, first: str, keys: set[str]) -> Iterator[Fault]:
    if not key or key in keys:
        yield Fault("key_taken", key)
    elif not _KEY.fullmatch(key):
        yield Fault("key_not_plain", key)
    keys.add(key)
    if not texts.get(first, "").strip():
        yield Fault("no_text", key)


def _wrong(item: Item) -> Iterator[str]:
    wrong = {
        "unknown_kind": item.kind not in KINDS,
        "weight_out_of_range": not 0 <= item.weight <= HEAVIEST,
        "unscored_has_weight": item.kind in UNSCORED and bool(item.weight or item.veto),
        "unknown_evidence": item.evidence not in EVIDENCE,
        "no_scale": item.kind == SCALE and not 1 <= item.top <= HIGHEST,
        "no_bounds": item.kind in MEASURED and not _has_bounds(item),
        "no_indicator": item.kind == FACT and not item.indicator,
    }
    yield from (code for code, is_wrong in wrong.items() if is_wrong)


def _has_bounds(item: Item) -> bool:
    nought, full = number(item.nought), number(item.full)
    return nought is not None and full is not None and nought != full


def _wrong_levels(form: Form, first: str) -> Iterator[Fault]:
    keys: set[str] = set()
    for one in form.levels:
        yield from _titled(one.key, one.title, first, keys)
        yield from _worded(one.key, (one.title,), form.languages)
        if not 0 < one.at <= WHOLE:
            yield Fault("level_out_of_range", one.key)
    if any(low.at >= high.at for low, high in pairwise(form.levels)):
        yield Fault("levels_out_of_order")
