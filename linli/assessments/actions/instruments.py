"""Instruments: drafted, adopted, and never changed again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Edition, Instrument
from linli.assessments.queries.drafts import (
    changed_meanwhile,
    draft_held,
    form_of,
    kept_document,
)
from linli.assessments.queries.form_faults import faults_of
from linli.assessments.rules.instruments import Form, digest
from linli.directory.models import Unit
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

EMPTY: dict[str, Any] = {"languages": ["zh-hans"], "sections": [], "levels": []}


@transaction.atomic
def begin_instrument(
    *, by: Actor, at: datetime, name: str, use: str, unit: Unit, form: Form | None = None
) -> Edition:
    """Begin an instrument with the draft of its first edition.

    Refuses: not_allowed; not_own_unit; no_name; unknown_use; what `kept_document` refuses.
    """
    own(by=by, at=at, unit=unit)
    if not name.strip():
        raise Refused("no_name", _("Say its name."))
    if use not in dict(Instrument.USES):
        raise Refused("unknown_use", _("Say what it is for."))
    instrument = Instrument.objects.create(
        code=new_code(), name=name.strip(), use=use, unit=unit, **signed(by, at)
    )
    return Edition.objects.create(
        instrument=instrument,
        number=1,
        document=kept_document(form) if form else EMPTY,
        changed_at=at,
        **signed(by, at),
    )


@transaction.atomic
def draft_next(*, by: Actor, at: datetime, instrument: Instrument) -> Edition:
    """Begin the next edition as a copy of the last; a draft that there is already is given back.

    Refuses: not_allowed; not_own_unit; closed.
    """
    own(by=by, at=at, unit=instrument.unit)
    kept = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
    if kept.closed_on is not None:
        raise Refused("closed", _("This instrument is closed."), status=410)
    last = kept.editions.order_by("number").last()
    if last is not None and last.adopted_at is None:
        return last
    return Edition.objects.create(
        instrument=kept,
        number=last.number + 1 if last else 1,
        document=last.document if last else EMPTY,
        changed_at=at,
        **signed(by, at),
    )


@transaction.atomic
def close(*, by: Actor, at: datetime, instrument: Instrument) -> Instrument:
    """Close an instrument: what was adopted stands, and there is no next edition.

    Refuses: not_allowed; not_own_unit; closed.
    """
    own(by=by, at=at, unit=instrument.unit)
    found = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
    if found.closed_on is not None:
        raise Refused("closed", _("This instrument is closed."), status=410)
    found.closed_on = localdate(at)
    found.save(update_fields=["closed_on"])
    return found


@transaction.atomic
def adopt(*, by: Actor, at: datetime, edition: Edition) -> Edition:
    """Adopt a draft: from now on it may be used, and is never changed.

    Refuses: not_allowed; not_own_unit; adopted; closed; has_faults; changed_meanwhile when it is another than was read.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    draft = draft_held(edition)
    if draft.changed_at != edition.changed_at:
        raise changed_meanwhile()
    if faults_of(form_of(draft.document)):
        raise Refused("has_faults", _("Something is missing or wrong: see what is marked."))
    draft.digest, draft.adopted_at, draft.adopted_by = digest(draft.document), at, by.name
    draft.save(update_fields=["digest", "adopted_at", "adopted_by"])
    return draft
