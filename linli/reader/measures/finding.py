"""Measures, line by line: clauses whose ruling verb says a deed."""

import re
from bisect import bisect_left

from linli.reader.article import Article
from linli.reader.measures import boundary, clauses, telling, units
from linli.reader.measures.boundary import Passage
from linli.reader.measures.telling import Told
from linli.reader.measures.units import Share
from linli.reader.reading import (
    Body,
    Brand,
    Document,
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
_RECURRENCE = re.compile(r"每(?:半年|两年|三年|季度|学期|年|月|周|季|天)|一年一度")
_HERE = re.compile(r"[我全本][省市州区县旗镇乡]")


def find(  # noqa: PLR0913 - every finder is told what the ones before it found
    article: Article,
    *,
    headings: tuple[Heading, ...],
    documents: tuple[Document, ...],
    brands: tuple[Brand, ...],
    bodies: tuple[Body, ...],
    figures: tuple[Figure, ...],
    places: tuple[Place, ...],
    home: ReportPlace,
) -> tuple[Measure, ...]:
    """Return the measures in order; those that watch people carry `boundary`."""
    del documents, brands, bodies
    masked = clauses.mask(article.view)
    skipped = {heading.start: heading.end for heading in headings}
    page = telling.Page(article.view, masked, skipped, set())
    here = _here(article, places, home)
    starts = [figure.start for figure in figures]
    found: list[Measure] = []
    unanswered = 0
    for line in article.lines:
        if line.role in _UNTOLD or _is_caption(article.view, line):
            continue
        note = units.standing_alone(article, line)
        if note:
            found[unanswered:] = [_answered(measure, note) for measure in found[unanswered:]]
            unanswered = len(found)
            continue
        sentences = clauses.sentences(masked, line.start, line.end)
        refused = list(boundary.passages(article.view, line.start, line.end, sentences))
        page.kept_out.update(passage.start for passage in refused)
        told = telling.line(page, sentences)
        shares = units.shares(article, masked, line, told)
        for deed, share in zip(told, shares, strict=True):
            ids = _ids(figures, starts, deed)
            reason = _reason(refused, deed) if refused else None
            found.append(_measure(article, deed, share, f"m{len(found) + 1}", ids, here, reason))
    return tuple(found)


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


def _ids(figures: tuple[Figure, ...], starts: list[int], deed: Told) -> tuple[str, ...]:
    first, last = bisect_left(starts, deed.start), bisect_left(starts, deed.end)
    return tuple(figure.id for figure in figures[first:last] if figure.end <= deed.end)


def _reason(refused: list[Passage], deed: Told) -> str | None:
    touching = (each for each in refused if each.start < deed.end and deed.start < each.end)
    return next((each.reason for each in touching), None)


def _measure(
    article: Article,
    deed: Told,
    share: Share,
    name: str,
    ids: tuple[str, ...],
    here: str,
    reason: str | None,
) -> Measure:
    text, view = article.text, article.view
    often = view.find("每", deed.start, deed.end) >= 0
    recurring = _RECURRENCE.search(view, deed.start, deed.end) if often else None
    return Measure(
        id=name,
        start=deed.start,
        end=deed.end,
        surface=text[deed.start : deed.end],
        verb=text[deed.verb.start : deed.verb.end],
        verb_start=deed.verb.start,
        verb_end=deed.verb.end,
        actor=text[slice(*deed.who)].strip() if deed.who else None,
        actor_implied=None
        if deed.who
        else (text[slice(*deed.carried)].strip() if deed.carried else here),
        status=deed.status,
        boundary=reason,
        lead_units=share.lead,
        responsible_units=share.responsible,
        figures=ids,
        recurrence=text[recurring.start() : recurring.end()] if recurring else None,
    )
