"""Leading groups, joint meetings, working offices: found them, and seat units in them."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import steps
from linli.plans.actions.drafts import BodyDraft
from linli.plans.models import Body, Seat


@transaction.atomic
def found_body(*, by: Actor, at: datetime, draft: BodyDraft) -> Body:
    """Found a body of units.

    Refuses: not_allowed unless a planner asks; no_title without a name; unknown_kind; name_taken when
    another body bears the name; unit_closed when a unit no longer works.
    """
    allow(by, Role.PLANNER)
    if not (name := draft.name.strip()):
        raise Refused("no_title", _("Give it a name."))
    if draft.kind not in dict(Body.KINDS):
        raise Refused("unknown_kind", _("Say which kind of body it is."))
    try:
        with transaction.atomic():
            body = Body.objects.create(
                name=name, kind=draft.kind, area=draft.area, above=draft.above
            )
    except IntegrityError as error:
        raise Refused("name_taken", _("Another body bears this name.")) from error
    _seat(body, draft.units, draft.chair)
    becomes = {"name": name, "kind": draft.kind, "units": [unit.name for unit in draft.units]}
    steps.note(by=by, at=at, subject=body.code, verb="founded", becomes=becomes)
    return body


@transaction.atomic
def seat_units(
    *, by: Actor, at: datetime, body: Body, units: tuple[Unit, ...], chair: Unit | None
) -> Body:
    """Say which units sit in a body, all of them, and which one chairs.

    Refuses: not_allowed unless a planner asks; unit_closed when a unit that is new in it no longer works.
    """
    allow(by, Role.PLANNER)
    body = Body.objects.select_for_update().get(pk=body.pk)
    was = list(body.seats.values_list("unit__name", flat=True))
    _seat(body, units, chair)
    becomes = {"units": [unit.name for unit in units], "chair": chair.name if chair else ""}
    steps.note(by=by, at=at, subject=body.code, verb="seated", was={"units": was}, becomes=becomes)
    return body


def _seat(body: Body, units: tuple[Unit, ...], chair: Unit | None) -> None:
    seated = {unit.pk: unit for unit in (*units, *([chair] if chair else []))}
    there = set(body.seats.values_list("unit", flat=True))
    if any(unit.closed_on for key, unit in seated.items() if key not in there):
        raise Refused("unit_closed", _("A unit that no longer works cannot take a seat."))
    body.seats.all().delete()
    Seat.objects.bulk_create(
        Seat(body=body, unit=unit, chairs=unit == chair) for unit in seated.values()
    )
