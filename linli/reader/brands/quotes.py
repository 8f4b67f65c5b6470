"""What stands in quotation marks: “…”, 「…」, 『…』, ‘…’, and "…" on one line, marks of one kind not nested."""

import re
from collections.abc import Iterator

from linli.reader.article import Article
from linli.reader.reading import Document, Span

LONGEST = 60

_QUOTED = re.compile(
    rf"“[^“”]{{1,{LONGEST}}}”|「[^「」]{{1,{LONGEST}}}」|『[^『』]{{1,{LONGEST}}}』"
    rf"|‘[^‘’“”]{{1,{LONGEST}}}’|\"[^\"]{{1,{LONGEST}}}\""
)


def inside_marks(article: Article, documents: tuple[Document, ...]) -> Iterator[tuple[Span, Span]]:
    """Yield the span between each pair of marks with the span of its line; none inside a 《title》."""
    titled = iter(documents)
    title = next(titled, None)
    for line in article.spans():
        for match in _QUOTED.finditer(article.view, line.start, line.end):
            while title and title.end <= match.start():
                title = next(titled, None)
            if title is None or match.end() <= title.start:
                yield Span(match.start() + 1, match.end() - 1), line
