"""A sheet on its way: whose turn it is, what is still lacking, how far each section is. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from linli.assessments.rules.instruments import NEEDED, Form, Item, digest
from linli.assessments.rules.scoring import NO, SKIPPED
from linli.assessments.rules.stages import APPLY, SELF, STAGES

EARLY, NOW, OVER = "early", "now", "over"
UNANSWERED, UNPROVEN = "unanswered", "unproven"

Given = Mapping[str, Mapping[str, Any]]  # by item: {"v": value, and what it rests on}


@dataclass(frozen=True, slots=True)
class Lack:
    """One item that lacks its answer, or the evidence that its answer needs."""

    item: str
    code: str


def turn(kind: str, stage: str) -> str:
    """Say whether a task of this kind is due at a stage, still to come, or past.

    A self check may be filled in while its unit may still apply: nobody need wait for the others.
    """
    if kind == stage or (kind == SELF and stage == APPLY):
        return NOW
    return EARLY if STAGES.index(stage) < STAGES.index(kind) else OVER


def lacking(form: Form, answers: Given, proven: Collection[str]) -> list[Lack]:
    """Return what a sheet lacks, in the order of the form; `proven`: items with evidence or a fact under them.

    Who says no, or that a question does not apply, claims nothing and need prove nothing.
    """
    found = []
    for item in form.items():
        value = answers.get(item.key, {}).get("v")
        if value is None and item.key not in proven:
            found.append(Lack(item.key, UNANSWERED))
        elif item.evidence == NEEDED and value not in (SKIPPED, NO) and item.key not in proven:
            found.append(Lack(item.key, UNPROVEN))
    return found


def answered(items: Sequence[Item], answers: Given, proven: Collection[str]) -> int:
    """Return how many of these items have an answer, or at least what proves one."""
    return sum(answers.get(one.key, {}).get("v") is not None or one.key in proven for one in items)


def seen_of(answers: Given, items: Collection[str]) -> str:
    """Return the digest of what stands under some items: whoever changes them says what they saw."""
    return digest({key: dict(answers[key]) for key in sorted(items) if key in answers})


def plain(value: Decimal) -> str:
    """Return a number as sheets hold it: no zeros behind, no exponent."""
    return format(value.normalize(), "f") if value else "0"
