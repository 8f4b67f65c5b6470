"""Guarantees of languages: promise one, end one. What was promised is never edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.actions.deeds import Deed, Wrong
from linli.directory.models import Change, LanguageGuarantee
from linli.directory.rules.languages import MODES, WEEKDAYS, is_tag
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeDraft:
    """A guarantee as it should be. mode: "" when any way of speaking will do."""

    area: str
    language: str
    weekdays: tuple[int, ...]
    opens_at: time
    closes_at: time
    begins_on: date
    mode: str = ""


@transaction.atomic
def promise_language(*, by: Actor, at: datetime, draft: GuaranteeDraft) -> LanguageGuarantee:
    """Promise that a language is spoken at one station of a place at least, on these weekdays and hours.

    Refuses: not_allowed unless a planner asks; unknown_area; unknown_language; unknown_way_of_speaking;
    no_weekdays; closes_before_it_opens; promised_already while another guarantee of it stands there.
    """
    allow(by, Role.PLANNER)
    area = Deed(by, at).area(draft.area)
    _check(draft)
    made = LanguageGuarantee(
        area=area,
        language=draft.language,
        weekdays=_digits(draft.weekdays),
        opens_at=draft.opens_at,
        closes_at=draft.closes_at,
        mode=draft.mode,
        begins_on=draft.begins_on,
        **signed(by, at),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        # Two planners at the same moment: one guarantee stands, the database sees to it.
        words = _("This is guaranteed here already: end that guarantee first.")
        raise Refused("promised_already", words) from error
    _note(by, at, made, "promised", becomes=_said(made))
    return made


@transaction.atomic
def end_guarantee(*, by: Actor, at: datetime, guarantee: LanguageGuarantee) -> LanguageGuarantee:
    """Promise it no longer from today on; until when it held stays readable.

    Refuses: not_allowed unless a planner asks; ended_already the second time.
    """
    allow(by, Role.PLANNER)
    today = localdate(at)
    standing = LanguageGuarantee.objects.standing().filter(pk=guarantee.pk)
    if not standing.update(ended_on=today):
        raise Refused("ended_already", _("This guarantee has ended already."))
    guarantee.refresh_from_db()
    _note(by, at, guarantee, "ended", becomes={"ended_on": today.isoformat()})
    return guarantee


def _check(draft: GuaranteeDraft) -> None:
    if not is_tag(draft.language):
        raise Wrong("unknown_language")
    if draft.mode and draft.mode not in MODES:
        raise Wrong("unknown_way_of_speaking")
    if not draft.weekdays or not set(draft.weekdays) <= set(WEEKDAYS):
        raise Refused("no_weekdays", _("Choose at least one weekday."))
    if draft.closes_at <= draft.opens_at:
        raise Wrong("closes_before_it_opens")


def _digits(weekdays: Iterable[int]) -> str:
    return "".join(str(day) for day in sorted(set(weekdays)))


def _said(one: LanguageGuarantee) -> dict[str, str]:
    return {
        "area": one.area_id,
        "language": one.language,
        "weekdays": one.weekdays,
        "hours": f"{one.opens_at:%H:%M}–{one.closes_at:%H:%M}",
        "mode": one.mode,
        "begins_on": one.begins_on.isoformat(),
    }


def _note(
    by: Actor, at: datetime, one: LanguageGuarantee, verb: str, becomes: dict[str, str]
) -> None:
    note = {"kind": "guarantee", "thing": one.uuid, "verb": verb}
    Change.objects.create(**note, becomes=becomes, **signed(by, at))
    Deed(by, at).renew()
