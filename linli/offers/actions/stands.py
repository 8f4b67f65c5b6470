"""Set a job fair up: who stands there, and until when wishes count."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Organization
from linli.kernel.actors import Actor
from linli.kernel.drawing import commitment
from linli.kernel.refusals import Refused
from linli.offers.actions import organizing
from linli.offers.models import Offer, Session, Stand, Timetable
from linli.offers.queries.timetable import seed_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDraft:
    """What a stand is: whose, where, how many talk at a time, how long, and the share for who just comes."""

    organization: Organization
    zone: str = Stand.ONSITE
    place: str = ""
    online: str = ""
    lanes: int = 1
    minutes: int = 15
    walk_in_percent: int = 20


@transaction.atomic
def plan_timetable(
    *, by: Actor, at: datetime, session: Session, wishes_until: datetime, gap_minutes: int = 5
) -> Timetable:
    """Say until when wishes count, and tell the hash of the seed; said again before it is made, the last stands.

    Refuses: not_allowed; not_own_unit; not_a_fair; cancelled; made; wishes_wrong unless they end between now
    and the fair's beginning; gap_wrong for more than an hour to walk.
    """
    fair = _fair(by, at, session)
    if not at < wishes_until <= fair.starts_at:
        raise Refused("wishes_wrong", _("Wishes end before the fair begins, and not in the past."))
    if not 0 <= gap_minutes <= 60:
        raise Refused("gap_wrong", _("An hour is enough to walk from one stand to the next."))
    kept, _new = Timetable.objects.get_or_create(
        session=fair,
        defaults={
            "wishes_until": wishes_until,
            "commitment": commitment(seed_of(fair)),
            "committed_at": at,
        },
    )
    _not_made(kept)
    kept.wishes_until, kept.gap_minutes = wishes_until, gap_minutes
    kept.save(update_fields=["wishes_until", "gap_minutes"])
    return kept


@transaction.atomic
def add_stand(*, by: Actor, at: datetime, session: Session, draft: StandDraft) -> Stand:
    """Give an employer a stand.

    Refuses: not_allowed; not_own_unit; not_a_fair; cancelled; made; employer_closed; stand_wrong for talks
    that are no talks; stand_taken when the employer has one in this zone.
    """
    fair = _fair(by, at, session)
    _not_made(getattr(fair, "timetable", None))
    _check(draft)
    if fair.stands.filter(organization=draft.organization, zone=draft.zone).exists():
        raise _taken()
    return Stand.objects.create(session=fair, **_said(draft))


@transaction.atomic
def amend_stand(*, by: Actor, at: datetime, stand: Stand, draft: StandDraft) -> Stand:
    """Change a stand. When its timetable is made, only where it stands may still change.

    Refuses: as `add_stand`; not_their_stand when it would become another employer's.
    """
    fair = _fair(by, at, stand.session)
    _check(draft)
    kept = Stand.objects.select_for_update(no_key=True).get(pk=stand.pk)
    if draft.organization.pk != kept.organization_id:
        raise Refused("not_their_stand", _("This stand is another employer's."))
    times = ("zone", "lanes", "minutes", "walk_in_percent")
    if any(getattr(draft, name) != getattr(kept, name) for name in times):
        _not_made(getattr(fair, "timetable", None))
    same = fair.stands.filter(organization=draft.organization, zone=draft.zone)
    if same.exclude(pk=kept.pk).exists():
        raise _taken()
    for name, value in _said(draft).items():
        setattr(kept, name, value)
    kept.save(update_fields=[*_said(draft)])
    return kept


@transaction.atomic
def remove_stand(*, by: Actor, at: datetime, stand: Stand) -> None:
    """Take a stand away; its vacancies stay open without a fair.

    Refuses: not_allowed; not_own_unit; not_a_fair; cancelled; made; wished_for when somebody wishes to talk
    there.
    """
    fair = _fair(by, at, stand.session)
    _not_made(getattr(fair, "timetable", None))
    if stand.vacancies.filter(wishes__isnull=False).exists():
        raise Refused("wished_for", _("Somebody wishes to talk at this stand."))
    stand.vacancies.update(stand=None)
    stand.delete()


def _fair(by: Actor, at: datetime, session: Session) -> Session:
    """Return the fair as it stands, locked: stands, wishes and talks of one fair change one after the other."""
    organizing.own(by=by, at=at, unit=session.offer.unit)
    fairs = Session.objects.select_related("offer__unit").select_for_update(
        no_key=True, of=("self",)
    )
    fair = fairs.get(pk=session.pk)
    if fair.offer.kind != Offer.FAIR:
        raise Refused("not_a_fair", _("Stands are for job fairs."))
    if fair.cancelled_at is not None:
        raise Refused("cancelled", _("This does not take place."), status=410)
    return fair


def _not_made(timetable: Timetable | None) -> None:
    if timetable is not None and timetable.solved_at is not None:
        raise Refused("made", _("The timetable is made: its times stand."))


def _check(draft: StandDraft) -> None:
    if draft.organization.closed_on is not None:
        raise Refused("employer_closed", _("This employer is closed for good."))
    fits = 1 <= draft.lanes <= 20 and 5 <= draft.minutes <= 120
    if draft.zone not in dict(Stand.ZONES) or not fits or not 0 <= draft.walk_in_percent <= 100:
        raise Refused("stand_wrong", _("Up to 20 talks at a time, of 5 to 120 minutes each."))


def _taken() -> Refused:
    return Refused("stand_taken", _("This employer has a stand in this zone."), status=409)


def _said(draft: StandDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in StandDraft.__dataclass_fields__}
