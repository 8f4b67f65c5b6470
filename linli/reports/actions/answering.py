"""Fill a form from what is known, type in what is not, choose where figures contradict, send it, or refuse it as answered before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.actions import cite_file, cite_statement, record
from linli.facts.models import Evidence, Fact
from linli.facts.rules.statements import Statement
from linli.kernel import files
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.reports.actions.asked import end, may_fill, still_open
from linli.reports.models import (
    AnsweredCell,
    FormAnswer,
    FormAsked,
    FormChoice,
    FormLayout,
    FormTold,
)
from linli.reports.queries.asked import (
    EXISTS,
    NEW,
    STALE,
    Standing,
    answered_before,
    count,
    filled,
    reused,
    standings,
)
from linli.reports.rules.cells import strokes

Annex = Callable[[Sequence[Standing]], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What the figures typed in for a form rest on: words, or a file."""

    words: str = ""
    data: bytes = b""
    name: str = ""
    media_type: str = ""


@transaction.atomic
def tell(
    *, by: Actor, at: datetime, form: FormAsked, figures: Mapping[str, Statement], backing: Backing
) -> list[Fact]:
    """Type figures in for cells of a form (0!C7) that nothing answers: each becomes a fact, and no form asks it again.

    Refuses: not_allowed unless a planner, or an officer of the unit that fills it, types; already_answered; nothing_told;
    known_already for a cell that a fact answers, that is kept back, or that is not asked; what `record`, `cite_file` and
    `cite_statement` refuse. All figures are taken in, or none.
    """
    may_fill(by=by, at=at, unit=form.unit)
    if not figures:
        raise Refused("nothing_told", _("Type at least one figure."))
    _hold(form)
    still_open(by=by, at=at, form=form)
    open_cells = {one.cell.name: one for one in standings(form) if one.typed_here}
    if set(figures) - set(open_cells):
        raise Refused("known_already", _("This figure is known already, or nobody asks for it."))
    evidence = _cited(by, at, form, backing)
    facts = []
    for cell, statement in figures.items():
        subject = open_cells[cell].subject
        fact = record(
            by=by, at=at, indicator=subject.indicator, area=subject.area, period=subject.period,
            statement=statement, status=Fact.CLAIMED, evidence=evidence,
        )  # fmt: skip
        FormTold.objects.create(form=form, cell=cell, fact=fact, **signed(by, at))
        facts.append(fact)
    return facts


@transaction.atomic
def choose(
    *, by: Actor, at: datetime, form: FormAsked, cell: str, fact: str, reason: str, seen: int
) -> FormChoice:
    """Say by hand which figure (the code of a fact) stands in a cell (0!C7), where figures contradict each other.

    The reason goes with the cell. seen: the choice that holds for whoever looked, 0 for none.

    Refuses: not_allowed unless a planner, or an officer of the unit that fills it, chooses; already_answered; no_reason;
    nothing_to_choose for a cell where no figure contradicts another; chosen_meanwhile when somebody else chose since;
    not_a_choice for a figure that may not stand in it.
    """
    may_fill(by=by, at=at, unit=form.unit)
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    _hold(form)
    still_open(by=by, at=at, form=form)
    standing = next((one for one in standings(form) if one.cell.name == cell and one.choices), None)
    if standing is None:
        raise Refused("nothing_to_choose", _("No figure of this cell contradicts another."))
    if seen != (standing.choice.pk if standing.choice else 0):
        sentence = _("Somebody else has chosen since you looked. Look at it first.")
        raise Refused("chosen_meanwhile", sentence, status=409)
    chosen = next((one for one in standing.choices if one.code == fact), None)
    if chosen is None:
        raise Refused("not_a_choice", _("Choose one of these figures."))
    return FormChoice.objects.create(
        form=form, cell=cell, fact=chosen, reason=reason.strip()[:300], **signed(by, at)
    )


@transaction.atomic
def send(
    *, by: Actor, at: datetime, form: FormAsked, words: str, annex: Annex, annex_title: str
) -> FormAnswer:
    """Fill the file that was brought, and freeze it: the cells as they are today, under the file's digest.

    annex: makes the rows that say where each figure comes from, under this title. words: why cells stay empty, where any do.

    Refuses: not_allowed unless a planner, or an officer of the unit that fills it, sends; nothing_asked while no cell is mapped;
    no_reason when cells stay empty that nobody has explained; already_answered.
    """
    may_fill(by=by, at=at, unit=form.unit)
    _hold(form)
    found = standings(form)
    if not found:
        raise Refused("nothing_asked", _("Say first what the cells of this form mean."))
    if not words.strip() and any(one.state in {NEW, STALE} for one in found):
        raise Refused(
            "no_reason", _("Some cells are empty: type them in, or say why they stay so.")
        )
    data = filled(form, found, annex(found), annex_title)
    counts = count(found)
    answer = FormAnswer(
        kind=FormAnswer.SENT, words=words.strip()[:500], digest=files.digest_of(data),
        asked=counts["asked"], reused=counts["reused"], typed=counts["typed"],
        strokes=_strokes(found), **signed(by, at),
    )  # fmt: skip
    end(by=by, at=at, form=form, answer=answer)
    AnsweredCell.objects.bulk_create(_cells(answer, found))
    files.keep(data)
    return answer


@transaction.atomic
def refuse_form(*, by: Actor, at: datetime, form: FormAsked, words: str) -> FormAnswer:
    """Refuse a form every cell of which a form sent before has answered: the letter names forms, cells and figures.

    Refuses: not_allowed unless a planner, or an officer of the unit that fills it, refuses; not_a_duplicate while a cell has no
    earlier answer that still holds; no_reason without words; already_answered.
    """
    may_fill(by=by, at=at, unit=form.unit)
    if not words.strip():
        raise Refused("no_reason", _("Say why."))
    _hold(form)
    found = standings(form)
    if not answered_before(found):
        raise Refused("not_a_duplicate", _("Not every cell of it has been answered before."))
    answer = FormAnswer(
        kind=FormAnswer.REFUSED, words=words.strip()[:500], asked=len(found), reused=len(found),
        strokes=_strokes(found), **signed(by, at),
    )  # fmt: skip
    end(by=by, at=at, form=form, answer=answer)
    AnsweredCell.objects.bulk_create(_cells(answer, found))
    return answer


def _hold(form: FormAsked) -> None:
    """Let one at a time answer forms of a layout, and nobody say meanwhile what its cells mean."""
    FormLayout.objects.select_for_update().get(pk=form.layout_id)


def _cited(by: Actor, at: datetime, form: FormAsked, backing: Backing) -> Evidence:
    # The unit says so: what an officer may claim is what the own unit says.
    source = form.unit.name
    if backing.data:
        return cite_file(
            by=by, at=at, source=source, data=backing.data, name=backing.name,
            media_type=backing.media_type,
        )  # fmt: skip
    return cite_statement(by=by, at=at, source=source, words=backing.words)


def _strokes(found: Sequence[Standing]) -> int:
    return sum(strokes(one.value) for one in found if reused(one) and one.value is not None)


def _cells(answer: FormAnswer, found: Sequence[Standing]) -> Iterator[AnsweredCell]:
    refused = answer.kind == FormAnswer.REFUSED
    for one in found:
        subject, value = one.subject, one.value
        yield AnsweredCell(
            answer=answer, cell=one.cell.name, indicator=subject.indicator, area=subject.area,
            period_from=subject.period.start, period_until=subject.period.until, state=one.state,
            scale=one.cell.meant.scale, earlier=one.earlier if refused else None,
            written="" if value is None else value if isinstance(value, str) else f"{value:f}",
            fact=one.fact if one.state == EXISTS else None, choice=one.choice,
        )  # fmt: skip
