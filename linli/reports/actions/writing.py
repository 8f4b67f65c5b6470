"""Begin a report, write it, move it to a newer template, throw its draft away. Its row is locked first: nobody writes over what they have not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.facts.rules.periods import Period
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.reports.models import HandText, LaidText, Template, TemplateVersion, Written
from linli.reports.models.writing import LONGEST
from linli.reports.rules.writing.reading import read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDraft:
    """What a new report is of: in which template, of where and when, by which unit."""

    template: Template
    area: Area
    period: Period
    unit: Unit
    title: str


@transaction.atomic
def begin_report(*, by: Actor, at: datetime, draft: WrittenDraft) -> Written:
    """Begin a report in the newest version of a template; nobody outside sees it.

    Refuses: not_allowed; not_own_unit; no_title; unknown_period; template_has_errors.
    """
    own(by=by, at=at, unit=draft.unit)
    title = _titled(draft.title)
    if draft.period.until <= draft.period.start:
        raise Refused("unknown_period", _("Write a period such as 2019, 2019-03 or 2016/2020."))
    version = draft.template.versions.get(number=draft.template.version)
    if read_text(version.text).wrong:
        raise Refused(
            "template_has_errors", _("Something in this template is wrong. Mend it first.")
        )
    return Written.objects.create(
        code=new_code(), version=version, title=title, area=draft.area, unit=draft.unit,
        period_from=draft.period.start, period_until=draft.period.until, changed_at=at,
        changed_by=by.name, **signed(by, at),
    )  # fmt: skip


@transaction.atomic
def change_report(
    *, by: Actor, at: datetime, written: Written, base: str, title: str, by_hand: Mapping[int, str]
) -> Written:
    """Write title and passages of a draft; base: the moment of the draft that was looked at, in ISO form.

    What is published stays as it is. Refuses: not_allowed; not_own_unit; no_title; too_long; unknown_passage;
    changed_meanwhile when somebody has written since.
    """
    kept = _held(by, at, written)
    _unchanged(kept, base)
    kept.title = _titled(title)
    if any(len(text) > LONGEST for text in by_hand.values()):
        raise Refused("too_long", _("This text is longer than we take."))
    places = {place.number for place in read_text(kept.version.text).by_hand}
    if by_hand.keys() - places:
        raise Refused("unknown_passage", _("The template has no such passage."))
    kept.by_hand.all().delete()
    HandText.objects.bulk_create(
        HandText(written=kept, number=number, text=text.replace("\r\n", "\n").strip())
        for number, text in sorted(by_hand.items())
        if text.strip()
    )
    kept.changed_at, kept.changed_by = at, by.name
    kept.save(update_fields=["title", "changed_at", "changed_by"])
    return kept


@transaction.atomic
def move_report(
    *, by: Actor, at: datetime, written: Written, base: str, to: int, places: Mapping[int, int]
) -> Written:
    """Go on with a draft in the newest version of its template, which is `to`; base: the moment of the draft that was looked at.

    places: where passages go, by their numbers; what goes nowhere (0) is laid beside the draft. What is published stays.

    Refuses: not_allowed; not_own_unit; changed_meanwhile when the draft or the template changed since; not_newer;
    template_has_errors; unknown_passage; two_in_one_place.
    """
    kept = _held(by, at, written)
    _unchanged(kept, base)
    old, template = kept.version, kept.version.template
    if old.number == template.version:
        raise Refused("not_newer", _("This is the newest version of the template."), status=409)
    new = template.versions.get(number=template.version)
    if new.number != to:
        raise Refused("changed_meanwhile", _("The template has changed since you looked. Look at it again."), status=409)  # fmt: skip
    _move_passages(kept, old, new, places)
    kept.version, kept.changed_at, kept.changed_by = new, at, by.name
    kept.save(update_fields=["version", "changed_at", "changed_by"])
    return kept


@transaction.atomic
def remove_report(*, by: Actor, at: datetime, written: Written) -> None:
    """Throw away a draft that was never published.

    Refuses: not_allowed; not_own_unit; was_published.
    """
    kept = _held(by, at, written)
    if kept.edition:
        raise Refused("was_published", _("It was published: it stays on record."), status=409)
    kept.by_hand.all().delete()
    kept.delete()


def own(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let a deed of the unit go on, whatever `at`.

    Refuses: not_allowed; not_own_unit for an officer of another unit.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    if by.role == Role.OFFICER and by.unit != unit.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)


def _held(by: Actor, at: datetime, written: Written) -> Written:
    """Return a report's row, locked."""
    rows = Written.objects.select_for_update(no_key=True, of=("self",))
    kept = rows.select_related("unit", "version__template").get(pk=written.pk)
    own(by=by, at=at, unit=kept.unit)
    return kept


def _unchanged(kept: Written, base: str) -> None:
    if kept.changed_at.isoformat() != base:
        raise Refused(
            "changed_meanwhile",
            _("Somebody changed it since you looked. Yours stands below; look at theirs."),
            status=409,
        )


def _move_passages(
    kept: Written, old: TemplateVersion, new: TemplateVersion, places: Mapping[int, int]
) -> None:
    """Put every passage into its place in a newer text, or beside the draft."""
    was, text = read_text(old.text), read_text(new.text)
    if text.wrong:
        raise Refused(
            "template_has_errors", _("Something in this template is wrong. Mend it first.")
        )
    passages = {one.number: one.text for one in kept.by_hand.all() if one.text.strip()}
    taken = [places.get(number, 0) for number in passages]
    if {*taken} - {0, *(place.number for place in text.by_hand)}:
        raise Refused("unknown_passage", _("The template has no such passage."))
    if len({*taken} - {0}) < len([place for place in taken if place]):
        raise Refused(
            "two_in_one_place", _("Two passages go to one place: choose another for one.")
        )
    asked = {place.number: place.about for place in was.by_hand}
    kept.by_hand.all().delete()
    HandText.objects.bulk_create(
        HandText(written=kept, number=place, text=said)
        for place, said in zip(taken, passages.values(), strict=True)
        if place
    )
    LaidText.objects.bulk_create(
        LaidText(written=kept, version=old.number, about=asked.get(number, ""), text=said)
        for place, (number, said) in zip(taken, passages.items(), strict=True)
        if not place
    )


def _titled(title: str) -> str:
    title = title.strip()
    if not title:
        raise Refused("no_title", _("Give the report a title."))
    return title
