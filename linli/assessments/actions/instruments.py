"""Instruments: drafted, adopted, and never changed again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Edition, Instrument
from linli.assessments.rules.instruments import Form, digest, faults, read, written
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

    Refuses: not_allowed; not_own_unit; no_name; unknown_use.
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
        document=written(form) if form else EMPTY,
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
def save_draft(*, by: Actor, at: datetime, edition: Edition, form: Form) -> Edition:
    """Put another form into a draft; `edition` is the draft as it was read.

    Refuses: not_allowed; not_own_unit; adopted; changed_meanwhile when somebody saved it in between.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    kept = _draft(edition)
    if kept.changed_at != edition.changed_at:
        raise Refused(
            "changed_meanwhile", _("Somebody changed this draft meanwhile: look again."), status=409
        )
    kept.document, kept.changed_at = written(form), at
    kept.save(update_fields=["document", "changed_at"])
    return kept


@transaction.atomic
def adopt(*, by: Actor, at: datetime, edition: Edition) -> Edition:
    """Adopt a draft: from now on it may be used, and is never changed.

    Refuses: not_allowed; not_own_unit; adopted; has_faults.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    kept = _draft(edition)
    if faults(_form_of(kept.document)):
        raise Refused("has_faults", _("Something is missing or wrong: see what is marked."))
    kept.digest, kept.adopted_at, kept.adopted_by = digest(kept.document), at, by.name
    kept.save(update_fields=["digest", "adopted_at", "adopted_by"])
    return kept


def _form_of(document: Mapping[str, Any]) -> Form:
    """Return the form of a document.

    Refuses: not_an_instrument.
    """
    try:
        return read(document)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("not_an_instrument", _("This is no instrument.")) from error


def _draft(edition: Edition) -> Edition:
    kept = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if kept.adopted_at is not None:
        raise Refused("adopted", _("This edition was adopted: draft the next one."), status=409)
    return kept
