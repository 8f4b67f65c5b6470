"""A line of a book that is wrong: declared so, never removed; what holds instead is told with it."""

import json
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.trace.actions.book import Entered, enter
from linli.trace.actions.capturing import capture
from linli.trace.actions.keeping import speak_for
from linli.trace.models import BookLine, Event
from linli.trace.queries.shop_shelf import Written
from linli.trace.rules.epcis.corrections import DID_NOT_OCCUR, INCORRECT_DATA, declared, name_of
from linli.trace.rules.epcis.spellings import instant


@transaction.atomic
def take_back(*, by: Actor, at: datetime, line: BookLine) -> BookLine:
    """Declare that what a line tells did not happen; all lines of its event go with it.

    Refuses: not_allowed; not_own_unit; other_operator; wrong_already.
    """
    kept = _standing(by, at, line)
    _declare(by, at, kept, DID_NOT_OCCUR, ())
    return kept


@transaction.atomic
def correct(*, by: Actor, at: datetime, line: BookLine, deed: Written) -> Entered:
    """Declare that a line is wrong, and write what holds instead.

    Refuses: wrong_already; nothing_changed; and all that `enter` refuses.
    """
    kept = _standing(by, at, line)
    began = json.loads(kept.event.body).get("action") == "ADD"
    deeds = [replace(deed, begins=began)]
    entered = enter(by=by, at=at, operator=kept.operator, deeds=deeds, corrects=kept)
    instead = Event.objects.get(pk=entered.lines[0].event_id)
    _declare(by, at, kept, INCORRECT_DATA, (name_of(json.loads(instead.body)),))
    return entered


def _standing(by: Actor, at: datetime, line: BookLine) -> BookLine:
    speak_for(by=by, at=at, operator=line.operator)
    rows = BookLine.objects.select_for_update(no_key=True, of=("self",))
    kept = rows.select_related("operator__unit", "event", "lot", "premises").get(pk=line.pk)
    if kept.wrong_at is not None:
        raise Refused("wrong_already", _("This was declared wrong already."), status=409)
    return kept


def _declare(
    by: Actor, at: datetime, line: BookLine, reason: str, instead: tuple[str, ...]
) -> None:
    said = declared(json.loads(line.event.body), instant(at.isoformat()), reason, instead)
    capture(by=by, at=at, operator=line.operator, events=[said])
    BookLine.objects.filter(event=line.event_id, wrong_at=None).update(wrong_at=at)
    line.wrong_at = at
