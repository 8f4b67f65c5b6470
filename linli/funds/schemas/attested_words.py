"""What both sides say and what a project is to change, in words: the same in the console and in public."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.facts.models import Fact
from linli.facts.queries.released import sayable, value_said
from linli.facts.schemas import telling
from linli.funds.models import Attestation, Project
from linli.funds.queries.aims import Measured, measured
from linli.funds.queries.attestations import Compared, Spoken, compared
from linli.funds.rules import aims, amounts, attesting
from linli.funds.rules.attesting import DIFFER
from linli.kernel.text import Words

STATES: dict[str, tuple[str, Words]] = {
    attesting.DIFFER: ("late", gettext_lazy("the two sides differ")),
    attesting.GIVER_ALONE: ("soon", gettext_lazy("only the giving side has said so")),
    attesting.RECEIVER_ALONE: ("soon", gettext_lazy("only the receiving side has said so")),
    attesting.AGREE: ("done", gettext_lazy("both sides agree")),
    attesting.NOBODY: ("plain", gettext_lazy("withdrawn")),
}
AIMS: dict[str, tuple[str, Words]] = {
    aims.REACHED: ("done", pgettext_lazy("target", "reached")),
    aims.UNDER_WAY: ("note", pgettext_lazy("target", "on the way")),
    aims.WORSE: ("late", gettext_lazy("worse than at first")),
    aims.OPEN: ("plain", gettext_lazy("without a target")),
    aims.UNMEASURED: ("soon", gettext_lazy("not measured yet")),
}
_MATTERS: dict[str, Words] = dict(Attestation.MATTERS)


def told_of(project: Project, *, public: bool = False) -> dict[str, Any]:
    """Return what a page about a project shows: what both sides say, and what it is to change."""
    return {
        "attested": [row(one) for one in in_order([project], public=public)],
        "aims": [aim(one) for one in measured([project], public=public)],
    }


def told_together(projects: Iterable[Project]) -> dict[str, Any]:
    """Return how often two sides agree over projects that everybody sees, and which of them say different things."""
    rows = in_order(projects, public=True)
    counts = Counter(one.state for one in rows)
    differing = {one.project.pk: one.project for one in rows if one.state == DIFFER}
    return {
        "agreeing": [(*STATES[state], counts[state]) for state in STATES if counts[state]],
        "differing": list(differing.values()),
    }


def in_order(projects: Iterable[Project], *, public: bool = False) -> list[Compared]:
    """Return what both sides say, what needs attention first at the top; `public`: what everybody may see."""
    order = attesting.STATES
    found = (
        one
        for one in compared(projects)
        if not (public and one.indicator and not one.indicator.public)
    )
    return sorted(found, key=lambda one: order.index(one.state))


def row(one: Compared) -> dict[str, Any]:
    """Return one thing with what both sides say of it."""
    return {
        "project": one.project,
        "what": one.indicator.shown_name if one.indicator else _MATTERS[one.matter],
        "period": telling.period(one.period.start, one.period.until),
        "giver": _side(one.giver),
        "receiver": _side(one.receiver),
        "status": STATES[one.state],
        "difference": _difference(one),
    }


def money(fen: int) -> str:
    """Return an amount with the word for yuan."""
    return _("%(amount)s yuan") % {"amount": amounts.yuan(fen)}


def _side(side: Spoken | None) -> dict[str, Any] | None:
    if side is None:
        return None
    last = side.attestation
    return {
        "attestation": last,
        "unit": last.unit,
        "figure": figure(last, side.fact),
        "code": side.fact.code if side.fact else "",
        "status": side.fact.status if side.fact else "",
        "day": localdate(last.at),
        "source": last.evidence,
        "address": telling.safe_address(last.evidence.address),
        "reason": last.reason,
        "before": [figure(step, step.fact) for step in side.steps[:-1]],
    }


def figure(said: Attestation, fact: Fact | None) -> str:
    """Return what a side says, by its fact as it stands."""
    if said.amount is not None:
        return money(said.amount)
    if fact is None or fact.value is None or said.indicator is None:
        return _("withdrawn")
    fact.indicator = said.indicator  # at hand: a fact of this list brings none of its own
    return telling.figure(fact)


def _difference(one: Compared) -> str:
    """Return by how much the receiving side says more or less."""
    if one.difference is None:
        return ""
    said = (
        telling.told(abs(one.difference), "exact", one.indicator.unit)
        if one.indicator
        else money(abs(int(one.difference)))
    )
    more = _("the receiving side says %(much)s more")
    less = _("the receiving side says %(much)s less")
    return (more if one.difference > 0 else less) % {"much": said}


def aim(one: Measured) -> dict[str, Any]:
    """Return one aim: where it began, what was aimed at, what there is, how far that is, as widths of bars."""
    indicator = one.aim.indicator
    return {
        "aim": one.aim,
        "name": indicator.shown_name,
        "area": one.aim.area,
        "sense": one.aim.get_sense_display(),
        "baseline": fact(one.baseline),
        "target": fact(one.target),
        "first_target": fact(one.first_target),
        "actual": fact(one.actual),
        "status": AIMS[one.state],
        "progress": one.progress,
        "bars": _bars(one),
    }


def fact(known: Fact | None) -> dict[str, Any] | None:
    """Return a fact as a figure that leads to its source."""
    if known is None or known.value is None:
        return None
    may_be = sayable(known)
    return {
        "figure": telling.figure(known),
        "plain": telling.said(may_be, "exact", known.indicator.unit) if may_be else "",
        "period": telling.period(known.period_from, known.period_until),
        "code": known.code,
        "status": known.status,
        "status_words": telling.STATUSES[known.status],
        "source": known.evidence.source,
    }


def _bars(one: Measured) -> dict[str, int] | None:
    """Return how long each bar is, of a hundred; nothing where a value lies below nought or all are nought."""
    values = {
        "baseline": one.baseline, "actual": one.actual, "target": one.target,
    }  # fmt: skip
    known = {
        name: value
        for name, fact in values.items()
        if fact and (value := value_said(fact)) is not None
    }
    most = max(known.values(), default=0)
    if {"baseline", "actual"} - known.keys() or most <= 0 or min(known.values()) < 0:
        return None
    return {name: round(100 * value / most) for name, value in known.items()}
