"""Call for works, judge them by number, tell the result. Who judges is staff of the unit; who sent in, nobody knows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.weighing import divided
from linli.offers.actions import organizing
from linli.offers.models import Contest, Criterion, Entry, Grade, Mark, Offer
from linli.offers.models.contest import KINDS
from linli.offers.queries.jury import points_given
from linli.offers.rules.judging import Placed, is_complete, result
from linli.offers.rules.retention import WORKS_AT_MOST

MOST_POINTS, MOST_PRIZES, HEAVIEST, MOST_CRITERIA = 100, 100, 100, 12
LONGEST_WORDS, LONGEST_WHY, LONGEST_NAME = 240, 120, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a contest takes, until when, until which day works are kept, how many prizes there are.

    `criteria`: by what it is judged, as (name, weight); none, and each judge gives points as a whole.
    """

    kinds: Collection[str]
    closes_at: datetime
    shown_until: date
    prizes: int = 3
    criteria: Sequence[tuple[str, int]] = ()


@transaction.atomic
def call_for_works(*, by: Actor, at: datetime, offer: Offer, terms: Terms) -> Contest:
    """Let works be sent in to an offer that is a contest.

    Refuses: not_allowed; not_own_unit; no_contest for another kind of offer; unknown_kind; days_wrong unless
    it closes later than now, and works are kept for some days after that, not for ever; prizes_wrong;
    criteria_wrong unless each is named once and weighs 1 to 100; called_already.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    if offer.kind != Offer.CONTEST:
        raise Refused("no_contest", _("This offer is no contest."))
    if not terms.kinds or not {*terms.kinds} <= {*dict(KINDS)}:
        raise Refused("unknown_kind", _("Choose which kinds of works may be sent in."))
    last = localdate(terms.closes_at)
    longest = last + timedelta(days=WORKS_AT_MOST)
    if terms.closes_at <= at or not last < terms.shown_until <= longest:
        raise Refused(
            "days_wrong",
            _(
                "Close later than now, and keep the works for at least a day, at most 400 days, after."
            ),
        )
    if not 1 <= terms.prizes <= MOST_PRIZES:
        raise Refused("prizes_wrong", _("There are between one and a hundred prizes."))
    criteria = _criteria(terms.criteria)
    kinds = [kind for kind in dict(KINDS) if kind in terms.kinds]
    said = {"closes_at": terms.closes_at, "shown_until": terms.shown_until, "prizes": terms.prizes}
    contest, new = Contest.objects.get_or_create(offer=offer, defaults={"kinds": kinds, **said})
    if not new:
        raise Refused("called_already", _("Works can be sent in already."), status=409)
    Criterion.objects.bulk_create(
        Criterion(contest=contest, number=number, name=name, weight=weight)
        for number, (name, weight) in enumerate(criteria, 1)
    )
    return contest


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one judge gives one work: points as a whole, or by each criterion's number, 0 to 100."""

    points: int | None = None
    grades: Mapping[int, int] = field(default_factory=dict)
    words: str = ""


@transaction.atomic
def judge(*, by: Actor, at: datetime, entry: Entry, points: int, words: str = "") -> Mark:
    """Give one work one judge's points, in a contest without criteria.

    Refuses: what `grade` refuses.
    """
    return grade(by=by, at=at, entry=entry, given=Verdict(points, words=words))


@transaction.atomic
def grade(*, by: Actor, at: datetime, entry: Entry, given: Verdict) -> Mark:
    """Give one work what one judge thinks of it; until the result is told they may think again.

    Refuses: not_allowed; not_own_unit for staff of another unit; not_closed while works come in; judged;
    set_aside; gone; points_wrong unless it is 0 to 100, as a whole or by each criterion; words_too_long over 240.
    """
    contest = _judged_by(by, at, entry.contest)
    fresh = Entry.objects.get(pk=entry.pk)
    if fresh.set_aside:
        raise Refused("set_aside", _("This work was set aside."))
    if fresh.purged_on is not None:
        raise Refused("gone", _("Its maker has taken this work back."), status=410)
    criteria = {one.number: one for one in contest.criteria.all()}
    points = _points(given, criteria)
    if len(given.words) > LONGEST_WORDS:
        raise Refused("words_too_long", _("This is too long."))
    said = {"points": points, "words": given.words.strip(), "by_role": by.role.value, "at": at}
    who = signed(by, at)
    mark, _new = Mark.objects.update_or_create(
        entry=fresh, by_name=who["by_name"], by_unit=who["by_unit"], defaults=said
    )
    for number, one in criteria.items():
        Grade.objects.update_or_create(
            mark=mark, criterion=one, defaults={"points": given.grades[number]}
        )
    mark.entry.contest = contest
    return mark


def _points(given: Verdict, criteria: Mapping[int, Criterion]) -> int:
    """Return the points as a whole: those that were given, or the weighed mean to the nearest."""
    by_criterion = given.points is None and bool(criteria) and set(given.grades) == set(criteria)
    as_a_whole = given.points is not None and not criteria and not given.grades
    values = [*given.grades.values(), *([] if given.points is None else [given.points])]
    if not (by_criterion or as_a_whole) or not all(0 <= one <= MOST_POINTS for one in values):
        raise Refused("points_wrong", _("Give between 0 and 100 points."))
    if given.points is not None:
        return given.points
    total = sum(one.weight * given.grades[number] for number, one in criteria.items())
    return divided(total, sum(one.weight for one in criteria.values()))


def _criteria(given: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    named = [(name.strip(), weight) for name, weight in given]
    fits = all(0 < len(name) <= LONGEST_NAME and 1 <= weight <= HEAVIEST for name, weight in named)
    if not fits or len(named) > MOST_CRITERIA or len({name for name, _w in named}) < len(named):
        raise Refused("criteria_wrong", _("Name each criterion once, with a weight of 1 to 100."))
    return named


@transaction.atomic
def set_aside(*, by: Actor, at: datetime, entry: Entry, why: str) -> Entry:
    """Take a work out of the contest and off the wall, or back in with no reason: it names somebody, or is none.

    Refuses: not_allowed; not_own_unit; words_too_long over 120; judged once the result is told, unless it is
    to come off the wall.
    """
    organizing.own(by=by, at=at, unit=entry.contest.offer.unit)
    why = why.strip()
    if len(why) > LONGEST_WHY:
        raise Refused("words_too_long", _("This is too long."))
    contest = Contest.objects.select_for_update(no_key=True).get(pk=entry.contest_id)
    if contest.judged_at is not None and not why:
        raise _judged()
    fresh = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    fresh.set_aside = why
    fresh.save(update_fields=["set_aside"])
    return fresh


@transaction.atomic
def tell_result(*, by: Actor, at: datetime, contest: Contest) -> list[Placed]:
    """Compute the result, give the places that have prizes, and publish it.

    Refuses: not_allowed; not_own_unit; not_closed; judged; not_all_judged unless the same judges have given
    points to every work that stands.
    """
    organizing.own(by=by, at=at, unit=contest.offer.unit)
    kept = _closed(at, Contest.objects.select_for_update(no_key=True).get(pk=contest.pk))
    given = points_given(kept)
    standing = kept.entries.filter(set_aside="", purged_on=None)
    numbers = standing.values_list("number", flat=True)
    judges = {number: list(given.get(number, ())) for number in numbers}
    if not is_complete(judges):
        raise Refused("not_all_judged", _("Every judge must have given points to every work."))
    placed = result({number: list(given[number].values()) for number in judges})
    for one in placed:
        if one.place <= kept.prizes:
            kept.entries.filter(number=one.number).update(place=one.place)
    kept.judged_at = at
    kept.save(update_fields=["judged_at"])
    return placed


def _judged_by(by: Actor, at: datetime, contest: Contest) -> Contest:
    in_jury(by=by, at=at, unit=contest.offer.unit)
    return _closed(at, Contest.objects.select_for_update(no_key=True).get(pk=contest.pk))


def in_jury(*, by: Actor, at: datetime, unit: Unit) -> None:
    """Let staff of the unit go on, in whichever role they work with offers.

    Refuses: not_allowed; not_own_unit.
    """
    allow(by, Role.OFFICER, Role.CLERK, Role.SUPERVISOR, Role.PLANNER)
    if by.role != Role.SYSTEM and by.unit != unit.name:
        raise Refused("not_own_unit", _("Another unit judges this contest."), status=404)


def _closed(at: datetime, contest: Contest) -> Contest:
    if at < contest.closes_at:
        raise Refused("not_closed", _("Works are still being sent in."))
    if contest.judged_at is not None:
        raise _judged()
    return contest


def _judged() -> Refused:
    return Refused("judged", _("The result has been told."), status=409)
