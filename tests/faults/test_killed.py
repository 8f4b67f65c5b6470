"""`linli serve` killed with -9 while many ask (R4): what was acknowledged opens, and nothing is half done.

LINLI_KILLS says how often (4; `make faults`: 120). Power loss is another matter: a kill leaves the system's memory as it is.
"""

import os

import pytest

from tests.faults.server import HOUSES, copied, count, faults_of, looks_at

KILLS = int(os.environ.get("LINLI_KILLS", "4"))


@pytest.fixture
def server(prepared, tmp_path, request):
    with copied(prepared, tmp_path / "home", getattr(request, "param", HOUSES)) as made:
        yield made


def test_keeps_what_it_acknowledged_however_often_it_is_killed(server, record_property):
    for number in range(KILLS):
        server.start()
        server.killed_under_load(3 + 4 * (number % 20))
        assert faults_of(server.home) == {}

    assert server.taken > 3 * KILLS
    seen = looks_at(server.home)
    assert {
        code: server.read.count(code)
        for code in server.read
        if server.read.count(code) > seen.get(code, 0)
    } == {}
    server.start()
    lost = server.lost()
    record_property("lost", f"{len(lost)} of {server.taken} in {KILLS} kills")
    assert lost == []
    # Whoever was told nothing sends again under the same key: each asked once, and is answered now.
    for one in server.sent:
        if not one.code:
            assert server.send(one) == 201
    server.kill()
    assert (
        count(server.home, "cases_case")
        == len({one.code for one in server.sent})
        == len(server.sent)
    )
    assert faults_of(server.home) == {}


@pytest.mark.parametrize("server", ["tests.faults.careless"], indirect=True)
def test_control_loses_what_is_acknowledged_before_it_is_written(server):
    server.start()
    server.killed_under_load(3)
    server.start()

    assert server.lost() != []


def test_control_sees_a_case_that_is_half_done(server):
    import sqlite3

    server.start()
    server.killed_under_load(3)
    assert faults_of(server.home) == {}
    with sqlite3.connect(server.home / "linli.sqlite3") as database:
        for table in ("clockevent", "step"):
            for (name,) in database.execute(
                f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cases_{table}'"
            ).fetchall():
                database.execute(f"DROP TRIGGER {name}")
        database.execute(
            "DELETE FROM cases_clockevent WHERE id = (SELECT max(id) FROM cases_clockevent)"
        )
        database.execute("DELETE FROM cases_step WHERE id = (SELECT max(id) FROM cases_step)")
        database.execute(
            "INSERT INTO kernel_subject (code, purpose, created_on, purge_on) VALUES ('7K3M-92QD', 'case', '2026-11-20', '2027-11-20')"
        )

    assert set(faults_of(server.home)) == {"clocks", "step", "subject", "no key"}
