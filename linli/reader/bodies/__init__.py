"""Public bodies, service points, venues and mechanisms, each with its full name.

A common noun (各部门, 示范社区) is no body, nor is a name inside a title or a brand.
"""

from bisect import bisect_right
from collections.abc import Iterator

from linli.reader.article import Article
from linli.reader.bodies import groups, spotting, teams
from linli.reader.bodies.names import canonical
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.reading import Body, Brand, Document, Place, ReportPlace

_new = tuple.__new__  # half the time of a call of Body


def find(
    article: Article,
    *,
    places: tuple[Place, ...],
    home: ReportPlace,
    documents: tuple[Document, ...],
    brands: tuple[Brand, ...],
) -> tuple[Body, ...]:
    """Return the bodies in order, each with its full name."""
    view = article.view
    nearby = Places(places)
    taken = sorted([*((d.start, d.end) for d in documents), *((b.start, b.end) for b in brands)])
    firsts = [start for start, _ in taken]
    bodies: list[Spotted] = []
    for line in article.spans:
        spotted = teams.beside(view, line, spotting.spot(view, line, nearby))
        spotted = groups.by_stem(view, line, spotted)
        if spotted:
            free = [body for body in spotted if not _covered(body.start, taken, firsts)]
            bodies.extend(groups.together(view, free))
    return tuple(_in_full(article, bodies, home))


def _covered(start: int, taken: list[tuple[int, int]], firsts: list[int]) -> bool:
    at = bisect_right(firsts, start) - 1
    return at >= 0 and start < taken[at][1]


def _in_full(article: Article, bodies: list[Spotted], home: ReportPlace) -> Iterator[Body]:
    """Yield each body with its full name, the first of those that overlap; a name is spelt out once."""
    text, view = article.text, article.view
    known: dict[tuple[str, str, str, str, bool], str] = {}
    last = 0
    for body in bodies:
        start, end = body[:2]
        if start < last:
            continue
        last = end
        printed = view[start:end]
        key = (printed, *body[2:])
        named = known.get(key)
        if named is None:
            named = known[key] = canonical(printed, body, home)
        surface = text[start:end]
        full = surface if named == printed else named
        yield _new(Body, (start, end, surface, body.kind, full))
