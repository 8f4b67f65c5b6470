"""Public bodies, service points, venues and mechanisms, each with its full name.

A common noun (各部门, 示范社区) is no body, nor is a name inside a title or a brand.
"""

from bisect import bisect_right

from linli.reader.article import Article
from linli.reader.bodies import groups, spotting
from linli.reader.bodies.names import canonical
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.reading import Body, Brand, Document, Place, ReportPlace


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
    for line in article.spans():
        spotted = groups.by_stem(view, line, spotting.spot(view, line, nearby))
        if spotted:
            free = [body for body in spotted if not _covered(body, taken, firsts)]
            bodies.extend(groups.together(view, free))
    return tuple(_body(article, body, home) for body in bodies)


def _covered(body: Spotted, taken: list[tuple[int, int]], firsts: list[int]) -> bool:
    at = bisect_right(firsts, body.start) - 1
    return at >= 0 and body.start < taken[at][1]


def _body(article: Article, body: Spotted, home: ReportPlace) -> Body:
    surface = article.text[body.start : body.end]
    view = article.view[body.start : body.end]
    named = canonical(view, body, home)
    return Body(body.start, body.end, surface, body.kind, surface if named == view else named)
