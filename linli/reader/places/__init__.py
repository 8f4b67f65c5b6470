"""Places by GB/T 2260, and the place that a report speaks from.

A word that only looks like a place is none; a name that several places share means the one that
the rest of the document points to.
"""

from collections.abc import Iterator

from linli.reader.article import Article
from linli.reader.head import Head
from linli.reader.places import gazetteer, home, mentions
from linli.reader.places.areas import described
from linli.reader.places.mentions import Mention, resolve
from linli.reader.reading import Named, Place, ReportPlace

_new = tuple.__new__  # half the time of a call of Place


def find(article: Article, *, head: Head) -> tuple[tuple[Place, ...], ReportPlace]:
    """Return the places in order, and the place that the report speaks from."""
    view = article.view
    spans = article.spans
    found = gazetteer.hits(view, spans)
    named = [(weight, gazetteer.hits(view, [item[1:]])) for weight, item in _named(head)]
    known = mentions.support(found, (hit for _, hits in named for hit in hits), _year(head))
    met = resolve(view, found, known)
    heads = [(weight, item) for weight, hits in named for item in resolve(view, hits, known)]
    partnered = home.partners(view, met)
    speaks = home.report_place(view, spans, met, partnered, heads)
    roles = home.roles(met, partnered, speaks)
    return tuple(_places(article.text, met, roles)), speaks


def _named(head: Head) -> list[tuple[int, Named]]:
    weighed = [(8, head.title), (4, head.source), (2, head.site)]
    return [(weight, item) for weight, item in weighed if item is not None]


def _year(head: Head) -> int | None:
    return int(head.date.value[:4]) if head.date else None


def _places(text: str, met: list[Mention], roles: dict[str, str]) -> Iterator[Place]:
    """Yield what is printed of each area; a region has no more than its words."""
    for start, end, area in met:
        surface = text[start:end]
        if area is None:
            yield Place(start, end, surface, "region", None, surface, "mention")
        else:
            level, code, name, valid = described(area)
            yield _new(Place, (start, end, surface, level, code, name, roles[code], valid))
