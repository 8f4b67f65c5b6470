"""Articles of a few lines for the finders, with no dates, names or titles found in them."""

import re

from linli.reader import figures
from linli.reader.article import Article, fold
from linli.reader.reading import Brand, Date, Document, Line


def article_of(text):
    lines, start = [], 0
    for row in text.split("\n"):
        if row.strip():
            lines.append(Line(start, start + len(row), "main", "body"))
        start += len(row) + 1
    return Article(text, fold(text), tuple(lines))


def figures_of(text, *, dates=(), documents=(), brands=(), places=(), published=None):
    return figures.find(
        article_of(text),
        dates=dates,
        documents=documents,
        brands=brands,
        places=places,
        bodies=(),
        published=published,
    )


def dates_in(text, pattern=r"[12]\d{3}(?:[-—]\d{4})?年(?:\d+月)?", kind="event"):
    """Return dates found by a plain pattern, standing in for the finder of dates."""
    return tuple(
        Date(match.start(), match.end(), match.group(), match.group().rstrip("年月"), kind)
        for match in re.finditer(pattern, text)
    )


def titles_in(text):
    return tuple(
        Document(match.start(), match.end(), match.group(), match.group()[1:-1], "other")
        for match in re.finditer("《[^》]+》", text)
    )


def slogans_in(text):
    return tuple(
        Brand(match.start() + 1, match.end() - 1, match.group()[1:-1], None)
        for match in re.finditer("“[^”]+”", text)
    )
