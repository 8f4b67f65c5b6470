"""One edition as people read it, in one of its languages: the same on the console and in public."""

from typing import Any

from django.utils.translation import get_language

from linli.assessments.models import Edition
from linli.assessments.queries.question_words import EVIDENCE, KINDS, own_language
from linli.assessments.rules.instruments import NONE, Form, Item, said
from linli.assessments.schemas.instrument_words import share_words
from linli.facts.models import Indicator


def edition_shown(edition: Edition, asked: str) -> dict[str, Any]:
    """Return what a page of an edition shows: in the language that was asked, else the reader's. One query."""
    form = edition.form
    language = next(
        (tag for tag in (asked, get_language() or "") if tag in form.languages), form.languages[0]
    )
    wanted = {item.indicator for item in form.items() if item.indicator}
    names = {one.code: one for one in Indicator.objects.public().filter(code__in=wanted)}
    return {
        "edition": edition,
        "instrument": edition.instrument,
        "language": own_language(language),
        "languages": [own_language(tag) for tag in form.languages],
        "sections": _sections(form, language, names),
        "levels": [(said(one.title, language), share_words(one.at)) for one in form.levels],
        "count": sum(len(section.items) for section in form.sections),
        "points": sum(item.weight for item in form.items()),
    }


def _sections(form: Form, language: str, names: dict[str, Indicator]) -> list[dict[str, Any]]:
    told, number = [], 0
    for section in form.sections:
        rows = []
        for item in section.items:
            number += 1
            rows.append(_row(number, item, language, names.get(item.indicator)))
        points = sum(item.weight for item in section.items)
        told.append({"title": said(section.title, language), "rows": rows, "points": points})
    return told


def _row(number: int, item: Item, language: str, indicator: Indicator | None) -> dict[str, Any]:
    return {
        "number": number,
        "item": item,
        "text": said(item.text, language),
        "guidance": said(item.guidance, language),
        "kind": KINDS.get(item.kind, item.kind),
        "evidence": EVIDENCE.get(item.evidence, "") if item.evidence != NONE else "",
        "indicator": indicator,
    }
