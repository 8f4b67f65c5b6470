"""Measures, line by line: clauses whose ruling verb says a deed."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from linli.reader.article import Article
from linli.reader.measures import boundary, clauses, deadlines, status, telling, units
from linli.reader.measures.boundary import Passage
from linli.reader.measures.telling import Page
from linli.reader.measures.thread import TELLERS, Told
from linli.reader.measures.units import Share
from linli.reader.patterns import lazy
from linli.reader.reading import (
    Figure,
    Heading,
    Line,
    Measure,
    Place,
    ReportPlace,
)

_UNTOLD = frozenset(("title", "subtitle", "byline", "caption", "signoff", "blank"))
# A caption that was taken for a body line still ends like one.
_CREDITS = ("供图", "摄", "摄影", "图片", "资料图")
_CAPTION = 60
_RECURRENCE = lazy(r"每(?:半年|两年|三年|季度|学期|年|月|周|季|天)|一年一度")
_end = attrgetter("end")
_HERE = lazy(r"[我全本][省市州区县旗镇乡]")


class _Near(NamedTuple):
    """What a measure may refer to: the figures, where they start, the report's own place."""

    figures: tuple[Figure, ...]
    starts: list[int]
    here: str


def find(
    article: Article,
    *,
    headings: tuple[Heading, ...],
    figures: tuple[Figure, ...],
    places: tuple[Place, ...],
    home: ReportPlace,
    published: str | None = None,
) -> tuple[Measure, ...]:
    """Return the measures in order; those that watch people carry `boundary`.

    published: the printed date (ISO), by which a deadline is past or to come.
    """
    masked = clauses.mask(article.view)
    skipped = {heading.start: heading.end for heading in headings}
    reported = any(teller in article.view for teller in TELLERS)
    outlook = deadlines.outlook(article, published)
    page = telling.Page(article.view, masked, skipped, set(), reported, outlook)
    near = _Near(figures, [figure.start for figure in figures], _here(article, places, home))
    plans = _under(article, headings, status.heads_plan)
    troubles = _under(article, headings, status.heads_troubles)
    found: list[Measure] = []
    unanswered = 0
    for line in article.lines:
        if line.role in _UNTOLD or line.start in troubles or _is_caption(article.view, line):
            continue
        note = units.standing_alone(article, line)
        if note:
            found[unanswered:] = [_answered(measure, note) for measure in found[unanswered:]]
            unanswered = len(found)
            continue
        found += _measures(article, page, line, near, len(found), ahead=line.start in plans)
    return tuple(found)


def _measures(
    article: Article, page: Page, line: Line, near: _Near, told_before: int, *, ahead: bool
) -> list[Measure]:
    """Return the measures of one line, numbered on from those told before."""
    sentences = clauses.sentences(page.masked, line.start, line.end)
    refused = list(boundary.passages(article.view, line.start, line.end, sentences))
    page.kept_out.update(passage.start for passage in refused)
    told = telling.line(page, sentences, ahead=ahead)
    shares = units.shares(article, page.masked, line, told)
    return [
        _measure(
            article, deed, share, f"m{number}", near, _reason(refused, deed) if refused else None
        )
        for number, (deed, share) in enumerate(zip(told, shares, strict=True), told_before + 1)
    ]


def _under(
    article: Article, headings: tuple[Heading, ...], announces: Callable[[str], bool]
) -> set[int]:
    """Return the starts of the lines below a heading that announces them, down to the next one."""
    under: set[int] = set()
    opened = 0
    waiting = iter(headings)
    heading = next(waiting, None)
    for line in article.lines:
        while heading and heading.start < line.end:
            if not opened or heading.level <= opened:
                opened = heading.level if announces(heading.surface) else 0
            heading = next(waiting, None)
        if opened:
            under.add(line.start)
    return under


def _is_caption(view: str, line: Line) -> bool:
    return line.end - line.start < _CAPTION and view.endswith(_CREDITS, line.start, line.end)


def _answered(measure: Measure, note: Share) -> Measure:
    """Return the measure with the units that a line below it names."""
    return measure._replace(
        lead_units=measure.lead_units or note.lead,
        responsible_units=measure.responsible_units or note.responsible,
    )


def _here(article: Article, places: tuple[Place, ...], home: ReportPlace) -> str:
    """Return how the report prints its own place, or what it calls it (我市)."""
    code = home.county or home.city or home.province
    printed = [place.surface for place in places if code and place.code == code]
    if printed:
        return max(printed, key=len)
    pronoun = _HERE.search(article.view)
    return article.text[pronoun.start() : pronoun.end()] if pronoun else "本单位"


def _ids(near: _Near, start: int, end: int) -> tuple[str, ...]:
    starts = near.starts
    if not starts:
        return ()
    first = bisect_left(starts, start)
    if first == len(starts) or starts[first] >= end:
        return ()
    last = bisect_left(starts, end, first)
    return tuple([figure.id for figure in near.figures[first:last] if figure.end <= end])


def _reason(refused: list[Passage], deed: Told) -> str | None:
    """Return why the deed stays outside: the reason of the first passage that it touches."""
    start, end = deed[:2]
    first = bisect_right(refused, start, key=_end)
    touched = first < len(refused) and refused[first].start < end
    return refused[first].reason if touched else None


def _measure(
    article: Article, deed: Told, share: Share, name: str, near: _Near, reason: str | None
) -> Measure:
    text, view = article.text, article.view
    start, end, (verb_start, verb_end, _, _), who, carried, how = deed
    often = view.find("每", start, end) >= 0
    recurring = _RECURRENCE.search(view, start, end) if often else None
    acting = who or carried
    actor = text[acting[0] : acting[1]].strip() if acting else near.here
    # By position, in the order of the fields: a report carries hundreds of these.
    return Measure(
        name,
        start,
        end,
        text[start:end],
        text[verb_start:verb_end],
        verb_start,
        verb_end,
        actor if who else None,
        None if who else actor,
        how,
        reason,
        share.lead,
        share.responsible,
        _ids(near, start, end),
        text[recurring.start() : recurring.end()] if recurring else None,
    )
