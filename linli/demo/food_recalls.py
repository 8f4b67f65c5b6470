"""What Jiayuguan called back: a drill that went well, and the lot in which duck was found."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from linli.demo import people
from linli.demo.food import KEEPER, PLANT, STALL, place
from linli.demo.food_goods import BEEF, ROLLS, lot_of
from linli.demo.funds_books import morning
from linli.demo.units import JIAYUGUAN
from linli.trace.actions import recall_answers, recalls
from linli.trace.actions.recalls import RecallDraft
from linli.trace.models import Operator, Recall, RecallTold
from linli.trace.queries.keys import as_operator


def call_back(*, today: date) -> None:
    """Hold the drill and call the recall, unless that was done."""
    if Recall.objects.exists():
        return
    _drill(today)
    _recall(today)


def _drill(today: date) -> None:
    at = morning(today - timedelta(days=15))
    lot = lot_of(BEEF)
    draft = RecallDraft(lot, "origin", "apart", at - timedelta(days=9), "演练", drill=True)
    started = recalls.start(by=people.officer(KEEPER), at=at, draft=draft)
    at += timedelta(minutes=4)
    running = recalls.decide(by=people.planner(JIAYUGUAN), at=at, recall=started, words="开始演练")
    for number, (operator, told) in enumerate(_businesses(running)):
        _reached(told, at + timedelta(minutes=10))
        answered = at + timedelta(minutes=25 + 13 * number)
        recall_answers.acknowledge(by=as_operator(operator), at=answered, told=told)
    recalls.end(
        by=people.officer(KEEPER), at=at + timedelta(hours=3), recall=running,
        words="各经营单位按时回复，台账相符。（示例）",
    )  # fmt: skip


def _recall(today: date) -> None:
    """Two have answered, one said how much is left; the third is still to be reached."""
    at = morning(today - timedelta(days=5))
    lot = lot_of(ROLLS)
    words = "实验室两次独立检验均检出鸭源性成分，与标签不符。（示例）"
    draft = RecallDraft(lot, "laboratory", "return", morning(lot.made_on), words)
    started = recalls.start(by=people.officer(KEEPER), at=at, draft=draft)
    at += timedelta(minutes=11)
    running = recalls.decide(by=people.planner(JIAYUGUAN), at=at, recall=started, words="同意召回")
    said = {
        place(STALL).operator: {"left": 55, "gone": 35},
        place(PLANT).operator: {"left": 80},
    }
    for operator, told in _businesses(running):
        if operator not in said:
            continue
        _reached(told, at + timedelta(minutes=20))
        counts = {(lot.pk, kind): Decimal(value) for kind, value in said[operator].items()}
        by, answered = as_operator(operator), at + timedelta(hours=2)
        recall_answers.count(by=by, at=answered, told=told, counts=counts)


def _reached(told: RecallTold, at: datetime) -> None:
    """Telephone whoever has no page of its own to find it on."""
    if told.told_at is None:
        recall_answers.tell(by=people.officer(KEEPER), at=at, told=told, channel="phone")


def _businesses(recall: Recall) -> list[tuple[Operator, RecallTold]]:
    found = recall.told.select_related("operator__unit", "recall").order_by("id")
    return [(one.operator, one) for one in found if one.operator is not None]
