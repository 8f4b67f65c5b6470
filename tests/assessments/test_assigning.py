"""Who checks whom, for every list that there can be; and the same from a program of its own."""

import json
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.assessments.rules import assigning, sites
from linli.assessments.rules.assigning import Checks
from linli.assessments.rules.sites import Sites, Stratum
from linli.kernel import verify_draw


@st.composite
def lists(draw, most=7):
    """A list of checks: candidates, others in the pool, some barred from one another."""
    checked = [f"U{n}" for n in range(draw(st.integers(1, most)))]
    pool = checked + [f"X{n}" for n in range(draw(st.integers(0, 2)))]
    pairs = list(combinations(sorted(pool), 2))
    barred = (
        draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs) // 4))
        if pairs
        else []
    )
    each, twice = draw(st.integers(1, 3)), draw(st.integers(0, len(checked)))
    return Checks(each, twice, checked, pool, barred)


def unfair(terms, tasks):
    """Return what is wrong with an assignment."""
    pairs = [(task.who, task.whom) for task in tasks]
    barred = {frozenset(pair) for pair in terms.barred}
    return {
        name
        for name, wrong in {
            "itself": any(who == whom for who, whom in pairs),
            "barred": any(frozenset(pair) in barred for pair in pairs),
            "mutual": any((whom, who) in pairs for who, whom in pairs),
            "again": len(set(pairs)) < len(pairs),
            "strangers": any(who not in terms.pool for who, _whom in pairs),
        }.items()
        if wrong
    }


@settings(max_examples=60)
@given(terms=lists(), seed=st.text(max_size=8))
def test_checks_each_as_often_as_said_and_never_unfairly(terms, seed):
    tasks = assigning.assigned(seed, terms)
    assume(tasks is not None)

    assert unfair(terms, tasks) == set()
    firsts = [task.whom for task in tasks if not task.repeats]
    assert sorted(firsts) == sorted([*terms.checked] * terms.each)
    blind = [task for task in tasks if task.repeats]
    assert len({task.whom for task in blind}) == len(blind) == terms.twice
    assert all(
        (task.whom, task.repeats) in {(one.whom, one.who) for one in tasks} for task in blind
    )
    assert all(task.who != task.repeats for task in blind)


def ways(terms):
    """Return whether loads can differ by at most one, by trying everything; None when there is no way at all."""
    pairs = [
        (who, whom)
        for whom in terms.checked
        for who in terms.pool
        if who != whom and tuple(sorted((who, whom))) not in set(terms.barred)
    ]
    able = [[who for who, of in pairs if of == whom] for whom in terms.checked]
    spreads = []
    for choice in product(*(combinations(may, terms.each) for may in able)):
        tasks = {(who, whom) for whom, by in zip(terms.checked, choice, strict=True) for who in by}
        if any((whom, who) in tasks for who, whom in tasks):
            continue
        has = [sum(who == one for who, _ in tasks) for one in terms.pool]
        spreads.append(max(has) - min(has))
    return None if not spreads else min(spreads) <= 1


@settings(max_examples=30, deadline=None)
@given(terms=lists(most=4), seed=st.text(max_size=8))
def test_differs_by_one_at_most_where_that_can_be(terms, seed):
    terms = terms._replace(twice=0, each=min(terms.each, 2))

    tasks, can = assigning.assigned(seed, terms), ways(terms)

    assert (tasks is None) == (can is None)
    if can:
        loads = assigning.loads(terms, tasks).values()
        assert max(loads) - min(loads) <= 1


@pytest.mark.parametrize(("number", "each"), [(3, 1), (5, 2), (9, 4)])
def test_finds_the_way_where_everybody_meets_everybody(number, each):
    """The tightest list: each pair meets exactly once, one way."""
    names = [f"U{n}" for n in range(number)]
    terms = Checks(each, 0, names, names, [])

    tasks = assigning.assigned("seed", terms)

    assert set(assigning.loads(terms, tasks).values()) == {each}
    assert unfair(terms, tasks) == set()
    assert assigning.assigned("seed", terms._replace(each=each + 1)) is None


def test_control_finds_what_is_unfair():
    """Each neighbour checks the next, and the next checks back: the eye that the tests above look with sees it."""
    terms = Checks(1, 0, ["A", "B"], ["A", "B"], [("A", "B")])

    assert unfair(terms, [assigning.Task("A", "B"), assigning.Task("B", "A")]) == {
        "barred",
        "mutual",
    }
    assert unfair(terms, [assigning.Task("A", "A")] * 2) == {"itself", "mutual", "again"}


@settings(max_examples=30)
@given(terms=lists(), seed=st.text(max_size=8), order=st.randoms(use_true_random=False))
def test_equals_the_computation_of_the_file_alone(terms, seed, order):
    tasks = assigning.assigned(seed, terms)
    assume(tasks is not None)
    shuffled = terms._replace(
        checked=order.sample(terms.checked, len(terms.checked)),
        pool=order.sample(terms.pool, len(terms.pool)),
    )

    assert verify_draw.checks(seed, json.loads(assigning.written(shuffled))) == [*map(list, tasks)]
    assert assigning.read(assigning.written(shuffled)) == assigning.read(assigning.written(terms))


def test_another_seed_gives_another_assignment():
    names = [f"U{n}" for n in range(20)]
    terms = Checks(2, 2, names, names, [])
    drawn = [assigning.assigned(str(seed), terms) for seed in range(30)]

    assert len({tuple(tasks) for tasks in drawn}) == 30
    twice = {task.whom for tasks in drawn for task in tasks if task.repeats}
    assert len(twice) > 12  # everybody's turn may come


@st.composite
def premises(draw):
    """A list of sites: places with premises, inspectors, some who do not go somewhere."""
    strata = [
        Stratum(f"62{n}", draw(st.integers(1, 3)), [f"P{n}{m}" for m in range(draw(st.integers(0, 4)))])
        for n in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    inspectors = [f"I{n}" for n in range(draw(st.integers(1, 5)))]
    listed = [site for one in strata for site in one.sites]
    barred = {site: draw(st.lists(st.sampled_from(inspectors), unique=True)) for site in listed[:2]}
    return Sites(draw(st.integers(1, 2)), strata, inspectors, barred)


@settings(max_examples=60)
@given(terms=premises(), seed=st.text(max_size=8))
def test_draws_so_many_of_each_place_and_sends_whole_crews(terms, seed):
    visits = sites.drawn(seed, terms)
    if visits is None:
        assert sites.too_few(terms)
        return

    taken = [visit.site for visit in visits]
    for one in terms.strata:
        assert len(set(taken) & set(one.sites)) == min(one.take, len(one.sites))
    for visit in visits:
        assert len(set(visit.crew)) == terms.crew
        assert not set(visit.crew) & terms.apart().get(visit.site, set())
    if not any(terms.barred.values()) and visits:
        has = [sum(one in visit.crew for visit in visits) for one in terms.inspectors]
        assert max(has) - min(has) <= 1
    alone = verify_draw.sites(seed, json.loads(sites.written(terms)))
    assert alone == [[site, list(crew)] for site, crew in visits]


def test_gives_all_premises_the_same_chance():
    terms = Sites(1, [Stratum("620200", 3, [f"P{n}" for n in range(10)])], ["I1", "I2"], {})
    won = dict.fromkeys(terms.strata[0].sites, 0)
    for seed in range(2000):
        for visit in sites.drawn(str(seed), terms):
            won[visit.site] += 1

    expected = 2000 * 3 / 10
    assert (
        sum((n - expected) ** 2 / (expected * 0.7) for n in won.values()) < 27.9
    )  # one in a thousand


@pytest.mark.parametrize("text", ['{"kind":"checks"}', "[]", "x", '{"each": 1}'])
def test_reads_no_list_that_was_tampered_with(text):
    for read in (assigning.read, sites.read):
        with pytest.raises((ValueError, KeyError, TypeError)):
            read(text)
