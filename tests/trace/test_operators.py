"""What a business replies, how it ends, and a table that two people bring at once."""

import threading
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from linli.kernel.refusals import Refused
from linli.kernel.sheets import write_csv
from linli.trace.actions import keys, operator_import, operators, replies
from linli.trace.models import Operator, OperatorKey, OperatorReply, Premises
from linli.trace.queries.keys import as_operator, operator_of_phrase
from linli.trace.rules.operator_rows import columns_of, read_row
from tests.town import directory, trace
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OTHER = actor(unit="政府办")


@pytest.fixture
def place():
    return trace.premises(at=NOW)


def replied(place, words="已整改。", by=None):
    by = by or as_operator(place.operator)
    return replies.reply(by=by, at=NOW, premises=place, words=words)


@pytest.mark.parametrize(
    ("words", "code"),
    [(" ", "no_words"), ("长" * 2001, "words_too_long"), ("他信仰某教", "trait_of_a_person")],
)
def test_refuses_words_that_may_not_stand(place, words, code):
    with pytest.raises(Refused, match=code):
        replied(place, words)
    assert not OperatorReply.objects.exists()


def test_takes_words_from_nobody_but_the_business(place):
    for by in (trace.officer(), actor(), as_operator(trace.operator("另一家", at=NOW, number=2))):
        with pytest.raises(Refused, match=r"not_allowed|other_operator"):
            replied(place, by=by)
    assert not OperatorReply.objects.exists()


def test_lets_five_replies_stand_and_one_more_for_each_taken_back(place):
    first, *_rest = [replied(place) for _ in range(5)]
    with pytest.raises(Refused, match="too_many_replies"):
        replied(place)
    with pytest.raises(DatabaseError), transaction.atomic():
        OperatorReply.objects.create(premises=place, number=9, words="第六条", at=NOW)
    by = as_operator(place.operator)
    replies.take_back(by=by, at=NOW, reply=first)
    replies.take_back(by=by, at=NOW, reply=first)
    assert replied(place).number == 6
    assert place.replies.standing().count() == 5


def test_withholds_once_with_a_reason_and_not_by_its_own_unit(place):
    said = replied(place)
    for by, reason, code in (
        (actor(unit=trace.KEEPER), "辱骂", "own_operator"),
        (trace.officer(), "辱骂", "not_allowed"),
        (OTHER, " ", "no_words"),
    ):
        with pytest.raises(Refused, match=code):
            replies.withhold(by=by, at=NOW, reply=said, reason=reason)
    said.refresh_from_db()
    assert said.withheld_at is None
    replies.withhold(by=OTHER, at=NOW, reply=said, reason="辱骂")
    with pytest.raises(Refused, match="withheld"):
        replies.withhold(by=OTHER, at=NOW, reply=said, reason="又一次")
    with pytest.raises(Refused, match="withheld"):
        replies.take_back(by=as_operator(place.operator), at=NOW, reply=said)


@pytest.mark.parametrize("fields", [{"words": "改过"}, {"number": 7}, {"taken_back_at": None}])
def test_refuses_to_change_what_was_said(place, fields):
    said = replies.take_back(by=as_operator(place.operator), at=NOW, reply=replied(place))
    with pytest.raises(DatabaseError), transaction.atomic():
        OperatorReply.objects.filter(pk=said.pk).update(**fields)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trace_operatorreply")


def test_ends_a_business_once_its_premises_are_closed_with_its_keys(place):
    one, by = place.operator, trace.officer()
    phrase = keys.hand_phrase(by=by, at=NOW, operator=one)
    with pytest.raises(Refused, match="premises_open"):
        operators.end_business(by=by, at=NOW, operator=one, on=NOW.date())
    assert Operator.objects.get().closed_on is None
    operators.close_premises(by=by, at=NOW, premises=place, on=NOW.date())
    with pytest.raises(Refused, match="not_own_unit"):
        operators.end_business(by=trace.officer("别局"), at=NOW, operator=one, on=NOW.date())
    operators.end_business(by=by, at=NOW, operator=one, on=NOW.date())
    assert operator_of_phrase(one.code, phrase) is None
    assert not OperatorKey.objects.filter(ended_at=None).exists()
    with pytest.raises(Refused, match="closed"):
        operators.end_business(by=by, at=NOW, operator=one, on=NOW.date())


def test_reads_a_row_as_it_is_written_by_hand():
    header = ("Business", "店名", "经营项目*", "地图方格")
    assert columns_of(header) == {"operator": 0, "activities": 2, "square": 3}
    read = read_row(3, {"operator": "甲", "activities": "屠宰， 零售/餐饮服务", "square": "3－12"})
    assert read.values == {
        "operator": "甲", "activities": ("catering", "retail", "slaughter"), "square": (3, 12),
    }  # fmt: skip
    assert read.wrongs == dict.fromkeys(("name", "area", "street"), "missing")
    assert read_row(4, {"square": "0-5"}).wrongs["square"] == "not_a_square"


def table(*rows):
    columns = ("经营者名称", "统一社会信用代码", "门店名称", "所在地", "地址", "经营项目")
    return write_csv(columns, rows).encode()


def test_holds_names_and_codes_of_a_table_against_each_other():
    unit, area = trace.keeper(), directory.area().code
    one, two = trace.credit_code(1), trace.credit_code(2)
    rows = (
        ("甲", one, "甲一", area, "1 号", "餐饮"),
        ("乙", one, "乙一", area, "2 号", "餐饮"),
        ("甲", two, "甲二", area, "3 号", "餐饮"),
    )
    run = operator_import.dry_run(operator_import.read_sheet(table(*rows)), unit)
    assert [row.wrongs for row in run.rows] == [
        {}, {"credit_code": "another_name"}, {"credit_code": "another_code"},
    ]  # fmt: skip


def both_bring(monkeypatch):
    """Let two people confirm the same table at once; return how many premises stand then."""
    unit, area = trace.keeper(), directory.area().code
    brought = operator_import.PremisesTable(data=table(("甲", "", "甲一", area, "1 号", "餐饮")))
    met, judge = threading.Barrier(2), operator_import.dry_run

    def slowly(*given):
        run = judge(*given)
        with suppress(threading.BrokenBarrierError):
            met.wait(0.5)
        return run

    monkeypatch.setattr(operator_import, "dry_run", slowly)
    by = trace.officer()
    at_once(
        2,
        lambda _n: operator_import.import_premises(by=by, at=NOW, unit=unit, table=brought),
    )
    return Premises.objects.count()


@pytest.mark.django_db(transaction=True)
def test_takes_a_table_in_once_when_two_bring_it(monkeypatch):
    assert both_bring(monkeypatch) == 1


@pytest.mark.django_db(transaction=True)
def test_control_takes_it_in_twice_without_the_lock(monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
    assert both_bring(monkeypatch) == 2
