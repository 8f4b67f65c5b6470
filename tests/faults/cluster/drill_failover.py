"""A database machine that dies or freezes under a house that is asked (R5; rows 13, 12 and 14 of the catalogue).

Three real machines in synchronous mode: nothing that was acknowledged is lost. The control, asynchronous and with the
way to the others stalled, must lose. `make cluster` runs these; a plain pytest does not collect them. Seconds are told,
not asserted.
"""

import time
from contextlib import contextmanager

from tests.faults.cluster.city import waited
from tests.faults.cluster.house import Load, counts, halves, lost, opened
from tests.faults.cluster.machine import DATABASE

# The control may promote who is far behind: else nobody would lead, and nothing be lost.
BEHIND = {"maximum_lag_on_failover": 1 << 30}
BEHIND_NOT = {"maximum_lag_on_failover": 1 << 20}


@contextmanager
def one_effect_each(city, load):
    """Afterwards as many were added as were told so: who sent twice under one key had one effect."""
    with city.connect(city.leader()) as line:
        before = counts(line)
    yield
    with city.connect(city.leader()) as line:
        after = counts(line)
        assert lost(line, load) == []
        assert halves(line) == {}
    assert {each: after[each] - before[each] for each in after} == {
        each: len(set(load.codes(booking=each))) for each in after
    }
    assert opened(load.house, load) == []


def in_words(load, since):
    told = ", ".join(f"{count} x {said}" for said, count in sorted(load.answers.items(), key=str))
    return (
        f"lost 0 of {len(load.granted)} acknowledged, half done 0, twice 0; write gap {load.gap(since):.1f} s ({told}; "
        f"slowest {load.slowest:.1f} s; /health {dict(load.health)}, slowest {load.slowest_health:.1f} s)"
    )


def killed(city, load, stalled=0.0):
    """Kill the leader's machine under load and mend all; return when it began, the promotion's seconds, the rejoining's."""
    old = city.leader()
    load.told_more(200)
    moment = time.monotonic()
    if stalled:
        old.link.stall()
        time.sleep(stalled)
    old.kill()
    _new, promoted = city.another(old)
    load.told_more(200)
    return moment, promoted, city.repair()


def test_keeps_what_it_acknowledged_when_the_leaders_machine_dies(city, house, found):
    city.repair(synchronous=True, **BEHIND_NOT)
    load = Load(house)

    with one_effect_each(city, load), load.going_on():
        moment, promoted, rejoined = killed(city, load)
        load.told_more(100)

    assert set(load.answers) <= {201, 503}
    found(
        13, "the leader's machine dies (agent, database, etcd: kill -9) while twelve ask and book",
        "lost 0, gap <= 30 s, rejoin unattended <= 60 s",
        f"{in_words(load, moment)}; promoted after {promoted:.1f} s; the old one back as a standby after {rejoined:.1f} s",
        "row 12: asynchronous, it loses",
    )  # fmt: skip


def test_keeps_what_it_acknowledged_when_the_others_heard_nothing_for_a_while(city, house, found):
    city.repair(synchronous=True, **BEHIND_NOT)
    load = Load(house)

    with one_effect_each(city, load), load.going_on():
        moment, promoted, _rejoined = killed(city, load, stalled=3)

    found(
        12, "the way from the leader stalls for 3 s, then its machine dies", "lost 0, gap <= 30 s",
        f"{in_words(load, moment)}; promoted after {promoted:.1f} s", "asynchronous, it loses",
    )  # fmt: skip


def test_control_loses_what_was_acknowledged_asynchronously(city, house, found):
    city.repair(synchronous=False, **BEHIND)
    load = Load(house)

    with load.going_on():
        _moment, promoted, _rejoined = killed(city, load, stalled=3)

    with city.connect(city.leader()) as line:
        gone = lost(line, load)
    assert gone != []
    found(
        12, "control: the same, but commits wait for nobody (synchronous_mode off)", "loses > 0, else the others are blind",
        f"lost {len(gone)} of {len(load.granted)} acknowledged; promoted after {promoted:.1f} s",
    )  # fmt: skip


def test_keeps_what_it_acknowledged_when_the_second_machine_dies(city, house, found):
    city.repair(synchronous=True, **BEHIND_NOT)
    load = Load(house)

    with one_effect_each(city, load), load.going_on():
        load.told_more(100)
        moment = time.monotonic()
        city.second().kill()
        load.told_more(200)
        rejoined = city.repair()

    found(
        13, "the machine dies that every commit waits for", "lost 0, gap <= 30 s",
        f"{in_words(load, moment)}; back after {rejoined:.1f} s",
    )  # fmt: skip


def frozen(city):
    """Freeze the leader's machine until another leads; then thaw its database before its agent: the worst order.

    Return how many of five writes that were sent to it then were accepted, and the promotion's seconds.
    """
    old = city.leader()
    with city.connect(old, autocommit=True) as line:
        line.execute("CREATE TABLE IF NOT EXISTS probe (said integer)")
    waited(lambda: all(_has_probe(city, one) for one in city.all), "the table did not come to all")
    old.freeze()
    try:
        _new, promoted = city.another(old)
        old.thaw(DATABASE)
        accepted = city.accepted(old, "INSERT INTO probe VALUES (1)", times=5)
    finally:
        old.thaw()
    return accepted, promoted


def _has_probe(city, machine):
    with city.connect(machine) as line:
        return line.execute("SELECT to_regclass('probe') IS NOT NULL").fetchone()[0]


def test_accepts_nothing_on_a_leader_that_was_replaced_while_it_was_frozen(city, house, found):
    city.repair(synchronous=True, **BEHIND_NOT)
    load = Load(house)

    with one_effect_each(city, load), load.going_on():
        load.told_more(100)
        moment = time.monotonic()
        accepted, promoted = frozen(city)
        load.told_more(200)
        rejoined = city.repair()

    assert accepted == 0
    found(
        14, "the leader's machine freezes, another is promoted, it thaws: its database before its agent",
        "0 writes accepted by the old one",
        f"accepted 0 of 5; {in_words(load, moment)}; promoted after {promoted:.1f} s; back after {rejoined:.1f} s",
        "asynchronous, it accepts",
    )  # fmt: skip


def test_control_accepts_on_both_sides_asynchronously(city, found):
    city.repair(synchronous=False, **BEHIND)

    accepted, _promoted = frozen(city)

    assert accepted > 0
    city.repair(synchronous=False)
    found(
        14,
        "control: the same, but commits wait for nobody",
        "accepts > 0, else the other is blind",
        f"accepted {accepted} of 5",
    )


def test_acknowledges_nothing_that_waits_however_short_a_statement_may_last(city, found):
    """A limit on statements that cut the wait of a commit would acknowledge what no other machine has."""
    city.repair(synchronous=True, **BEHIND_NOT)
    leader = city.leader()
    with city.connect(leader, autocommit=True) as line:
        line.execute("CREATE TABLE IF NOT EXISTS probe (said integer)")
    limited = "SET statement_timeout = '500ms'; SET lock_timeout = '500ms'"

    leader.link.stall()
    try:
        # Before the leader gives the others up (wal_sender_timeout) and goes on alone.
        waiting = city.accepted(
            leader, limited, "INSERT INTO probe VALUES (2)", times=3, patience=5
        )
        cut = city.accepted(leader, limited, "SELECT pg_sleep(9)", times=1)
        read = city.accepted(leader, "SELECT count(*) FROM probe", times=1)
    finally:
        leader.link.cut()

    assert (waiting, cut, read) == (0, 0, 1)
    city.repair()
    found(
        14,
        "statement_timeout 0.5 s while a commit waits for a second machine",
        "0 acknowledged",
        "acknowledged 0 of 3; reading goes on",
    )
