"""Builders for the tests of measures: a text becomes an article, an article its measures."""

from linli.reader import headings, measures
from linli.reader.article import Article, fold
from linli.reader.reading import Line, ReportPlace

NOWHERE = ReportPlace(None, None, None)


def article(text, role="body"):
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(start, start + len(line), "main", role))
        start += len(line) + 1
    return Article(text, fold(text), tuple(lines))


def read(text, *, figures=(), places=(), home=NOWHERE, role="body"):
    page = article(text, role)
    return measures.find(
        page,
        headings=headings.find(page),
        figures=figures,
        places=places,
        home=home,
    )
