"""Corrections: which thing a case points at, and since when that is right."""

from datetime import date, datetime

from django.db import transaction

from linli.cases.models import Case, Correction
from linli.cases.queries.things import thing_named
from linli.kernel.actors import Actor, allow


def point_at(*, by: Actor, at: datetime, case: Case, about: str) -> Correction | None:
    """Keep which public thing the case says is wrong, whoever asks and whenever; what is gone is not kept.

    Refuses: nothing; who calls has asked already.
    """
    thing = thing_named(about)
    if thing is None:
        return None
    return Correction.objects.create(case=case, kind=thing.kind, about=thing.code)


@transaction.atomic
def note_corrected(*, by: Actor, at: datetime, code: str, on: date) -> bool:
    """Keep the day on which the thing was put right that this case pointed at; say whether that was new.

    Refuses: not_allowed for everybody but the calendar.
    """
    allow(by)
    waiting = Correction.objects.filter(case__code=code, corrected_on=None)
    return bool(Correction.objects.filter(pk__in=waiting.values("pk")).update(corrected_on=on))
