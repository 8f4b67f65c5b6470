"""Numbers that count something: what is a date, a brand, a title or a name is never one."""

from collections.abc import Iterable
from itertools import chain, pairwise

from linli.reader import numerals
from linli.reader.article import Article
from linli.reader.figures import context
from linli.reader.figures.describe import Setting
from linli.reader.figures.drafts import Draft
from linli.reader.figures.scan import scan, settle
from linli.reader.reading import Body, Brand, Date, Document, Figure, Place

__all__ = ["find"]


def find(
    article: Article,
    *,
    dates: tuple[Date, ...],
    documents: tuple[Document, ...],
    brands: tuple[Brand, ...],
    places: tuple[Place, ...],
    bodies: tuple[Body, ...],
    published: str | None = None,
) -> tuple[Figure, ...]:
    """Return the figures in order; what is a date, brand, title or name is never one.

    published: ISO date at which the period of "since 2010" ends; unknown is written "2010/..".
    """
    view = numerals.part(article.text, article.view)
    taken = _mark(len(view), chain(dates, documents, brands, places, bodies))
    told = tuple(date for date in dates if not _is_titled(date, documents))
    setting = Setting(article, dates=told, places=places, published=published)
    found: list[Figure] = []
    for line in article.lines:
        if numerals.is_dump(view, line.start, line.end):
            continue
        drafts = list(scan(view, line.start, line.end, taken))
        roles: dict[int, str] = {}
        if len(drafts) > 1:
            drafts = settle(drafts, view)
            roles = _roles(view, drafts, line.start)
        for draft in drafts:
            name = f"f{len(found) + 1}"
            found.append(setting.figure(draft, name, line, roles.get(draft.start)))
    return tuple(found)


def _is_titled(date: Date, documents: tuple[Document, ...]) -> bool:
    """Whether a date belongs to a title: 《2021年要点》 says nothing of when its figures stand."""
    return any(document.start < date.start < document.end for document in documents)


def _mark(length: int, spans: Iterable[Date | Document | Brand | Place | Body]) -> bytearray:
    """Return one byte a character, 1 where no figure may stand."""
    taken = bytearray(length)
    for item in spans:
        start, end = item[:2]
        taken[start:end] = b"\1" * (end - start)
    return taken


def _roles(view: str, drafts: list[Draft], floor: int) -> dict[int, str]:
    """Return before and after for each pair of figures that one thing went from and to."""
    roles: dict[int, str] = {}
    for first, second in pairwise(drafts):
        if context.is_change(view, first, second, floor=floor):
            roles[first.start], roles[second.start] = "before", "after"
    return roles
