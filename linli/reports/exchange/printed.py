"""What every file of a written report is made from: its paper with clean letters, its sources, the words around it.

The words around it (contents, sources) are in the language of the paper, whoever asks for the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.reports.rules import sourcing
from linli.reports.rules.lettering import printable
from linli.reports.rules.paper import Figure, Heading, Paper
from linli.reports.rules.sourcing import Place, Source

# The depth of the table of contents.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper ready to be written as a file. host: "https://…", so that the addresses in it work anywhere."""

    paper: Paper
    sources: tuple[Source, ...]
    numbers: dict[str, int]
    contents: str
    sources_title: str
    host: str

    def address(self, figure: Figure) -> str:
        """Return the permanent address of a figure's citation."""
        return f"{self.host}{_citation().replace('CODE', figure.code)}"

    def headings(self) -> list[tuple[int, str]]:
        """Return level and words of what the table of contents lists, the list of sources last."""
        found = [
            (block.level, sourcing.said(block.spans))
            for block in self.paper.blocks
            if isinstance(block, Heading) and block.level <= DEEPEST
        ]
        return [*found, (1, self.sources_title)] if self.sources else found


def print_of(paper: Paper, host: str) -> Printed:
    """Return a paper ready to be written as a file."""
    clean = printable(paper)
    with override(clean.language):
        return Printed(
            clean,
            sourcing.sources(clean),
            sourcing.numbers(clean),
            _("Table of contents"),
            _("Sources of figures"),
            host,
        )


def told_places(paper: Paper) -> Iterator[tuple[str, Figure]]:
    """Yield every figure with its place in words of the paper's language."""
    with override(paper.language):
        yield from [(_told(place), figure) for place, figure in sourcing.placed(paper)]


def _told(place: Place) -> str:
    kinds = {
        "heading": _("heading %(number)d"),
        "paragraph": _("paragraph %(number)d"),
        "list": _("list %(number)d, item %(part)d"),
        "table": _("table %(number)d, row %(part)d, column %(column)d"),
    }
    where = kinds[place.kind] % place._asdict()
    if place.kind == "table" and not place.part:
        where = _("table %(number)d, head, column %(column)d") % place._asdict()
    return " › ".join([*place.headings, where])


@cache
def _citation() -> str:
    with override(settings.LANGUAGE_CODE):  # the same address in every language
        return reverse("facts:citation", args=["CODE"])
