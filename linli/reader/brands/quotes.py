"""What stands in quotation marks: “…”, 「…」, 『…』, ‘…’, and "…" on one line, marks of one kind not nested."""

import re

from linli.reader.article import Article
from linli.reader.reading import Document, Span

LONGEST = 60
_new = tuple.__new__  # half the time of a call of Span

_QUOTED = re.compile(
    rf"“[^“”]{{1,{LONGEST}}}”|「[^「」]{{1,{LONGEST}}}」|『[^『』]{{1,{LONGEST}}}』"
    rf"|‘[^‘’“”]{{1,{LONGEST}}}’|\"[^\"]{{1,{LONGEST}}}\""
)


def inside_marks(article: Article, documents: tuple[Document, ...]) -> list[tuple[Span, Span]]:
    """Return the span between each pair of marks with the span of its line; none inside a 《title》."""
    view = article.view
    quoted: list[tuple[Span, Span]] = []
    titled = iter(documents)
    title = next(titled, None)
    for line in article.spans:
        for match in _QUOTED.finditer(view, line.start, line.end):
            start, end = match.span()
            while title and title.end <= start:
                title = next(titled, None)
            if title is None or end <= title.start:
                quoted.append((_new(Span, (start + 1, end - 1)), line))
    return quoted
