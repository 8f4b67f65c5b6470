"""Candidates of whom sources have said what they say."""

from django.db import connection

from linli.assessments.actions import scores
from tests.town import assessments, directory

WEIGHTS = {"self": 10, "cross": 30, "site": 60}


def step(candidacy, to, *, at):
    return assessments.rounds.step(by=assessments.planner(), at=at, candidacy=candidacy, to=to)


def heard(name, *, at, of, says, category=None, level="city"):
    """A candidate at its score. `says`: {source: answers}, a source's answers also as [(unit, answers), …]."""
    one = assessments.candidate(name, at=at, of=of, category=category, level=level)
    for source in ("self", "cross", "site"):
        if source not in says:
            continue
        step(one, source, at=at)
        told = says[source]
        for unit, answers in told if isinstance(told, list) else [(None, told)]:
            asked = assessments.task(source, unit or _asks(source, one), at=at, of=one)
            assessments.sheet(asked, answers, at=at)
        one.refresh_from_db()
    step(one, "score", at=at)
    one.refresh_from_db()
    return one


def _asks(source, candidacy):
    if source == "self":
        return candidacy.subject.unit
    return directory.unit("互检单位" if source == "cross" else "实地检查组")


def twice(kind, candidacy, first, second, *, at):
    """The candidate, assessed twice blindly: answers of the one unit and of the other."""
    step(candidacy, kind, at=at)
    one = assessments.task(kind, "互检一组", at=at, of=candidacy)
    other = assessments.task(kind, "互检二组", at=at, of=candidacy, first=one)
    return [
        assessments.sheet(one, first, at=at),
        assessments.sheet(other, second, at=at),
    ]


def score(candidacy, *, at, by=None):
    return scores.score(by=by or assessments.planner(), at=at, candidacy=candidacy)


def score_all(round_, *, at, by=None):
    return scores.score_round(by=by or assessments.planner(), at=at, round=round_)


def without_triggers(table):
    """Let rows of a table be changed until the test is rolled back: as by somebody who holds the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
