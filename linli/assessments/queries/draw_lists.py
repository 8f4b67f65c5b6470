"""The lists that draws close with: who is looked at, by whom, and who must not look at whom."""

from collections.abc import Sequence
from functools import cache

from linli.assessments.models import Assessment, Conflict, Draw, Inspector, Recusal, Round, Subject
from linli.assessments.rules import assigning
from linli.assessments.rules.assigning import Checks
from linli.assessments.rules.sites import Sites, Stratum
from linli.directory.models import Area, Unit

Barred = set[tuple[str, str]]


def checks_now(round_: Round, stage: str, each: int, pool: Sequence[str] = ()) -> Checks:
    """What a draw of checks would close with now; `pool`: codes of units, else the candidates check one another."""
    here = round_.candidacies.filter(stage=stage).values_list("subject__unit__code", flat=True)
    checked = sorted(here)
    working = set(Unit.objects.working().values_list("code", flat=True))
    checkers = sorted(working.intersection(pool or checked))
    twice = assigning.twice_of(len(checked), round_.doubled)
    involved = {*checked, *checkers}
    barred = _related(checked, checkers, stage) | _in_conflict() | _given(round_)
    return Checks(
        each, twice, checked, checkers, sorted(pair for pair in barred if involved.issuperset(pair))
    )


def sites_now(draw: Draw) -> Sites:
    """What a draw of sites would close with now: the premises of each place, the inspectors of each unit."""
    planned = Assessment.objects.filter(
        kind=Assessment.INSPECTION, edition=draw.edition, done_at=None, dropped_at=None
    )
    premises = Subject.objects.filter(kind=Subject.PREMISES).exclude(
        pk__in=planned.values("subject")
    )
    strata: list[Stratum] = []
    found: dict[str, str | None] = {}
    for area, take in draw.terms["strata"]:
        inside = Area.objects.within(area).values("pk")
        listed = dict(premises.filter(area__in=inside).values_list("code", "unit__code"))
        found |= listed
        strata.append(Stratum(area, take, sorted(listed)))
    inspectors = Inspector.objects.filter(ended_on=None, unit__code__in=draw.terms["pool"])
    units = dict(inspectors.values_list("code", "unit__code"))
    return Sites(draw.terms["crew"], strata, sorted(units), _kept_away(found, units))


def _kept_away(found: dict[str, str | None], units: dict[str, str]) -> dict[str, list[str]]:
    """Who does not go where: for their unit is that of the premises, or related to it, or in conflict with it."""
    owners = {unit for unit in found.values() if unit}
    related = _related(sorted(owners), sorted(set(units.values())), "cross") | _in_conflict()
    told = Recusal.objects.filter(ended_on=None, inspector__code__in=units)
    recused = set(told.values_list("subject__code", "inspector__code"))
    away: dict[str, list[str]] = {}
    for site, owner in found.items():
        for code, unit in units.items():
            apart = unit == owner or tuple(sorted((unit, owner or unit))) in related
            if apart or (site, code) in recused:
                away.setdefault(site, []).append(code)
    return away


def _related(checked: Sequence[str], checkers: Sequence[str], stage: str) -> Barred:
    """Who stands above or below whom. A site check may be made from above, never from below."""
    rows = Unit.objects.values_list("code", "above__code")
    above = {code: boss for code, boss in rows if boss}

    @cache
    def over(code: str) -> frozenset[str]:
        boss = above.get(code)
        return over(boss) | {boss} if boss else frozenset()

    below = {(who, boss) for who in checkers for boss in over(who)}
    if stage != Assessment.SITE:
        below |= {(whom, boss) for whom in checked for boss in over(whom)}
    return {(min(pair), max(pair)) for pair in below}


def _in_conflict() -> Barred:
    told = Conflict.objects.filter(ended_on=None).values_list("one__code", "other__code")
    return {(min(pair), max(pair)) for pair in told}


def _given(round_: Round) -> Barred:
    """Who has a task about whom in this round already: of two units, one looks at the other, once."""
    tasks = round_.assessments.filter(kind__in=("cross", "site"), dropped_at=None)
    pairs = tasks.values_list("unit__code", "about__code")
    return {(min(pair), max(pair)) for pair in pairs}
