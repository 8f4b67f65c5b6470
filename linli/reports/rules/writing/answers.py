"""What is known of a figure that a text asks for, what stands against saying it, and how it is said. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from linli.reports.rules.paper import Figure, Plain, Spans
from linli.reports.rules.writing import saying
from linli.reports.rules.writing.parts import Asked
from linli.reports.rules.writing.saying import Piece, Stated

LONGEST: Final = 200  # characters of a figure's words


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """One fact that may be said. fact: its id; about: what, where and when in one line."""

    fact: int
    code: str
    value: Decimal
    bound: str
    about: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question. faults: codes of what stands against it; against: citations that say otherwise.

    unit: in words, "%" for a share; name: of the indicator, or its code where there is no such.
    """

    asked: Asked
    name: str
    now: KnownFigure | None = None
    before: KnownFigure | None = None
    unit: str = ""
    faults: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class SaidFigure(NamedTuple):
    """One figure of a paper: its words, the fact that it says, and the one from which a change was counted."""

    words: str
    fact: int
    before: int | None = None


def figures_of(answers: Iterable[Answer], language: str) -> list[SaidFigure]:
    """Return the figures of a paper in the order of a reader, as `Paper.figures` has them."""
    found = []
    for answer in answers:
        facts = {one.code: one.fact for one in (answer.now, answer.before) if one}
        base = answer.before.fact if answer.before and answer.asked.said_as == "change" else None
        for span in spans_of(answer, language):
            if isinstance(span, Figure):
                fact = facts[span.code]
                found.append(SaidFigure(span.words, fact, None if base == fact else base))
    return found


def spans_of(answer: Answer, language: str) -> Spans:
    """Return what stands in the sentence; of what is not known, its name in brackets."""
    now, before = answer.now, answer.before
    needs_both = answer.asked.said_as in {"change", "before-after"}
    if now is None or (needs_both and before is None):
        return (Plain(f"〔{answer.name} ?〕", strong=True),)
    of = {"now": now, "before": before}
    return tuple(_span(piece, of.get(piece.of), answer) for piece in _pieces(answer, now, language))


def _pieces(answer: Answer, now: KnownFigure, language: str) -> tuple[Piece, ...]:
    stated = _stated(now, answer)
    if answer.asked.said_as == "words":
        return saying.named(answer.name, stated, language)
    if answer.before is None or answer.asked.said_as == "value":
        return (Piece(saying.said(stated, language), "now"),)
    say = saying.changed if answer.asked.said_as == "change" else saying.moved
    return say(_stated(answer.before, answer), stated, language)


def _span(piece: Piece, known: KnownFigure | None, answer: Answer) -> Plain | Figure:
    if known is None:
        return Plain(piece.words)
    about = known.about
    value = saying.plain(known.value)
    if answer.asked.said_as == "change" and answer.before and piece.of == "now":
        about = f"{about} ← {answer.before.about} ({answer.before.code})"
        value = _difference(answer.before, known)
    return Figure(piece.words[:LONGEST], known.code, about, value)


def _difference(before: KnownFigure, now: KnownFigure) -> str:
    if before.bound == now.bound == "exact":
        return saying.plain(now.value - before.value)
    return saying.plain(now.value)


def _stated(known: KnownFigure, answer: Answer) -> Stated:
    return Stated(known.value, known.bound, answer.unit)
