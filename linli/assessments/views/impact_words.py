"""Assessments of decisions in words: where they stand, how bad a hazard is, how what is done against it stands."""

from typing import Any, NamedTuple

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.impacts import MISSING
from linli.assessments.forms.impacts import STATE_WORDS
from linli.assessments.models import Hazard, Mitigation, Ruling
from linli.assessments.queries.impacts import DECIDING, OPEN, PREPARED, Source, Whole
from linli.assessments.queries.sheets import value_words
from linli.assessments.rules.impacts import (
    Line,
    Stand,
    before_deciding,
    before_opening,
    unanswered,
)
from linli.assessments.rules.instruments import said
from linli.kernel.text import Words

_TONES = {
    PREPARED: "plain",
    OPEN: "note",
    DECIDING: "soon",
    Ruling.GO: "done",
    Ruling.CHANGE: "soon",
    Ruling.STOP: "late",
}
LAMPS: dict[str, tuple[str, Words]] = {
    state: (_TONES[state], words) for state, words in STATE_WORDS.items()
}
_BADLY = {Hazard.LOW: "plain", Hazard.MEDIUM: "soon", Hazard.HIGH: "late"}
SEVERITIES: dict[int, tuple[str, Words]] = {
    severity: (_BADLY[severity], words) for severity, words in Hazard.SEVERITIES
}
TASKS: dict[str, tuple[str, Words]] = {
    "": ("plain", pgettext_lazy("mitigation", "if it goes ahead")),
    "asked": ("soon", pgettext_lazy("mitigation", "asked of the planners")),
    "promised": ("brand", pgettext_lazy("mitigation", "promised")),
    "done": ("done", pgettext_lazy("mitigation", "done")),
    "dropped": ("late", pgettext_lazy("mitigation", "given up")),
}
OWN: Words = _("Who proposes it")


class Said(NamedTuple):
    """What one said to a question, with a note and the code of the fact that it rests on."""

    who: Words
    value: Words
    note: str
    fact: str


class Asked(NamedTuple):
    """One question, what each said to it, and whether they do not say the same."""

    text: str
    said: list[Said]
    apart: bool


def who(source: Source) -> Words:
    """Return who answered."""
    return OWN if source.own else source.task.unit.name


def sides(whole: Whole) -> list[tuple[str, list[Asked]]]:
    """Return the questions in the reader's language, with what each said, section by section."""
    names = [who(one) for one in whole.sources if one.sheet]
    language = get_language() or ""
    return [
        (said(section.title, language), [_asked(line, names, language) for line in lines])
        for section, lines in whole.sections
    ]


def _asked(line: Line, names: list[Words], language: str) -> Asked:
    def told(name: Words, given: Any) -> Said:  # noqa: ANN401 - an answer as it is kept
        value = value_words(line.item, given.get("v"))
        return Said(name, value, str(given.get("n", "")), str(given.get("f", "")))

    each = [told(name, given) for name, given in zip(names, line.said, strict=True)]
    return Asked(said(line.item.text, language), each, line.apart)


class Shown(NamedTuple):
    """One hazard with its severity, and what is done against it, each with how it stands."""

    hazard: Hazard
    severity: tuple[str, Words]
    answers: list[tuple[Mitigation, tuple[str, Words]]]


def hazards_told(whole: Whole) -> list[Shown]:
    """Return the hazards, those that stand first, the worst before others."""
    return [
        Shown(
            one,
            SEVERITIES[one.severity],
            [(done, TASKS[done.state]) for done in one.mitigations.all()],
        )
        for one in whole.hazards
    ]


def missing_of(stand: Stand) -> list[Words]:
    """Return what is missing for the next step, in words."""
    codes = before_deciding(stand) if stand.opened else before_opening(stand)
    words = [MISSING[code] for code in codes]
    if numbers := unanswered(stand.hazards):
        shown = ", ".join(map(str, numbers))
        words.append(
            _("Nothing is done yet against a high risk: number %(numbers)s.") % {"numbers": shown}
        )
    return words
