"""Articles and heads for tests of the finders."""

from linli.reader.article import Article, fold
from linli.reader.head import Head
from linli.reader.reading import Line, Named

NO_HEAD = Head(None, None, None, (), (), None, "Hans")


def article(text):
    """An article all of whose lines are main lines."""
    lines, at = [], 0
    for row in text.split("\n"):
        lines.append(Line(at, at + len(row), "main", "body"))
        at += len(row) + 1
    return Article(text, fold(text), tuple(lines))


def head(text, *, title=None, source=None, year=None):
    """A head whose title and source stand in `text`."""

    def named(value):
        return (
            None
            if value is None
            else Named(value, text.index(value), text.index(value) + len(value))
        )

    date = None if year is None else Named(f"{year}-07-01", 0, 0)
    return Head(named(title), named(source), None, (), (), date, "Hans")
