"""The head of a document: title, source, site, authors, editors, publication date, script.

Only what the page prints, or declares in its own head; nothing is guessed from a clock, a link or
the text, so each may be None.
"""

from typing import NamedTuple

from linli.reader.head import origin, people, published, script, titles
from linli.reader.head.zones import Zones
from linli.reader.reading import Line, Named
from linli.reader.sources import Source

__all__ = ["Head", "find"]


class Head(NamedTuple):
    """What stands above and below the article and says where it comes from."""

    title: Named | None
    source: Named | None
    site: Named | None
    authors: tuple[Named, ...]
    editors: tuple[Named, ...]
    date: Named | None
    script: str


def find(source: Source, view: str, lines: tuple[Line, ...]) -> Head:
    """Read the head of `source`.

    view: `fold(source.text)`; lines: from `lines.label`. A printed item slices back from
    `source.text` by its offsets; an item that only the head of the file declares has offsets 0, 0.
    """
    zones = Zones.of(view, lines)
    return Head(
        title=titles.find(source, zones),
        source=origin.publisher(source, view, zones),
        site=origin.site(source, view, zones),
        authors=people.authors(source.text, view, zones),
        editors=people.editors(source.text, view, zones),
        date=published.find(source, view, zones),
        script=script.of(source.text, lines),
    )
