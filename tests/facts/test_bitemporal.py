"""What did we say on 1 June? The same as we say now that we said then, whatever came after."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor
from django.db.models import PROTECT, ForeignKey
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.facts import actions, queries
from linli.facts.actions import Statement
from linli.facts.models import Evidence, Fact
from linli.facts.rules import periods
from tests.town import directory
from tests.town import facts as town
from tests.town.races import at_once
from tests.town.staff import actor

DEEDS = st.one_of(
    st.tuples(st.just("record"), st.integers(0, 2), st.integers(0, 9)),
    st.tuples(st.just("correct"), st.integers(0, 30), st.integers(0, 9)),
    st.tuples(st.just("raise"), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("withdraw"), st.integers(0, 30), st.just(0)),
)


class Model:
    """The plain picture: for every moment, the facts known then as (period, value, status)."""

    def __init__(self):
        self.facts = []  # [at, superseded at or None, (period, value, status)], in order

    def add(self, at, *said):
        self.facts.append([at, None, said])

    def replace(self, index, at, *said):
        self.facts[index][1] = at
        self.add(at, *said)

    def living(self):
        return [
            n for n, (_, gone, said) in enumerate(self.facts) if not gone and said[2] != "withdrawn"
        ]

    def as_of(self, when):
        return sorted(
            said
            for at, gone, said in self.facts
            if at <= when and (gone is None or gone > when) and said[2] != "withdrawn"
        )


def play(deeds):
    """Do the deeds one a minute, in the database and in the model; return the model and the moments."""
    model, facts, moments = Model(), [], []
    indicator, area, evidence = town.indicator(), directory.area(), town.statement()
    for minute, (verb, which, value) in enumerate(deeds):
        at = town.NOON + timedelta(minutes=minute)
        moments.append(at)
        common = {"by": actor(), "at": at, "evidence": evidence}
        if verb == "record":
            fact = actions.record(
                indicator=indicator, area=area, period=periods.year(2019 + which),
                statement=Statement(Decimal(value)), status=Fact.CLAIMED, **common,
            )  # fmt: skip
            if fact not in facts:
                facts.append(fact)
                model.add(at, 2019 + which, value, Fact.CLAIMED)
            continue
        living = model.living()
        if not living:
            continue
        index = living[which % len(living)]
        year, was, status = model.facts[index][2]
        common |= {"fact": facts[index], "reason": "因"}
        if verb == "correct":
            new = actions.correct(statement=Statement(Decimal(value)), status=status, **common)
            said = (year, value, status)
        elif verb == "raise" and status == Fact.CLAIMED:
            new = actions.raise_status(status=Fact.EVIDENCED, **common)
            said = (year, was, Fact.EVIDENCED)
        elif verb == "withdraw":
            new, said = actions.withdraw(**common), (year, 0, "withdrawn")
        else:
            continue
        facts.append(new)
        model.replace(index, at, *said)
    return model, moments


def known(when=None):
    indicator = town.indicator()
    return sorted(
        (fact.period_from.year, int(fact.value), fact.status)
        for fact in queries.series(indicator, when=when)
    )


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(st.lists(DEEDS, max_size=14))
def test_replays_every_moment_as_it_was(deeds):
    with transaction.atomic():
        model, moments = play(deeds)

        for moment in moments:
            for when in (moment, moment + timedelta(seconds=30)):
                assert known(when) == model.as_of(when)
        assert known(town.NOON - timedelta(seconds=1)) == []
        assert known() == known(town.NOON + timedelta(days=1))
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.lists(DEEDS, min_size=1, max_size=12), st.data())
def test_changes_nothing_that_was_said_on_an_earlier_day(deeds, data):
    cut = data.draw(st.integers(1, len(deeds)))
    with transaction.atomic():
        before_end, _ = play(deeds[:cut])
        june = town.NOON + timedelta(minutes=cut - 1)
        said = known(june)
        transaction.set_rollback(True)
    with transaction.atomic():
        play(deeds)
        assert known(june) == said == before_end.as_of(june)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_would_see_a_history_that_was_rewritten():
    """The control: without the trigger a changed row changes what was said, and the replay differs."""
    with transaction.atomic():
        model, (moment, *_) = play([("record", 0, 3), ("record", 1, 4)])
        without_trigger("facts_fact_kept_update", "UPDATE facts_fact SET value = 9")
        assert known(moment) != model.as_of(moment)
        transaction.set_rollback(True)


def without_trigger(name, change):
    """Run SQL with a trigger away, as only who may change the schema can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(change)
        return cursor.rowcount


CHANGES = [
    ("facts_fact_kept_update", "UPDATE facts_fact SET by_name = 'x'"),
    ("facts_fact_kept_delete", "DELETE FROM facts_fact"),
    ("facts_evidence_kept_update", "UPDATE facts_evidence SET source = 'x'"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "change"), [*CHANGES, ("", "DELETE FROM facts_evidence")])
def test_keeps_facts_and_evidence_against_every_program(noon, name, change):
    town.fact(at=noon)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)

    assert (Fact.objects.get().by_name, Evidence.objects.get().source) == ("甲", "统计局")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "change"), CHANGES)
def test_would_lose_them_without_the_trigger(noon, name, change):
    town.fact(at=noon)

    with transaction.atomic():
        assert without_trigger(name, change) == 1
        transaction.set_rollback(True)


def raw(fact, **changes):
    """Write a row past the actions."""
    row = {field.attname: getattr(fact, field.attname) for field in Fact._meta.concrete_fields}
    del row["id"]
    with transaction.atomic():
        return Fact(**row | {"supersedes_id": fact.pk, "reason": "因"} | changes).save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"period_from": "2018-01-01"},
        {"area_id": "620100"},
        {"at": town.NOON - timedelta(seconds=1)},
    ],
)
def test_supersedes_only_its_like(noon, changes):
    directory.area("620100", name="兰州市")
    fact = town.fact(at=noon)

    with pytest.raises(DatabaseError, match="supersedes an earlier one"):
        raw(fact, **changes)

    assert Fact.objects.count() == 1


@pytest.mark.django_db
def test_takes_no_sentence_for_proof_from_any_program(noon):
    fact = town.fact(at=noon, evidence=town.span())

    with pytest.raises(DatabaseError, match="a claim, never proof"):
        raw(fact, status=Fact.EVIDENCED)

    assert Fact.objects.count() == 1


def corrected_by_eight(noon):
    fact = town.fact(at=noon)

    def correct(number):
        actions.correct(
            by=actor(), at=noon, fact=fact, statement=Statement(Decimal(number)),
            status=Fact.CLAIMED, evidence=fact.evidence, reason="因",
        )  # fmt: skip

    return at_once(8, correct)


@pytest.mark.django_db(transaction=True)
def test_lets_one_of_eight_correct_a_fact(noon):
    failures = corrected_by_eight(noon)

    assert [failure.code for failure in failures] == ["already_superseded"] * 7
    assert Fact.objects.filter(supersedes__isnull=False).count() == 1


@pytest.fixture
def superseded_freely(transactional_db):
    """Take the guard away: the control of the test above."""
    guarded, free = guarded_and_free()
    kept = triggers()
    with connection.schema_editor() as editor:
        editor.alter_field(Fact, guarded, free)
    yield
    call_command("flush", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        editor.alter_field(Fact, free, guarded)
    assert triggers() == kept  # SQLite made the table anew, twice


def guarded_and_free():
    free = ForeignKey("self", PROTECT, null=True, related_name="superseded_by")
    free.set_attributes_from_name("supersedes")
    free.model, free.remote_field.model, free.opts = Fact, Fact, Fact._meta
    return Fact._meta.get_field("supersedes"), free


@pytest.mark.django_db(transaction=True)
def test_could_not_make_the_table_anew_with_djangos_own_editor(monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL changes tables in place")
    monkeypatch.setattr(connection, "SchemaEditorClass", DatabaseSchemaEditor)
    kept = triggers()

    with pytest.raises(OperationalError, match="error in trigger"), connection.schema_editor() as editor:  # fmt: skip
        editor.alter_field(Fact, *guarded_and_free())
    assert triggers() == kept


def triggers():
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def test_would_be_corrected_several_times_without_the_constraint(noon, superseded_freely):
    corrected_by_eight(noon)

    assert Fact.objects.filter(supersedes__isnull=False).count() > 1
