"""Inspections are planned, and what a visit found comes in: once, however often a telephone sends it.

Nothing of a plan is told to anybody but the unit that goes. Nobody pays for a visit: there is no place to write it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions import assessing
from linli.assessments.actions.keeping import own
from linli.assessments.actions.signatures import Signed, sign
from linli.assessments.models import (
    Assessment,
    Backing,
    Edition,
    Finding,
    Inspection,
    Instrument,
    Sheet,
    Subject,
)
from linli.assessments.rules.findings import found
from linli.directory.models import Unit
from linli.facts.actions import evidence
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.rebuild_photo import smaller_photo
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt

MOST_PHOTOS: Final = 12
_SIDE: Final = 1600  # pixels: a page shows no more


@dataclass(frozen=True, slots=True)
class InspectionDraft:
    """What a visit is: which checklist, where, by which unit, on which day; how it came about."""

    edition: Edition
    subject: Subject
    unit: Unit
    day: date
    drawn: str = ""
    inspectors: Sequence[str] = ()
    after: Inspection | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What comes back from a visit: the sheet, photos by item (through `uploads.rebuild`), what was signed."""

    filled: assessing.Filled
    photos: Mapping[str, Sequence[Rebuilt]] = field(default_factory=dict)
    signed: Signed = Signed()  # noqa: RUF009 - frozen


@transaction.atomic
def plan_inspection(*, by: Actor, at: datetime, draft: InspectionDraft) -> Inspection:
    """Plan a visit. Nobody is told but the unit that goes.

    Refuses: not_allowed; not_own_unit; wrong_use; not_adopted; not_premises; day_past; other_premises of an earlier
    visit; planned_already; and as `give`.
    """
    own(by=by, at=at, unit=draft.unit)
    _check(at, draft)
    given = assessing.give(
        by=by,
        at=at,
        kind=Assessment.INSPECTION,
        unit=draft.unit,
        of=(draft.subject, draft.edition),
        due_on=draft.day,
    )
    return Inspection.objects.create(
        assessment=given,
        drawn=draft.drawn,
        inspectors=list(draft.inspectors),
        after=draft.after,
    )


@transaction.atomic
def call_off(*, by: Actor, at: datetime, inspection: Inspection) -> None:
    """Call off a visit that was not made.

    Refuses: not_allowed; not_own_unit; made already; dropped already.
    """
    own(by=by, at=at, unit=inspection.assessment.unit)
    if inspection.assessment.sheets.exists():
        raise Refused("made", _("This visit was made already."), status=409)
    assessing.drop(by=by, at=at, assessment=inspection.assessment)


@transaction.atomic
def bring_in(*, by: Actor, at: datetime, inspection: Inspection, brought: Brought) -> Sheet:
    """Take in what a visit found. Sent again, it is the same; from another telephone, it is the next revision.

    Refuses: not_allowed; too_many_photos; not_a_photo; no_photo_item; no_signature and words_too_long of what is
    signed; and as `hand_in`.
    """
    allow(by, Role.OFFICER, Role.SUPERVISOR)
    task = Assessment.objects.select_for_update(no_key=True).get(pk=inspection.assessment_id)
    filled = brought.filled
    if Sheet.objects.filter(client=filled.client).exists():
        return assessing.hand_in(by=by, at=at, assessment=task, filled=filled)
    _check_photos(task, brought.photos)
    told = min(filled.filled_at or at, at)  # a telephone's clock may be ahead
    filled = replace(filled, filled_at=told)
    sheet = assessing.hand_in(by=by, at=at, assessment=task, filled=filled)
    sign(by=by, at=at, sheet=sheet, signed=brought.signed)
    _note_findings(inspection, sheet)
    _keep_photos(by, at, sheet, brought.photos)
    return sheet


def _check(at: datetime, draft: InspectionDraft) -> None:
    if draft.edition.instrument.use != Instrument.INSPECTION:
        raise Refused("wrong_use", _("This instrument is for something else."))
    if draft.edition.adopted_at is None:
        raise Refused("not_adopted", _("This edition is not adopted yet."))
    if draft.subject.kind not in (Subject.PREMISES, Subject.UNIT):
        raise Refused("not_premises", _("Premises and units are inspected."))
    if draft.day < localdate(at):
        raise Refused("day_past", _("This day has passed."))
    if draft.after and draft.after.assessment.subject_id != draft.subject.pk:
        raise Refused("other_premises", _("The earlier visit was somewhere else."))
    planned = Assessment.objects.filter(
        kind=Assessment.INSPECTION, subject=draft.subject, edition=draft.edition, unit=draft.unit
    )
    if planned.filter(done_at=None, dropped_at=None).exists():
        raise Refused("planned_already", _("Such a visit is planned already."), status=409)


def _check_photos(task: Assessment, photos: Mapping[str, Sequence[Rebuilt]]) -> None:
    known = {one.key for one in task.edition.form.items()}
    if sum(map(len, photos.values())) > MOST_PHOTOS:
        raise Refused("too_many_photos", _("Twelve photos of a visit are enough."))
    if not set(photos) <= known:
        raise Refused("no_photo_item", _("There is no such question."))
    if any(not shot.media_type.startswith("image/") for each in photos.values() for shot in each):
        raise Refused("not_a_photo", _("Choose a photo (JPEG, PNG, WebP or GIF)."))


def _keep_photos(
    by: Actor, at: datetime, sheet: Sheet, photos: Mapping[str, Sequence[Rebuilt]]
) -> None:
    """Put the photos under their answers, once nothing of the sheet can be refused any more."""
    task = sheet.assessment
    for item, shots in photos.items():
        for number, shot in enumerate(shots, 1):
            photo = evidence.cite_file(
                by=by,
                at=at,
                source=str(task.unit),
                data=smaller_photo(shot.data, _SIDE),
                name=f"{task.code}-{sheet.number}-{item}-{number}.{shot.extension}",
                media_type=shot.media_type,
            )
            Backing.objects.create(sheet=sheet, item=item, evidence=photo)


def _note_findings(inspection: Inspection, sheet: Sheet) -> None:
    """Add what this sheet finds wrong and no earlier one did. Nothing that was found is taken back here."""
    known = set(inspection.findings.values_list("item", flat=True))
    Finding.objects.bulk_create(
        Finding(
            inspection=inspection,
            sheet=sheet,
            item=one.item,
            severity=one.severity,
            words=one.words,
        )
        for one in found(sheet.assessment.edition.form, sheet.answers)
        if one.item not in known
    )
