"""Draws of checks and of sites for tests: planned, closed, the log signed, drawn."""

from datetime import timedelta

from linli.assessments.actions import conflicts, draws
from linli.kernel.actors import system
from linli.kernel.looks import sequence
from tests.town import assessments, directory, inspections

AN_HOUR = timedelta(hours=1)
CLOCK = system("calendar")


def candidates(number, *, at, of, stage="cross"):
    """So many candidates of a round, at a stage."""
    made = [assessments.candidate(f"第{n}社区", at=at, of=of) for n in range(1, number + 1)]
    return [
        assessments.rounds.step(by=assessments.planner(), at=at, candidacy=one, to=stage)
        for one in made
    ]


def checks(*, at, of, stage="cross", each=2, pool=()):
    """A draw of checks that closes in an hour."""
    draft = draws.ChecksDraft(stage, each, at + AN_HOUR, pool)
    return draws.plan_checks(by=assessments.planner(), at=at, round=of, draft=draft)


def pool(number, *, at, unit=None):
    """So many inspectors of the inspecting unit, or of another."""
    unit = unit or directory.unit(inspections.UNIT)
    return [
        conflicts.add_inspector(by=assessments.planner(), at=at, unit=unit) for _ in range(number)
    ]


def sites(*, at, take=2, crew=2, area=None, **given):
    """A draw of sites that closes in an hour; the visits are due in ten days."""
    unit = directory.unit(inspections.UNIT)
    named = {
        "unit": unit,
        "name": "三月双随机抽查",
        "strata": [(area or directory.area(), take)],
        "pool": [unit],
        "closes_at": at + AN_HOUR,
        "until": at.date() + timedelta(days=10),
        "crew": crew,
    } | given
    named.setdefault("edition", inspections.checklist(at=at))
    draft = draws.SitesDraft(**named)
    return draws.plan_sites(by=assessments.planner(), at=at, draft=draft)


def close(draw):
    return draws.close(by=CLOCK, at=draw.closes_at, draw=draw)


def drawn(draw):
    """Close a draw, have the log signed, and draw."""
    close(draw)
    sequence(draw.closes_at + timedelta(seconds=10))
    return draws.draw(by=CLOCK, at=draw.closes_at + timedelta(seconds=15), draw=draw)
