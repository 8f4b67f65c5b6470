"""What stands between a draft and its publication: each fault with its place. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from linli.reports.rules.paper import Figure, Plain
from linli.reports.rules.writing.answers import Answer, spans_of
from linli.reports.rules.writing.parts import Text, parts_of

# With any of these nothing is published; the others are warnings.
ERRORS: Final = (
    "text", "no_such_indicator", "no_such_area", "missing", "no_year_before", "stale", "contradicted", "unreleased",
    "unwritten",
)  # fmt: skip
WARNINGS: Final = ("claimed", "typed_number")
# A number that somebody typed; years, months, days and the numbers of chapters are none.
_NUMBER: Final = re.compile(
    r"(?<![\dA-Za-z.,第〔])\d+(?:[.,]\d+)*(?!\d|[.,]\d|\s*[年月日号號届屆章条條–—~至到-])"
)


class Finding(NamedTuple):
    """One fault. figure: the number of the figure in the paper, passage: of the passage by hand, 0 for none of them.

    line: in the template, or in the passage. words: what it is about; against: citations that say otherwise.
    """

    code: str
    figure: int = 0
    passage: int = 0
    line: int = 0
    words: str = ""
    against: tuple[str, ...] = ()

    @property
    def error(self) -> bool:
        """Whether nothing is published with it."""
        return self.code in ERRORS


def of_figures(answers: Iterable[Answer], language: str) -> Iterator[Finding]:
    """Yield what stands against each figure, in the order of the paper."""
    place = 1
    for answer in answers:
        shown = sum(isinstance(span, Figure) for span in spans_of(answer, language))
        number = place if shown else 0
        place += shown
        for code in answer.faults:
            against = answer.against if code == "contradicted" else ()
            words = answer.asked.indicator if code == "no_such_indicator" else answer.name
            words = answer.asked.area if code == "no_such_area" else words
            yield Finding(code, figure=number, line=answer.asked.line, words=words, against=against)


def of_passages(text: Text, by_hand: Mapping[int, Text]) -> Iterator[Finding]:
    """Yield the passages that nobody wrote, what is wrong in those that somebody did, and their numbers without a source."""
    for place in text.by_hand:
        passage = by_hand.get(place.number)
        if passage is None or not (passage.blocks or passage.wrong):
            yield Finding("unwritten", passage=place.number, line=place.line, words=place.about)
            continue
        for wrong in passage.wrong:
            yield Finding("text", passage=place.number, line=wrong.line, words=wrong.code)
        for number in _typed(passage):
            yield Finding("typed_number", passage=place.number, words=number)


def publishable(findings: Iterable[Finding]) -> bool:
    """Say whether nothing stands in the way."""
    return not any(finding.error for finding in findings)


def _typed(passage: Text) -> Iterator[str]:
    """Yield the numbers that a passage states without a citation."""
    for block in passage.blocks:
        for parts in parts_of(block):
            for part in parts:
                if isinstance(part, Plain):
                    yield from (match[0] for match in _NUMBER.finditer(part.words))
