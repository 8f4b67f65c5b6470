"""From "this is wrong" to the record: a thing that was changed after somebody doubted it says so.

Only what really changed counts, by the thing's own history: an answer alone corrects nothing.
"""

from datetime import datetime

from django.db import transaction

from linli.cases.actions.correcting import note_corrected
from linli.cases.events import Doubted
from linli.cases.queries.corrections import answered_corrections
from linli.directory.actions.corrections import note_correction
from linli.kernel.actors import system

_FLOW = system("corrections")
_IN_DIRECTORY = ("service", "location")


def note_corrections(at: datetime) -> int:
    """Enter every correction that was answered and made; return how many. Figures keep vintages of their own."""
    doubted = [one for one in answered_corrections(at) if one.kind in _IN_DIRECTORY]
    return sum(_noted(one, at) for one in doubted)


@transaction.atomic
def _noted(one: Doubted, at: datetime) -> bool:
    on = note_correction(by=_FLOW, at=at, kind=one.kind, code=one.about, since=one.at)
    return on is not None and note_corrected(by=_FLOW, at=at, code=one.case, on=on)
