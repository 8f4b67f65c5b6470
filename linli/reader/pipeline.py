"""The order of reading: format, lines, head, then the finders, each told what is already taken."""

from typing import Any

from linli.reader import (
    arithmetic,
    bodies,
    brands,
    dates,
    documents,
    figures,
    head,
    headings,
    lines,
    measures,
    places,
    sources,
)
from linli.reader.article import Article, fold
from linli.reader.head import Head
from linli.reader.reading import Reading


def read(data: bytes, *, name: str, media_type: str | None = None) -> Reading:
    """Read one document.

    data: the file's bytes (TXT, HTML, PDF with a text layer, DOCX); name: its file name, a hint for
    the format; media_type: overrules the hint. Returns a Reading whose every item slices back from
    `Reading.text`. Raises `Unreadable` (code, sentence) when there is nothing to read.
    No network, no clock, no randomness; time grows linearly with the size.
    """
    source = sources.load(data, name=name, media_type=media_type)
    view = fold(source.text)
    labelled = lines.label(source, view)
    top = head.find(source, view, labelled)
    article = Article(source.text, view, tuple(line for line in labelled if line.label == "main"))
    return Reading(
        name=name,
        media_type=source.media_type,
        encoding=source.encoding,
        text=source.text,
        lines=labelled,
        origins=source.origins,
        **top._asdict(),
        **_items(article, top),
    )


def _items(article: Article, top: Head) -> dict[str, Any]:
    """Run the finders in the order in which one needs the other; keys are fields of Reading."""
    published = top.date.value if top.date else None
    dated = dates.find(article, published=published)
    titled = documents.find(article)
    branded = brands.find(article, documents=titled)
    placed, home = places.find(article, head=top)
    bodied = bodies.find(article, places=placed, home=home, documents=titled, brands=branded)
    counted = figures.find(
        article,
        dates=dated,
        documents=titled,
        brands=branded,
        places=placed,
        bodies=bodied,
        published=published,
    )
    headed = headings.find(article)
    measured = measures.find(
        article,
        headings=headed,
        figures=counted,
        places=placed,
        home=home,
        published=published,
    )
    return {
        "place": home,
        "headings": headed,
        "dates": dated,
        "places": placed,
        "bodies": bodied,
        "documents": titled,
        "brands": branded,
        "figures": counted,
        "pairs": arithmetic.pairs(article, counted),
        "constraints": arithmetic.constraints(article, counted),
        "measures": measured,
    }
