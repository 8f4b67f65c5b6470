"""Recalls: nobody alone calls one, whom it reaches is known at once, and what was told stays as it was."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.trace.actions import recall_answers, recalls
from linli.trace.models import Alert, Recall, RecallCount, RecallReach, RecallTold
from linli.trace.queries.keys import as_operator
from linli.trace.queries.recall_marks import balances, marks
from linli.trace.queries.recalls import public_recalls, standing
from tests.town import races, trace
from tests.town import recalls as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def goods():
    return town.chain(NOW)


def told(recall, place):
    return recall.told.get(operator=place.operator)


def test_tells_at_once_whoever_had_it_and_their_units(goods):
    recall = town.running(goods.beef, at=NOW)
    reach = {(one.way, one.lot.product.name, one.made, one.hops) for one in recall.reach.all()}
    assert reach == {("ahead", "牛肉", True, 0), ("ahead", "牛肉肠", True, 1)}
    businesses = {
        one.operator.name: (one.channel, len(one.had))
        for one in recall.told.filter(operator__isnull=False)
    }
    assert businesses == {
        "河东牛羊公司": ("page", 1),
        "河西食品公司": ("page", 2),
        "南门便利店": ("", 1),
    }
    assert {one.unit for one in Alert.objects.filter(kind="recall")} == {
        goods.farm.operator.unit, goods.shop.operator.unit
    }  # fmt: skip
    assert recall.told.filter(unit__isnull=False).count() == 2


def test_says_what_a_lot_is_under(goods):
    recall = town.running(goods.beef, at=NOW)
    stands = standing([goods.beef.pk, goods.sausage.pk, goods.lamb.pk])
    assert (stands[goods.beef.pk].code, stands[goods.beef.pk].itself) == (recall.code, True)
    assert (stands[goods.sausage.pk].itself, stands[goods.sausage.pk].ended) == (False, False)
    assert stands[goods.lamb.pk] is None
    ended = recalls.end(by=trace.officer(), at=SOON, recall=recall, words="全部收回")
    assert standing([goods.beef.pk])[goods.beef.pk].ended
    assert list(public_recalls()) == [ended]


def test_walks_back_to_what_it_came_from(goods):
    recall = town.running(goods.sausage, at=NOW)
    back = recall.reach.filter(way=RecallReach.BACK).values_list("lot__product__name", "hops")
    assert list(back) == [("牛肉", 1)]
    assert not recall.told.filter(operator=goods.farm.operator).exists()


def test_shows_a_drill_to_nobody_outside(goods):
    drill = town.running(goods.beef, at=NOW, drill=True, words="")
    assert drill.reach.count() == 2
    assert standing([goods.beef.pk]) == {goods.beef.pk: None}
    assert not public_recalls().exists()
    town.running(goods.beef, at=NOW)
    assert public_recalls().count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"grounds": "luck"}, "no_grounds"),
        ({"advice": "eat"}, "no_advice"),
        ({"words": " "}, "no_words"),
        ({"since": SOON}, "since_wrong"),
    ],
)
def test_refuses_a_recall_that_says_too_little(goods, given, code):
    with pytest.raises(Refused, match=code):
        town.started(goods.beef, at=NOW, **given)
    assert not Recall.objects.exists()


def test_takes_two_to_call_a_lot_back(goods):
    recall = town.started(goods.beef, at=NOW)
    with pytest.raises(Refused, match="recalled"):
        town.started(goods.beef, at=NOW)
    with pytest.raises(Refused, match="not_allowed"):
        recalls.decide(by=trace.officer(name="另一人"), at=NOW, recall=recall)
    with pytest.raises(Refused, match="same_person"):
        recalls.decide(by=actor(Role.PLANNER, name="经办人"), at=NOW, recall=recall)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recall.objects.filter(pk=recall.pk).update(
            state="dropped", decided_at=NOW, decided_by="经办人", decided_words="不"
        )
    assert not RecallReach.objects.exists()
    recalls.decide(by=town.PLANNER, at=NOW, recall=recall)
    with pytest.raises(Refused, match="decided"):
        recalls.decide(by=town.PLANNER, at=NOW, recall=recall)


def test_drops_a_recall_with_the_reason(goods):
    recall = town.started(goods.beef, at=NOW)
    with pytest.raises(Refused, match="no_words"):
        recalls.drop(by=town.PLANNER, at=NOW, recall=recall, words="")
    assert recalls.drop(by=town.PLANNER, at=NOW, recall=recall, words="样品弄错").state == "dropped"
    assert not RecallTold.objects.exists()
    with pytest.raises(Refused, match="not_running"):
        recalls.walk_again(by=trace.officer(), at=NOW, recall=recall)


def test_lets_a_maker_call_its_own_back_alone(goods):
    draft = recalls.RecallDraft(goods.sausage, "maker", "return", NOW - timedelta(30), "封口不严")
    with pytest.raises(Refused, match="other_operator"):
        recalls.call_own(by=as_operator(goods.farm.operator), at=NOW, draft=draft)
    with pytest.raises(Refused, match="not_allowed"):
        recalls.call_own(by=trace.officer(), at=NOW, draft=draft)
    own = as_operator(goods.maker.operator)
    drill = recalls.RecallDraft(goods.sausage, "maker", "return", NOW, drill=True)
    with pytest.raises(Refused, match="drilled"):
        recalls.call_own(by=own, at=NOW, draft=drill)
    assert recalls.call_own(by=own, at=NOW, draft=draft).state == "running"


def test_lets_no_other_unit_start_or_end_one(goods):
    draft = recalls.RecallDraft(goods.beef, "label", "apart", NOW, "标签不符")
    stranger = trace.officer(goods.shop.operator.unit)
    with pytest.raises(Refused, match="not_own_unit"):
        recalls.start(by=stranger, at=NOW, draft=draft)
    recall = town.running(goods.beef, at=NOW)
    with pytest.raises(Refused, match="not_own_unit"):
        recalls.end(by=stranger, at=NOW, recall=recall, words="完")
    with pytest.raises(Refused, match="no_words"):
        recalls.end(by=trace.officer(), at=NOW, recall=recall, words=" ")


def test_hears_from_whom_it_told(goods):
    recall = town.running(goods.beef, at=NOW)
    shop, by = told(recall, goods.shop), trace.officer(goods.shop.operator.unit)
    with pytest.raises(Refused, match="not_told"):
        recall_answers.acknowledge(by=by, at=SOON, told=shop)
    with pytest.raises(Refused, match="no_channel"):
        recall_answers.tell(by=by, at=SOON, told=shop, channel="page")
    recall_answers.tell(by=by, at=SOON, told=shop, channel="phone")
    with pytest.raises(Refused, match="told"):
        recall_answers.tell(by=by, at=SOON, told=shop, channel="paper")
    maker = told(recall, goods.maker)
    with pytest.raises(Refused, match="other_operator"):
        recall_answers.acknowledge(by=as_operator(goods.farm.operator), at=SOON, told=maker)
    first = recall_answers.acknowledge(by=as_operator(goods.maker.operator), at=SOON, told=maker)
    again = recall_answers.acknowledge(by=by_maker(goods), at=SOON + timedelta(1), told=maker)
    assert first.acknowledged_at == again.acknowledged_at == SOON


def by_maker(goods):
    return as_operator(goods.maker.operator)


def test_counts_what_became_of_the_goods(goods):
    recall = town.running(goods.beef, at=NOW)
    maker, shop = told(recall, goods.maker), told(recall, goods.shop)
    beef, sausage = goods.beef.pk, goods.sausage.pk
    said = {(beef, "used"): Decimal(30), (beef, "left"): Decimal(70), (sausage, "left"): Decimal(5)}
    assert recall_answers.count(by=by_maker(goods), at=SOON, told=maker, counts=said) == 3
    assert recall_answers.count(
        by=by_maker(goods), at=SOON, told=maker, counts=said | {(sausage, "left"): Decimal(15)}
    ) == 1  # fmt: skip
    recall_answers.tell(
        by=trace.officer(goods.shop.operator.unit), at=SOON, told=shop, channel="phone"
    )
    recall_answers.count(
        by=actor(Role.CLERK, name="窗口"), at=SOON, told=shop,
        counts={(sausage, "gone"): Decimal(15), (sausage, "back"): Decimal(9)},
    )  # fmt: skip
    found = {one.lot: (one.found, one.missing) for one in balances(recall)}
    assert found == {goods.beef.code: (100, 0), goods.sausage.code: (30, 10)}
    now = marks(recall)
    assert now == (0, 10_000, 10_000, 6_666, 8_750)
    ended = recalls.end(by=trace.officer(), at=SOON, recall=recall, words="收回九成")
    assert marks(ended) == now
    assert ended.outcome["balances"][1]["gone"] == "15.000"


@pytest.mark.parametrize(
    ("lot", "kind", "quantity", "code"),
    [
        ("lamb", "left", 1, "not_reached"),
        ("beef", "eaten", 1, "unknown_kind"),
        ("beef", "left", -1, "quantity_wrong"),
    ],
)
def test_refuses_counts_that_cannot_be(goods, lot, kind, quantity, code):
    recall = town.running(goods.beef, at=NOW)
    counts = {(getattr(goods, lot).pk, kind): Decimal(quantity)}
    with pytest.raises(Refused, match=code):
        recall_answers.count(
            by=by_maker(goods), at=SOON, told=told(recall, goods.maker), counts=counts
        )
    assert not RecallCount.objects.exists()
    assert told(recall, goods.maker).acknowledged_at is None


def test_finds_what_was_told_meanwhile(goods):
    recall = town.running(goods.beef, at=NOW)
    pie = trace.lot(
        trace.product(goods.maker.operator, at=NOW, name="肉饼"), goods.maker, at=NOW, drawn=104
    )
    town.tell(
        goods.maker.operator,
        town.deed("made", pie, goods.maker, NOW, used=[goods.sausage]),
        at=SOON,
    )
    assert recalls.walk_again(by=trace.officer(), at=SOON, recall=recall) == 1
    assert recalls.walk_again(by=trace.officer(), at=SOON, recall=recall) == 0
    assert standing([pie.pk])[pie.pk].code == recall.code
    assert len(told(recall, goods.maker).had) == 3
    assert Alert.objects.filter(kind="recall").count() == 2


def test_keeps_what_a_recall_was(goods):
    recall = town.running(goods.beef, at=NOW)
    never = [
        lambda: Recall.objects.filter(pk=recall.pk).update(words="别的"),
        lambda: Recall.objects.filter(pk=recall.pk).update(state="started"),
        lambda: recall.reach.update(hops=3),
        lambda: recall.told.filter(channel="page").update(channel="paper"),
        lambda: Recall.objects.create(
            code="0",
            lot=goods.lamb,
            state="running",
            since=NOW,
            decided_at=NOW,
            reached_at=NOW,
            at=NOW,
        ),
    ]
    for deed in never:
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    recalls.end(by=trace.officer(), at=SOON, recall=recall, words="完")
    with pytest.raises(DatabaseError), transaction.atomic():
        Recall.objects.filter(pk=recall.pk).update(ended_words="又")
    with pytest.raises(DatabaseError), transaction.atomic():
        RecallTold.objects.create(recall=recall, unit=trace.directory.unit("别处"), found_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_tells_each_once_when_two_decide_at_the_same_moment():
    goods = town.chain(NOW)
    recall = town.started(goods.beef, at=NOW)

    failures = races.at_once(3, lambda _n: recalls.decide(by=town.PLANNER, at=NOW, recall=recall))

    assert sorted(one.code for one in failures) == ["decided", "decided"]
    assert recall.told.count() == 5


@pytest.mark.django_db(transaction=True)
def test_control_of_the_race_decides_twice_without_the_lock(monkeypatch):
    goods = town.chain(NOW)
    recall = town.started(goods.beef, at=NOW)
    monkeypatch.setattr(recalls, "_undecided", lambda by, recall: recall)

    failures = races.at_once(3, lambda _n: recalls.decide(by=town.PLANNER, at=NOW, recall=recall))

    assert not any(isinstance(one, Refused) for one in failures)
