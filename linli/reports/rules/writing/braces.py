"""What stands in braces: {{indicator.code period=last as=change}}, {{table …}}, {{by hand: …}}. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from linli.facts.rules.periods import of_typed, shown
from linli.reports.rules.writing.parts import LAST, SAID_AS, THIS, Asked, Grid, Wrong

OPEN, CLOSE = "{{", "}}"
INSIDE = "inside"  # the areas directly inside the report's own
MOST_CELLS = 400  # of one table: nobody reads more
_BY_HAND = re.compile(r"\s*by hand\s*[::]\s*(.*)", re.IGNORECASE | re.DOTALL)
_TABLE = re.compile(r"\s*table\b")
_CODE = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_AREA = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)
_OPTION = re.compile(r'([a-z]+)=(?:"([^"]*)"|“([^”]*)”|([^\s"“]+))')
_OF_FIGURE = {"area", "period", "as"}
_OF_TABLE = {"indicators", "areas", "periods", "caption"}
_LISTS = re.compile(r"[,,、]")


class Hand(NamedTuple):
    """A passage by hand: what belongs there."""

    about: str


Braced = Asked | Grid | Hand | Wrong


def read_braces(words: str, line: int) -> Braced:
    """Return what the words between two braces mean, or what is wrong with them."""
    if match := _BY_HAND.fullmatch(words):
        about = " ".join(match[1].split())
        return Hand(about[:200]) if about else Wrong(line, "no_prompt")
    if match := _TABLE.match(words):
        return _table(words[match.end() :], line)
    code, _space, rest = words.strip().partition(" ")
    if not _CODE.fullmatch(code):
        return Wrong(line, "no_indicator_code", code[:80])
    given = _options(rest, _OF_FIGURE, line)
    if isinstance(given, Wrong):
        return given
    return _figure(code, given, line)


def _figure(code: str, given: dict[str, str], line: int) -> Asked | Wrong:
    area, said_as = given.get("area", ""), given.get("as", "value")
    period = _period(given.get("period", THIS))
    if area and not _AREA.fullmatch(area):
        return Wrong(line, "no_area_code", area)
    if not period:
        return Wrong(line, "no_period", given["period"])
    if said_as not in SAID_AS:
        return Wrong(line, "unknown_way", said_as)
    return Asked(code, line, area, period, said_as)


def _table(words: str, line: int) -> Grid | Wrong:
    given = _options(words, _OF_TABLE, line)
    if isinstance(given, Wrong):
        return given
    lists = [tuple(_entries(given.get(name, ""))) for name in ("indicators", "areas", "periods")]
    indicators, areas, periods = lists[0], lists[1] or ("",), lists[2] or (THIS,)
    if wrong := _wrong_in(indicators, areas, periods):
        return Wrong(line, *wrong)
    told = tuple(_period(one) for one in periods)
    return Grid(indicators, areas, told, given.get("caption", ""), line)


def _wrong_in(
    indicators: tuple[str, ...], areas: tuple[str, ...], periods: tuple[str, ...]
) -> tuple[str, str] | None:
    """Return the code and the words of the first thing that is wrong with the lists of a table."""
    if not indicators:
        return "no_indicators", ""
    bad = (
        *(("no_indicator_code", one) for one in indicators if not _CODE.fullmatch(one)),
        *(("no_area_code", one) for one in areas if one not in {"", INSIDE} and not _AREA.fullmatch(one)),
        *(("no_period", one) for one in periods if not _period(one)),
    )  # fmt: skip
    if bad:
        return bad[0][0], bad[0][1][:80]
    many = [len(indicators) > 1, len(areas) > 1 or INSIDE in areas, len(periods) > 1]
    if sum(many) > 2:
        return "three_lists", ""
    if INSIDE in areas and len(areas) > 1:
        return "inside_alone", ""
    if len(indicators) * len(areas) * len(periods) > MOST_CELLS:
        return "too_many_cells", str(MOST_CELLS)
    return None


def _options(words: str, known: Iterable[str], line: int) -> dict[str, str] | Wrong:
    """Return the options that follow a name, each once, or the first that nobody knows."""
    given: dict[str, str] = {}
    rest = words.strip()
    while rest:
        match = _OPTION.match(rest)
        if not match:
            return Wrong(line, "not_an_option", rest.split()[0][:80])
        name = match[1]
        if name not in known:
            return Wrong(line, "unknown_option", name)
        if name in given:
            return Wrong(line, "option_twice", name)
        given[name] = (match[2] or match[3] or match[4] or "").strip()
        rest = rest[match.end() :].strip()
    return given


def _entries(text: str) -> Iterable[str]:
    return (one.strip() for one in _LISTS.split(text) if one.strip())


def _period(text: str) -> str:
    """Return a period as ISO words, `this` and `last` as they are, "" for what is none."""
    if text in {THIS, LAST}:
        return text
    period = of_typed(text)
    return shown(period) if period else ""
