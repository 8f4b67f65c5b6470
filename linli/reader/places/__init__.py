"""Places by GB/T 2260, and the place that a report speaks from.

A word that only looks like a place is none; a name that several places share means the one that
the rest of the document points to.
"""

from linli.reader.article import Article
from linli.reader.head import Head
from linli.reader.places import gazetteer, home, mentions
from linli.reader.places.areas import Area
from linli.reader.places.mentions import Mention, resolve
from linli.reader.reading import Named, Place, ReportPlace

Facts = tuple[str, str | None, str | None, str, str | None]


def find(article: Article, *, head: Head) -> tuple[tuple[Place, ...], ReportPlace]:
    """Return the places in order, and the place that the report speaks from."""
    view = article.view
    found = [hit for span in article.spans() for hit in gazetteer.hits(view, *span)]
    named = [(weight, list(gazetteer.hits(view, *item[1:]))) for weight, item in _named(head)]
    known = mentions.support(found, (hit for _, hits in named for hit in hits), _year(head))
    met = resolve(view, found, known)
    heads = [(weight, item) for weight, hits in named for item in resolve(view, hits, known)]
    partnered = home.partners(view, met)
    speaks = home.report_place(view, article.spans(), met, partnered, heads)
    roles = home.roles(met, partnered, speaks)
    facts = {mention.area: _facts(mention.area, roles) for mention in met}
    return tuple(_place(article.text, mention, facts[mention.area]) for mention in met), speaks


def _named(head: Head) -> list[tuple[int, Named]]:
    weighed = [(8, head.title), (4, head.source), (2, head.site)]
    return [(weight, item) for weight, item in weighed if item is not None]


def _year(head: Head) -> int | None:
    return int(head.date.value[:4]) if head.date else None


def _facts(area: Area | None, roles: dict[str, str]) -> Facts:
    """Return the level, code, name, role and years of an area; a region has no more than its words."""
    if area is None:
        return "region", None, None, "mention", None
    return area.level, area.code, area.name, roles[area.code], area.valid


def _place(text: str, mention: Mention, facts: Facts) -> Place:
    start, end, _ = mention
    level, code, name, role, valid = facts
    surface = text[start:end]
    return Place(start, end, surface, level, code, name or surface, role, valid)
