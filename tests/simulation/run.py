"""Worlds, one after the other: what was broken in which, and what was reached in all."""

from collections import Counter
from typing import NamedTuple

from tests.simulation.chance import from_seed
from tests.simulation.ground import prepared

STEPS = 36


class Told(NamedTuple):
    """What came of one world."""

    seed: int
    digest: str
    broken: str  # "" when all held
    trace: list
    taken: Counter
    reached: Counter


def run(ground, seed, *, steps=STEPS, only=(), after=None):
    """Live through the world of one seed; `after` is done to its tables before it begins."""
    from tests.simulation.world import World

    ground.begin()
    if after:
        after()
    with from_seed(seed) as dice:
        engines = _chosen(dice, only)
        world = World(ground, dice, engines)
        broken = ""
        try:
            world.steps(steps)
            world.end()
        except Exception as error:
            broken = _said(error)
        digest = "" if broken else world.digest()
    return Told(seed, digest, broken, world.trace, world.taken, world.reached)


def batch(seeds):
    """Live through many worlds in a process of their own: what broke, what was done and reached, how many."""
    broken, taken, reached = {}, Counter(), Counter()
    with prepared() as there, there.settled(settlers()):
        for seed in seeds:
            told = run(there, seed)
            taken, reached = taken + told.taken, reached + told.reached
            if told.broken:
                broken[seed] = [told.broken, told.trace[-12:]]
    return broken, taken, reached, len(seeds)


def hunt(ground, mutant, *, most):
    """Let worlds live with a defect until one breaks; return it, or None when none of so many did."""
    from tests.simulation.mutants import drop, living_with

    for seed in range(most):
        with living_with(mutant):
            told = run(
                ground, seed, steps=STEPS * 2, only=(mutant.engine,), after=lambda: drop(mutant)
            )
        if told.broken:
            return told
    return None


def settlers():
    """Return what settles the town, in order."""
    from tests.simulation import assessments, cases, desk, funds, offers, plans, trace

    return [one.settle for one in (desk, cases, offers, funds, plans, assessments, trace)]


def engines():
    """Return all that may take part beside the machine room, by name."""
    from tests.simulation import assessments, cases, funds, offers, plans, trace

    return {
        "assessments": assessments.Assessments, "cases": cases.Cases, "funds": funds.Funds,
        "offers": offers.Offers, "plans": plans.Plans, "trace": trace.Trace,
    }  # fmt: skip


def _chosen(dice, only):
    from tests.simulation import desk

    every = engines()
    names = list(only) or dice.sample(sorted(every), 2)
    return [desk.Desk, *(every[name] for name in names)]


def _said(error):
    from tests.simulation.world import Broken

    if isinstance(error, Broken):
        return str(error)
    return f"crash {type(error).__name__}: {error}"
