"""Arithmetic that a text claims: before and after, parts and wholes. Checked exactly, never guessed."""

from collections.abc import Iterator
from itertools import pairwise

from linli.reader.arithmetic.ratios import ratios
from linli.reader.arithmetic.sums import sums
from linli.reader.article import Article
from linli.reader.patterns import lazy
from linli.reader.reading import Constraint, Figure, Line, Pair

__all__ = ["constraints", "pairs"]

_SENTENCE_END = lazy("[。!?]")
_METRIC = lazy("([^,。;、:!?从由]{1,24})(?:从|由)[^,。;]{0,12}$")
_LINE = 160  # characters looked back for where a metric's line begins


def pairs(article: Article, figures: tuple[Figure, ...]) -> tuple[Pair, ...]:
    """Return before/after pairs of one metric, in order; direction is up, down or same."""
    return tuple(
        Pair(first.id, second.id, _metric(article, first), _direction(first, second))
        for first, second in pairwise(figures)
        if first.role == "before" and second.role == "after"
    )


def constraints(article: Article, figures: tuple[Figure, ...]) -> tuple[Constraint, ...]:
    """Return sums and ratios that the text states, with whether they hold.

    A sum needs 共, 合计 or the like, or 其中, and its parts in the same sentence; a ratio needs 占,
    a rate that its two counts give (办结率), or 人均. Numbers printed with decimals may be off by
    half of their last digit; counts may not be off at all.
    """
    found: list[Constraint] = []
    for group in _sentences(article, figures):
        found.extend(sums(article.view, group))
        found.extend(ratios(article.view, group))
    return tuple(found)


def _metric(article: Article, figure: Figure) -> str:
    low = max(0, figure.start - 48)
    match = _METRIC.search(article.view, max(low, _line_start(article, figure)), figure.start)
    return article.text[match.start(1) : match.end(1)] if match else ""


def _line_start(article: Article, figure: Figure) -> int:
    return article.view.rfind("\n", max(0, figure.start - _LINE), figure.start) + 1


def _direction(first: Figure, second: Figure) -> str:
    if first.value is None or second.value is None or first.value == second.value:
        return "same"
    return "up" if second.value > first.value else "down"


def _sentences(article: Article, figures: tuple[Figure, ...]) -> Iterator[list[Figure]]:
    """Yield the figures of each sentence that has more than one."""
    ends = iter(_line_ends(article.lines))
    line_end = next(ends, 0)
    group: list[Figure] = []
    for figure in figures:
        beyond = figure.start >= line_end
        if group and (beyond or _SENTENCE_END.search(article.view, group[-1].end, figure.start)):
            if len(group) > 1:
                yield group
            group = []
        while figure.start >= line_end:
            line_end = next(ends, len(article.view) + 1)
        group.append(figure)
    if len(group) > 1:
        yield group


def _line_ends(lines: tuple[Line, ...]) -> list[int]:
    return [line.end for line in lines]
