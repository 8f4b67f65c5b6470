"""Objections without their words: what they are about, how they stand, and who may not decide on them."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Assessment, Candidacy, Conflict, Objection, ObjectionWords
from linli.kernel.actors import Actor
from linli.kernel.fields import unseal_text
from linli.kernel.subjects import Gone, key_of
from linli.kernel.text import Words

_OF = (
    "result__candidacy__subject__unit", "result__candidacy__round__scheme", "result__notice",
    "result__score", "resolution", "reply",
)  # fmt: skip


def objections(*, state: str = "", late_on: date | None = None) -> QuerySet[Objection]:
    """Return the objections in a state, those whose last day comes first on top; `late_on`: only late ones."""
    found = Objection.objects.select_related(*_OF)
    if state:
        found = found.filter(state=state)
    if late_on:
        found = found.filter(state=Objection.OPEN, due_on__lt=late_on)
    newest_last = ("due_on", "id") if state == Objection.OPEN or late_on else ("-made_on", "-id")
    return found.order_by(*newest_last)


def objections_to(candidacy: Candidacy) -> QuerySet[Objection]:
    """Return the objections to all results of a candidate, in their order."""
    return (
        Objection.objects.filter(result__candidacy=candidacy)
        .select_related("resolution", "reply")
        .order_by("id")
    )


def involvement(by: Actor, objection: Objection) -> Words:
    """Return why somebody may not decide on an objection, "" when they may: the database holds the same."""
    result = objection.result
    own = result.candidacy.subject.unit
    if own is not None and by.unit == own.name:
        return _("It is about your own unit.")
    for deed in (result.score, result.notice):
        if (by.name, by.unit) == (deed.by_name, deed.by_unit):
            return _("You computed this score, or told it in public.")
    assessed = Assessment.objects.filter(candidacy=result.candidacy_id, dropped_at=None)
    if assessed.filter(unit__name=by.unit).exists():
        return _("Your unit assessed this candidate.")
    two = Q(one=own, other__name=by.unit) | Q(other=own, one__name=by.unit)
    if Conflict.objects.filter(two, ended_on=None).exists():
        return _("Your unit is in conflict with this one.")
    return ""


def words_of(objection: Objection, at: datetime) -> str:
    """Return what an objection says; whoever calls this has asked who may read it.

    Refuses: gone.
    """
    row = ObjectionWords.objects.select_related("subject").filter(objection=objection).first()
    if row is None:
        raise Gone
    return unseal_text(row, key_of(row.subject, at=at), "words")
