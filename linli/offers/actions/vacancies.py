"""Post vacancies of employers, change and close them. What a vacancy asks of people is checked each time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Organization, Unit
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.traits import trait_in
from linli.offers.actions import organizing
from linli.offers.models import Stand, Vacancy
from linli.offers.rules.vacancies import LONGEST, MOST_DAYS, MOST_PAY, MOST_POSTS, unfair


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyDraft:
    """What a vacancy says. Pay in yuan a month; stand: where it is told of at a fair."""

    organization: Organization
    area: Area
    title: str
    posts: int
    valid_until: date
    description: str = ""
    requirements: str = ""
    employment: str = "FULL_TIME"
    pay_from: int | None = None
    pay_to: int | None = None
    stand: Stand | None = None


@transaction.atomic
def post_vacancy(*, by: Actor, at: datetime, unit: Unit, draft: VacancyDraft) -> Vacancy:
    """Post a vacancy, which everybody sees at once.

    Refuses: not_allowed; not_own_unit; no_title; no_posts; too_long; pay_wrong; day_wrong unless it is open
    for a year at most from today on; unknown_employment; employer_closed; not_their_stand;
    trait_of_a_person when it asks what somebody is.
    """
    organizing.own(by=by, at=at, unit=unit)
    _check(at, draft)
    return Vacancy.objects.create(
        code=new_code(), unit=unit, posted_on=localdate(at), **_said(draft), **signed(by, at)
    )


@transaction.atomic
def amend_vacancy(*, by: Actor, at: datetime, vacancy: Vacancy, draft: VacancyDraft) -> Vacancy:
    """Change what a vacancy says.

    Refuses: as `post_vacancy`; closed; wished_for when it would move away from a stand at which somebody
    wished to talk about it.
    """
    organizing.own(by=by, at=at, unit=vacancy.unit)
    _check(at, draft)
    kept = _open(vacancy)
    moved = kept.stand_id not in {None, draft.stand.pk if draft.stand else None}
    if moved and (kept.wishes.exists() or kept.interviews.exists()):
        raise Refused("wished_for", _("Somebody wishes to talk about it at its stand."))
    for name, value in _said(draft).items():
        setattr(kept, name, value)
    kept.save(update_fields=[*_said(draft)])
    return kept


@transaction.atomic
def close_vacancy(*, by: Actor, at: datetime, vacancy: Vacancy) -> Vacancy:
    """Close a vacancy: nobody is asked for any more.

    Refuses: not_allowed; not_own_unit; closed already.
    """
    organizing.own(by=by, at=at, unit=vacancy.unit)
    kept = _open(vacancy)
    kept.closed_on = localdate(at)
    kept.save(update_fields=["closed_on"])
    return kept


def _open(vacancy: Vacancy) -> Vacancy:
    kept = Vacancy.objects.select_for_update(no_key=True).get(pk=vacancy.pk)
    if kept.closed_on is not None:
        raise Refused("closed", _("This vacancy is closed."))
    return kept


def _check(at: datetime, draft: VacancyDraft) -> None:
    if not draft.title.strip():
        raise Refused("no_title", _("Give it a title."))
    if not 1 <= draft.posts <= MOST_POSTS:
        raise Refused("no_posts", _("Say how many people are wanted."))
    if any(len(getattr(draft, name)) > most for name, most in LONGEST.items()):
        raise Refused("too_long", _("This is too long."))
    if draft.employment not in dict(Vacancy.EMPLOYMENTS):
        raise Refused(
            "unknown_employment", _("Choose full time, part time, temporary or internship.")
        )
    _check_pay(draft)
    today = localdate(at)
    if not today <= draft.valid_until <= today + timedelta(days=MOST_DAYS):
        raise Refused("day_wrong", _("It is open from today on, for a year at most."))
    _check_employer(draft)
    _check_fair(draft)


def _check_pay(draft: VacancyDraft) -> None:
    pay = [one for one in (draft.pay_from, draft.pay_to) if one is not None]
    if pay != sorted(pay) or any(not 1 <= one <= MOST_PAY for one in pay):
        raise Refused("pay_wrong", _("The lower pay comes first, both in yuan a month."))


def _check_employer(draft: VacancyDraft) -> None:
    if draft.organization.closed_on is not None:
        raise Refused("employer_closed", _("This employer is closed for good."))
    if draft.stand is not None and draft.stand.organization_id != draft.organization.pk:
        raise Refused("not_their_stand", _("This stand is another employer's."))


def _check_fair(draft: VacancyDraft) -> None:
    for said in (draft.title, draft.description, draft.requirements):
        if found := unfair(said) or trait_in(said):
            sentence = _("“%(words)s” asks what somebody is. Say what they must be able to do.")
            raise Refused("trait_of_a_person", sentence % {"words": found})


def _said(draft: VacancyDraft) -> dict[str, object]:
    said = {name: getattr(draft, name) for name in VacancyDraft.__dataclass_fields__}
    words = {name: said[name].strip() for name in ("title", "description", "requirements")}
    return said | words
