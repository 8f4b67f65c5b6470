"""Exhibitions as templates show them: words in the reader's language, and whose they are where there are none."""

from typing import Any, NamedTuple

from django.utils.translation import get_language

from linli.atlas.models import Work
from linli.kernel.text import Words

SOURCES: dict[str, Words] = dict(Work.SOURCES)


class Said(NamedTuple):
    """Some words, and the language they are in where it is not the reader's."""

    words: str
    lang: str


def said(in_three: dict[str, str]) -> Said:
    """Return words in the reader's language; the first ones, marked, where there are none."""
    found = in_three.get(get_language() or "", "")
    return Said(found, "") if found else Said(in_three["zh-hans"], "zh-Hans")


def told(work: dict[str, Any], number: int) -> dict[str, Any]:
    """Return one work of an edition as templates show it."""
    names = ("title", "text", "shows", "says")
    plain = {name: work[name] for name in ("source_name", "maker", "made", "picture", "sound")}
    return (
        {name: said(work[name]) for name in names}
        | plain
        | {"number": number, "source": SOURCES[work["source"]]}
    )


def labelled(work: dict[str, Any], number: int) -> dict[str, Any]:
    """Return what stands on the label of a work: its title in all three languages, each once."""
    titles: dict[str, str] = {}
    for language, tag in (("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")):
        titles.setdefault(work["title"][language], tag)
    return {
        "number": number,
        "titles": [*titles.items()],
        "maker": work["maker"],
        "made": work["made"],
    }
