from datetime import timedelta
from decimal import Decimal

import pytest

from linli.directory.models import Area
from linli.facts import actions
from linli.facts.actions import Statement
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.periods import Period, of_iso, year
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import directory
from tests.town import facts as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
D = Decimal


def correct(fact, value="310", *, at, by=None, bound="exact", **overrides):
    given = {
        "status": Fact.CLAIMED,
        "evidence": overrides.pop("evidence", None) or town.statement(at=at),
        "reason": "抄错了一位数。",
    }
    return actions.correct(
        by=by or actor(),
        at=at,
        fact=fact,
        statement=Statement(D(value), bound),
        **given | overrides,
    )


def test_records_a_fact_with_its_interval_and_evidence(noon):
    fact = town.fact("100000", "approx_below", at=noon)

    fact.refresh_from_db()
    assert (fact.value, fact.bound) == (D(100_000), "approx_below")
    assert (fact.low, fact.high, fact.low_in, fact.high_in) == (D(80_000), D(100_000), True, False)
    assert (fact.period_from, fact.period_until) == year(2019)
    assert (fact.status, fact.evidence.source, fact.by_role) == ("claimed", "统计局", "planner")
    assert fact.at == noon


@pytest.mark.parametrize("value", ["123456789.012345", "-0.000001", "899999999999999", "0"])
def test_gives_back_exactly_what_was_recorded(noon, value):
    fact = town.fact(value, at=noon, indicator=town.indicator(kind="money"))

    fact.refresh_from_db()
    assert (fact.value, fact.low, fact.high) == (D(value),) * 3


def test_records_the_same_statement_once(noon):
    first = town.fact(at=noon)

    again = town.fact(at=noon + timedelta(days=1))

    assert again.pk == first.pk
    assert Fact.objects.count() == 1


def test_keeps_two_values_of_one_source_side_by_side(noon):
    """A report may contradict itself; both sentences are facts of what it says."""
    town.fact("300", at=noon)
    town.fact("310", at=noon)

    assert Fact.objects.current().count() == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"value": "1234567890.123456"}, "too_precise"),
        ({"value": "900000000000001"}, "too_large"),
        ({"value": "NaN"}, "not_a_number"),
        ({"value": "-1"}, "below_nought"),
        ({"bound": "vague"}, "unknown_bound"),
        ({"status": "withdrawn"}, "unknown_status"),
        ({"status": "rumoured"}, "unknown_status"),
    ],
)
def test_refuses_what_cannot_be_a_fact(noon, given, code):
    with pytest.raises(Refused) as refused:
        town.fact(at=noon, **given)

    assert refused.value.code == code
    assert Fact.objects.count() == 0


def test_refuses_things_that_were_never_kept(noon):
    nowhere = Area(code="999999", name="无", level="city", from_year=2000)
    for given, code in (
        ({"area": nowhere}, "unknown_area"),
        ({"indicator": Indicator(code="x", name="x")}, "unknown_indicator"),
    ):
        with pytest.raises(Refused) as refused:
            town.fact(at=noon, **given)
        assert refused.value.code == code
    assert Fact.objects.count() == 0


def test_refuses_a_period_without_a_day(noon):
    day = of_iso("2019-03-05").start
    with pytest.raises(Refused) as refused:
        actions.record(
            by=actor(), at=noon, indicator=town.indicator(), area=directory.area(),
            period=Period(day, day), statement=Statement(D(3)), status=Fact.CLAIMED,
            evidence=town.statement(),
        )  # fmt: skip

    assert refused.value.code == "unknown_period"
    assert Fact.objects.count() == 0


@pytest.mark.parametrize("status", [Fact.EVIDENCED, Fact.CONFIRMED])
def test_takes_a_sentence_for_a_claim_only(noon, status):
    with pytest.raises(Refused) as refused:
        town.fact(at=noon, evidence=town.span(), status=status)

    assert refused.value.code == "span_is_a_claim"
    assert Fact.objects.count() == 0
    assert town.fact(at=noon, evidence=town.span()).status == Fact.CLAIMED


def test_refuses_to_change_what_was_known_yesterday(noon):
    town.fact(at=noon, source="甲")

    with pytest.raises(Refused) as refused:
        town.fact(at=noon - timedelta(seconds=1), source="乙", period="2018")

    assert refused.value.code == "out_of_order"
    assert Fact.objects.count() == 1


def test_leaves_a_supervisor_to_judge_and_an_officer_to_the_own_unit(noon):
    evidence = town.statement("人社局")
    for by, status in (
        (actor(Role.SUPERVISOR), Fact.CLAIMED),
        (actor(Role.OFFICER, unit="教育局"), Fact.CLAIMED),
        (actor(Role.OFFICER, unit="人社局"), Fact.EVIDENCED),
    ):
        with pytest.raises(Refused) as refused:
            town.fact(at=noon, by=by, status=status, evidence=evidence)
        assert (refused.value.code, refused.value.status) == ("not_allowed", 403)
    assert Fact.objects.count() == 0

    own = town.fact(at=noon, by=actor(Role.OFFICER, unit="人社局"), evidence=evidence)
    assert own.by_unit == "人社局"


def test_corrects_and_keeps_what_was_said(noon):
    first = town.fact(at=noon)

    second = correct(first, at=noon + timedelta(days=1))

    assert second.supersedes_id == first.pk
    assert (second.value, second.reason) == (D(310), "抄错了一位数。")
    assert (second.period_from, second.area_id) == (first.period_from, first.area_id)
    assert list(Fact.objects.current()) == [second]
    assert list(Fact.objects.as_of(noon)) == [first]


def test_lets_an_officer_correct_the_own_units_claim_only(noon):
    fact = town.fact(at=noon, source="人社局")
    evidence = town.statement("人社局")
    with pytest.raises(Refused) as refused:
        correct(fact, at=noon, by=actor(Role.OFFICER, unit="教育局"), evidence=evidence)
    assert refused.value.code == "not_allowed"
    foreign = town.fact(at=noon, source="教育局")
    with pytest.raises(Refused) as refused:
        correct(foreign, at=noon, by=actor(Role.OFFICER, unit="人社局"), evidence=evidence)
    assert refused.value.code == "not_allowed"
    assert not Fact.objects.filter(supersedes__isnull=False).exists()

    assert correct(fact, at=noon, by=actor(Role.OFFICER, unit="人社局"), evidence=evidence).pk


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": "  "}, "no_reason"),
        ({"value": "0.1234567"}, "too_precise"),
        ({"status": "withdrawn"}, "unknown_status"),
    ],
)
def test_refuses_a_correction_without_its_parts(noon, given, code):
    fact = town.fact(at=noon)

    with pytest.raises(Refused) as refused:
        correct(fact, at=noon, **given)

    assert refused.value.code == code
    assert Fact.objects.count() == 1


def test_corrects_a_fact_once(noon):
    fact = town.fact(at=noon)
    correct(fact, at=noon)

    with pytest.raises(Refused) as refused:
        correct(fact, "320", at=noon + timedelta(hours=1))

    assert refused.value.code == "already_superseded"
    assert Fact.objects.count() == 2


def test_refuses_a_correction_from_the_past(noon):
    fact = town.fact(at=noon)

    with pytest.raises(Refused) as refused:
        correct(fact, at=noon - timedelta(seconds=1))

    assert refused.value.code == "out_of_order"
    assert Fact.objects.count() == 1


def test_withdraws_and_corrects_no_more(noon):
    fact = town.fact(at=noon)
    gone = actions.withdraw(
        by=actor(), at=noon + timedelta(days=1), fact=fact, evidence=town.statement(),
        reason="另一个区的数字。",
    )  # fmt: skip

    assert (gone.status, gone.value, gone.low, gone.high) == (Fact.WITHDRAWN, None, None, None)
    assert not Fact.objects.current().exists()
    assert list(Fact.objects.as_of(noon)) == [fact]
    for deed in (
        lambda: correct(gone, at=noon + timedelta(days=2)),
        lambda: actions.withdraw(
            by=actor(), at=noon + timedelta(days=2), fact=gone, evidence=fact.evidence, reason="又"
        ),
        lambda: actions.raise_status(
            by=actor(), at=noon + timedelta(days=2), fact=gone, status=Fact.EVIDENCED,
            evidence=fact.evidence, reason="又",
        ),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "already_withdrawn"
    assert Fact.objects.count() == 2


def test_refuses_to_withdraw_without_a_reason_or_for_another_unit(noon):
    fact = town.fact(at=noon)
    for by, reason, code in (
        (actor(), " ", "no_reason"),
        (actor(Role.OFFICER, unit="教育局"), "错", "not_allowed"),
        (actor(Role.SUPERVISOR), "错", "not_allowed"),
    ):
        with pytest.raises(Refused) as refused:
            actions.withdraw(by=by, at=noon, fact=fact, evidence=fact.evidence, reason=reason)
        assert refused.value.code == code
    assert Fact.objects.count() == 1


def test_raises_a_claim_step_by_step(noon):
    claim = town.fact("300", "more_than", at=noon, source="人社局")

    proven = actions.raise_status(
        by=actor(Role.SUPERVISOR), at=noon, fact=claim, status=Fact.EVIDENCED,
        evidence=town.file("人社局"), reason="核对签到册。",
    )  # fmt: skip
    sure = actions.raise_status(
        by=actor(), at=noon, fact=proven, status=Fact.CONFIRMED, evidence=town.statement("统计局"),
        reason="统计局数字一致。",
    )  # fmt: skip

    assert [fact.status for fact in (claim, proven, sure)] == ["claimed", "evidenced", "confirmed"]
    assert {(fact.value, fact.bound, fact.low) for fact in (claim, proven, sure)} == {
        (D(300), "more_than", D(300))
    }
    assert list(Fact.objects.current()) == [sure]


@pytest.mark.parametrize("status", ["claimed", "evidenced", "withdrawn", "rumoured"])
def test_raises_upwards_only(noon, status):
    fact = town.fact(at=noon, status=Fact.EVIDENCED)

    with pytest.raises(Refused) as refused:
        actions.raise_status(
            by=actor(), at=noon, fact=fact, status=status, evidence=fact.evidence, reason="因"
        )

    assert refused.value.code == "not_a_raise"
    assert Fact.objects.count() == 1


def test_refuses_an_officer_who_would_raise_and_a_sentence_as_proof(noon):
    fact = town.fact(at=noon, source="人社局")
    for by, evidence, code in (
        (actor(Role.OFFICER, unit="人社局"), fact.evidence, "not_allowed"),
        (actor(Role.SUPERVISOR), town.span(), "span_is_a_claim"),
    ):
        with pytest.raises(Refused) as refused:
            actions.raise_status(
                by=by, at=noon, fact=fact, status=Fact.EVIDENCED, evidence=evidence, reason="因"
            )
        assert refused.value.code == code
    assert Fact.objects.count() == 1


def test_cites_a_file_and_keeps_it(noon):
    said = town.file(data=b"abc", name="表.csv")

    assert files.fetch(said.digest) == b"abc"
    assert (said.kind, said.file_name, said.by_name) == ("file", "表.csv", "甲")


@pytest.mark.parametrize(
    ("cite", "code"),
    [
        (lambda: town.statement(" "), "no_source"),
        (lambda: town.statement(words=" "), "no_words"),
        (lambda: town.file(data=b""), "empty_file"),
        (lambda: town.file(data=b"x" * (actions.evidence.LARGEST + 1)), "too_large"),
        (lambda: town.span(words=""), "no_words"),
        (lambda: town.query(version=""), "no_version"),
        (
            lambda: actions.cite_statement(
                by=actor(), at=town.NOON, source="甲", words="乙", address="javascript:alert(1)"
            ),
            "not_an_address",
        ),
        (
            lambda: actions.cite_statement(
                by=actor(), at=town.NOON, source="甲", words="乙", address="//example.org/"
            ),
            "not_an_address",
        ),
    ],
)
def test_refuses_evidence_that_is_none(cite, code):
    with pytest.raises(Refused) as refused:
        cite()

    assert refused.value.code == code
    assert Evidence.objects.count() == 0


def test_cites_the_words_of_a_span_exactly():
    with pytest.raises(Refused) as refused:
        actions.cite_span(
            by=actor(), at=town.NOON, source="甲", digest="0" * 64, start=0, end=3, words="四个字吗",
            address="/reports/x/",
        )  # fmt: skip

    assert refused.value.code == "no_words"
