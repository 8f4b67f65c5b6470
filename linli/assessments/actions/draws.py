"""Draws: planned with the hash of a seed, closed with their list, drawn, so that nobody chooses who looks at whom.

The draw's row is locked first. What was drawn is given as tasks in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.drawn import give_checks, give_visits
from linli.assessments.actions.keeping import own
from linli.assessments.models import Draw, Edition, Instrument, Round
from linli.assessments.queries.draw_lists import checks_now, sites_now
from linli.assessments.queries.draws import beacon_for, leaf_of
from linli.assessments.rules import assigning, sites
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.draw_seeds import enter_leaf, keep_seed, kept_seed
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

MOST_EACH, MOST_CREW, MOST_TAKEN = 9, 5, 500


@dataclass(frozen=True, slots=True)
class ChecksDraft:
    """What a draw of checks is: of which stage, how many check each candidate, who (else the candidates), until when."""

    stage: str
    each: int
    closes_at: datetime
    pool: Sequence[Unit] = ()


@dataclass(frozen=True, slots=True)
class SitesDraft:
    """What a draw of sites is: how many of which place, how many inspectors go, of which units, by which checklist.

    `until`: the last day for the visits; the day after, everybody sees what was drawn.
    """

    unit: Unit
    name: str
    edition: Edition
    strata: Sequence[tuple[Area, int]]
    pool: Sequence[Unit]
    closes_at: datetime
    until: date
    crew: int = 2


@transaction.atomic
def plan_checks(
    *,
    by: Actor,
    at: datetime,
    round: Round,  # noqa: A002 - the field's own word
    draft: ChecksDraft,
) -> Draw:
    """Plan who checks whom in a stage of a round: the hash of a seed is told, before the list is known.

    Refuses: not_allowed; not_own_unit; not_open; unknown_stage unless it is a stage of the round in which others
    check; each_wrong; no_pool for a site check by nobody; closes_wrong unless the list closes between now and the
    stage's last day; planned already.
    """
    own(by=by, at=at, unit=round.scheme.unit)
    last = _last_day(at, round, draft)
    terms = {"each": draft.each, "pool": sorted(unit.code for unit in draft.pool)}
    try:
        with transaction.atomic():
            return _begun(
                by,
                at,
                Draw(
                    kind=Draw.CHECKS,
                    unit=round.scheme.unit,
                    name=f"{round.scheme.name} {round.year}",
                    round=round,
                    stage=draft.stage,
                    terms=terms,
                    closes_at=draft.closes_at,
                    shown_on=last + timedelta(days=1),
                ),
            )
    except IntegrityError as error:
        raise Refused(
            "planned", _("This is drawn once, and planned already."), status=409
        ) from error


@transaction.atomic
def plan_sites(*, by: Actor, at: datetime, draft: SitesDraft) -> Draw:
    """Plan which premises are visited and by which inspectors: the hash of a seed is told, before the list is known.

    Refuses: not_allowed; not_own_unit; no_name; wrong_use; not_adopted; crew_wrong; no_strata unless at least one is
    taken of some place, of each at most once; no_pool; closes_wrong unless the list closes from now on and before
    the last day for the visits.
    """
    own(by=by, at=at, unit=draft.unit)
    _check_sites(at, draft)
    strata = [[area.code, take] for area, take in draft.strata]
    return _begun(
        by,
        at,
        Draw(
            kind=Draw.SITES,
            unit=draft.unit,
            name=draft.name.strip(),
            edition=draft.edition,
            terms={
                "crew": draft.crew,
                "strata": sorted(strata),
                "pool": sorted(unit.code for unit in draft.pool),
            },
            closes_at=draft.closes_at,
            shown_on=draft.until + timedelta(days=1),
        ),
    )


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, draw: Draw, reason: str) -> Draw:
    """Take a draw back before its list is closed, in public, with the reason.

    Refuses: not_allowed; not_own_unit; no_reason; closed; withdrawn already.
    """
    own(by=by, at=at, unit=draw.unit)
    kept = _held(draw)
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    if kept.closed_at is not None:
        raise Refused("closed", _("The list of this draw is closed: it is drawn."), status=409)
    kept.withdrawn_at, kept.reason = at, reason.strip()[:240]
    kept.save(update_fields=["withdrawn_at", "reason"])
    return kept


@transaction.atomic
def close(*, by: Actor, at: datetime, draw: Draw) -> Draw:
    """Close the list and enter it into the look log, so that it stands before the beacon does.

    Refuses: not_allowed; not_own_unit; withdrawn; too_soon; closed already; nobody when the list is empty; too_few
    when one on it can be looked at by too few; no_way when no way is found to deal it out.
    """
    own(by=by, at=at, unit=draw.unit)
    kept = _held(draw)
    if at < kept.closes_at:
        raise Refused("too_soon", _("The list is not due to be closed yet."))
    if kept.closed_at is not None:
        raise Refused("closed", _("The list of this draw is closed already."), status=409)
    kept.entries, kept.closed_at = (
        _checks_list(kept, kept.round) if kept.round else _sites_list(kept),
        at,
    )
    kept.position = enter_leaf(leaf_of(kept))
    kept.save(update_fields=["entries", "closed_at", "position"])
    return kept


@transaction.atomic
def draw(*, by: Actor, at: datetime, draw: Draw) -> Draw:
    """Reveal the seed, and give what was drawn as tasks. Who left, or came into conflict meanwhile, gets none.

    Refuses: not_allowed; not_own_unit; withdrawn; not_closed; drawn already; no_beacon while the log has signed no
    state that holds the list, or its witness has not seen one; seed_lost.
    """
    own(by=by, at=at, unit=draw.unit)
    kept = _held(draw)
    if kept.closed_at is None:
        raise Refused("not_closed", _("The list of this draw is not closed yet."))
    if kept.drawn_at is not None:
        raise Refused("drawn", _("This draw is drawn already."), status=409)
    if not (mixed_in := beacon_for(kept, at)):
        raise Refused("no_beacon", _("The draw waits for the log to be signed and witnessed."))
    kept.seed, kept.beacon, kept.drawn_at = kept_seed(kept.commitment), mixed_in, at
    kept.save(update_fields=["seed", "beacon", "drawn_at"])
    give = give_checks if kept.kind == Draw.CHECKS else give_visits
    give(by=by, at=at, draw=kept)
    return kept


def _last_day(at: datetime, of: Round, draft: ChecksDraft) -> date:
    """Return the last day of the stage, if checks can be drawn for it."""
    if of.opened_at is None or of.closed_at is not None:
        raise Refused("not_open", _("This round is not open."), status=409)
    if draft.stage not in ("cross", "site") or draft.stage not in of.days:
        raise Refused("unknown_stage", _("In this stage nobody checks another."))
    if not 1 <= draft.each <= MOST_EACH:
        raise Refused("each_wrong", _("Say by how many each is checked: one to nine."))
    if draft.stage == "site" and not draft.pool:
        raise Refused("no_pool", _("Say which units go and look."))
    last = date.fromisoformat(of.days[draft.stage])
    if not (at < draft.closes_at and localdate(draft.closes_at) <= last):
        raise Refused("closes_wrong", _("The list closes before the stage's last day is over."))
    return last


def _begun(by: Actor, at: datetime, made: Draw) -> Draw:
    made.code = new_code()
    made.commitment, made.witness = keep_seed()
    for name, value in signed(by, at).items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def _check_sites(at: datetime, draft: SitesDraft) -> None:
    if not draft.name.strip():
        raise Refused("no_name", _("Say its name."))
    if draft.edition.instrument.use != Instrument.INSPECTION:
        raise Refused("wrong_use", _("This instrument is for something else."))
    if draft.edition.adopted_at is None:
        raise Refused("not_adopted", _("This edition is not adopted yet."))
    if not 1 <= draft.crew <= MOST_CREW:
        raise Refused("crew_wrong", _("Say how many inspectors go together: one to five."))
    if not draft.pool:
        raise Refused("no_pool", _("Say which units go and look."))
    if not (at < draft.closes_at and localdate(draft.closes_at) < draft.until):
        raise Refused("closes_wrong", _("The list closes before the last day for the visits."))
    _check_strata(draft.strata)


def _check_strata(strata: Sequence[tuple[Area, int]]) -> None:
    """See that at least one is drawn, and that no premises stand on the list twice."""
    inside = [
        set(Area.objects.within(area.code).values_list("pk", flat=True)) for area, _ in strata
    ]
    apart = len(set().union(*inside)) == sum(map(len, inside))
    if not strata or not apart or any(not 1 <= take <= MOST_TAKEN for _area, take in strata):
        raise Refused("no_strata", _("Say how many are drawn in each place; no place twice."))


def _held(draw: Draw) -> Draw:
    kept = Draw.objects.select_for_update(no_key=True, of=("self",)).get(pk=draw.pk)
    if kept.withdrawn_at is not None:
        raise Refused("withdrawn", _("This draw was taken back."), status=410)
    return kept


def _checks_list(kept: Draw, of: Round) -> str:
    """Return the list; the round is held, so that nobody steps on meanwhile."""
    round_ = Round.objects.select_for_update(no_key=True).get(pk=of.pk)
    terms = checks_now(round_, kept.stage, kept.terms["each"], kept.terms["pool"])
    if not terms.checked:
        raise Refused("nobody", _("Nobody stands at this stage."), status=409)
    if assigning.too_few(terms):
        raise Refused("too_few", _("Some can be checked by too few others."), status=409)
    if assigning.assigned(kept.commitment, terms) is None:
        raise Refused("no_way", _("No way was found in which nobody checks whom they must not."))
    return assigning.written(terms)


def _sites_list(kept: Draw) -> str:
    terms = sites_now(kept)
    if not any(one.sites for one in terms.strata):
        raise Refused("nobody", _("No premises are on the list."), status=409)
    if sites.too_few(terms):
        raise Refused("too_few", _("To some premises too few inspectors may go."), status=409)
    if sites.drawn(kept.commitment, terms) is None:
        raise Refused("no_way", _("No way was found in which nobody checks whom they must not."))
    return sites.written(terms)
