"""Programme names and slogans, which look like figures and are none.

A brand's span holds no quotation marks. The same words quoted again as a mere theme are not listed twice.
"""

import re
from collections.abc import Iterator
from functools import cache

from linli.reader.article import Article
from linli.reader.brands import quotes, verdicts
from linli.reader.brands.expansions import expansion
from linli.reader.places.tables import lines_of
from linli.reader.reading import Brand, Document, Span

_AROUND = 24
_CLOSING = re.compile(r"[”」』’\"]")
_NEXT_QUOTE = re.compile(
    r"[”」』’\"](?: ?|[、和及与](?:[0-9]{1,4}[个家所处])?[^,。;:、“”]{0,6})[“「『‘\"]"
)
# Each formula is tested behind its first character, so that the search may look for that one alone.
_FORMULAS = (
    r"(?<![0-9.A-Za-z][0-9])(?<=[0-9])[0-9]?(?:\+(?:[0-9]{1,2}|[A-Za-z])){1,6}(?![-0-9.A-Za-z%=×*/])",
    r"(?<=[一二三四五六七八九十])\+[A-Za-z](?![A-Za-z])",
    r"(?<![0-9.][0-9])(?<=[0-9])[0-9]{2,5}(?=工作法|工作模式|工程|模式|机制)",
    r"(?<=[两三四五六七八九十])(?<![一二三四五六七八九十推前引改递行].)[一二三]?进(?=[,。;、“”活工创主示模和]|$)",
)


def find(article: Article, *, documents: tuple[Document, ...]) -> tuple[Brand, ...]:
    """Return the brands in order."""
    quoted = list(_quoted(article, documents))
    brands = [brand for brand, _ in quoted if brand]
    taken = [span for _, span in quoted] + [Span(item.start, item.end) for item in documents]
    brands.extend(_bare(article, taken))
    return tuple(sorted(brands))


def _quoted(
    article: Article, documents: tuple[Document, ...]
) -> Iterator[tuple[Brand | None, Span]]:
    """Yield each quoted span, with its brand when it is one. A list of quotes is judged by its last."""
    seen: set[str] = set()
    text, view = article.text, article.view
    spans = quotes.inside_marks(article, documents)
    judged = _judged(view, spans)
    for (span, line), verdict in zip(spans, judged, strict=True):
        start, end = span
        phrase = view[start:end]
        again = phrase in seen and not verdicts.has_numeral_skeleton(phrase)
        if not verdict.named or again:
            yield None, span
            continue
        seen.add(phrase)
        parts = expansion(text, view, start, line.start, phrase)
        yield Brand(start, end, text[start:end], parts, verdict.kind), span


def _judged(view: str, spans: list[tuple[Span, Span]]) -> list[verdicts.Verdict]:
    judged: list[verdicts.Verdict] = []
    following: verdicts.Verdict | None = None
    for (start, end), (first, last) in reversed(spans):
        before = view[max(first, start - 1 - _AROUND) : start - 1]
        after = view[end + 1 : min(last, end + 1 + _AROUND)]
        verdict = verdicts.judge(view[start:end], before, after)
        if verdict.named is None and following and _NEXT_QUOTE.match(view, end, last):
            verdict = verdicts.Verdict(following.named, verdict.kind)
        judged.append(verdict)
        following = verdict
    return _carried_on(view, spans, judged[::-1])


def _carried_on(
    view: str, spans: list[tuple[Span, Span]], judged: list[verdicts.Verdict]
) -> list[verdicts.Verdict]:
    """What the surroundings do not tell is told by the quote before it in a list."""
    for number in range(1, len(spans)):
        before, here = judged[number - 1], judged[number]
        if here.named is not None or not before.named:
            continue
        end, limit = spans[number - 1][0].end, spans[number][0].start
        if _NEXT_QUOTE.fullmatch(view, end, limit):
            judged[number] = verdicts.Verdict(before.named, here.kind)
    return judged


def _bare(article: Article, taken: list[Span]) -> Iterator[Brand]:
    """Yield the brands that stand without marks, outside quotes and titles."""
    taken.sort()
    at = 0
    pattern, view = _unquoted(), article.view
    for line in article.spans:
        for match in pattern.finditer(view, line.start, line.end):
            start, end = match.span()
            while at < len(taken) and taken[at].end <= start:
                at += 1
            if at == len(taken) or taken[at].start >= end:
                yield Brand(start, end, article.text[start:end], None)


@cache
def _unquoted() -> re.Pattern[str]:
    by_first: dict[str, list[str]] = {}
    for line in lines_of("brands_slogans.txt"):
        for word in line.split():
            by_first.setdefault(word[0], []).append(word[1:])
    slogans = (f"(?<={first})(?:{'|'.join(rest)})" for first, rest in by_first.items())
    firsts = "".join(by_first)
    return re.compile(f"[{firsts}0-9一二三四五六七八九十两](?:{'|'.join((*slogans, *_FORMULAS))})")
