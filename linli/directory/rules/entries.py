"""What the search knows of one thing: its names, its words, how it sounds, and the facets that narrow it."""

from collections.abc import Iterable
from typing import NamedTuple

from linli.directory.rules.areas import ladder_of
from linli.directory.rules.folding import folded
from linli.directory.rules.grams import All, One

BETWEEN_NAMES = " | "  # folded names hold no such sign
EVERYWHERE = "-"  # stands where the code of an area would
LONGEST_NAMES = 240
LONGEST_TEXT = 4000


class Facets(NamedTuple):
    """What narrows a search. area: a code; theme: a code of a term; language: a BCP 47 tag."""

    kind: str = ""
    area: str = ""
    theme: str = ""
    language: str = ""
    free: bool = False
    open: bool = False


def names_of(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the folded names of a thing, its own first, as far as they fit into one line."""
    kept: list[str] = []
    room = LONGEST_NAMES
    for one in dict.fromkeys(folded(text) for text in (name, *others)):
        room -= len(one) + len(BETWEEN_NAMES)
        if one and room >= -len(BETWEEN_NAMES):
            kept.append(one)
    return tuple(kept)


def facet_grams(
    kind: str,
    *,
    areas: Iterable[str],
    at: Iterable[str] = (),
    themes: Iterable[str] = (),
    languages: Iterable[str] = (),
    free: bool = False,
) -> list[str]:
    """Return the grams by which facets find a thing: `u:` an area that it serves, `a:` whatever that lies in.

    at: where it can be had, beside the areas that it serves.
    """
    codes = list(areas)
    inside = {step for code in (*codes, *at) if code != EVERYWHERE for step in ladder_of(code)}
    return [
        f"k:{kind}",
        *(f"u:{code}" for code in codes),
        *(f"a:{code}" for code in sorted(inside)),
        *(f"m:{code.lower()}" for code in themes),
        *(f"l:{tag.lower()}" for tag in languages),
        *(["c:free"] if free else []),
    ]


def facet_wanted(facets: Facets) -> tuple[str | All | One, ...]:
    """Return what a thing must hold to fit the facets. What serves a whole city serves each of its parts."""
    wanted: list[str | All | One] = []
    if facets.kind:
        wanted.append(f"k:{facets.kind}")
    if facets.area:
        serving = (f"u:{code}" for code in (*ladder_of(facets.area), EVERYWHERE))
        wanted.append(One((f"a:{facets.area}", *serving)))
    if facets.theme:
        wanted.append(f"m:{facets.theme.lower()}")
    if facets.language:
        wanted.append(f"l:{facets.language.lower()}")
    if facets.free:
        wanted.append("c:free")
    return tuple(wanted)
