"""What the matrix asks of recalls: of a business of the own unit one that waits, one that runs, a drill; one untold."""

from decimal import Decimal

from django.test import Client

from linli.trace.actions import keys, recalls
from tests.town import recalls as town
from tests.town import trace

__all__ = ["SENT", "build"]
_NUMBER = 971  # of its credit code: no other part of the town takes it


def build(has, *, at):
    """Return the parts of addresses, and the cookies of the business that signed in."""
    one = trace.operator("清香糕点坊", at=at, number=_NUMBER, unit=has.lead)
    shop = trace.operator("清香小卖部", at=at, number=_NUMBER + 1, unit=has.lead)
    place = trace.premises("清香糕点坊", at=at, of=one)
    there = trace.premises("清香小卖部", at=at, of=shop)
    lots = [
        trace.lot(trace.product(one, at=at, name=name), place, at=at, drawn=drawn)
        for name, drawn in (("枣糕", 971), ("核桃酥", 972), ("月饼", 973))
    ]
    town.tell(one, town.deed("sold", lots[1], place, at, other=there), at=at)
    has.recalled_lot, has.free_lot = lots[1], lots[2]
    phrase = keys.hand_phrase(by=trace.officer(has.lead), at=at, operator=one)
    waits, runs, drill = (
        _started(lot, has, at, drill=n == 2) for n, lot in enumerate([*lots[:2], lots[0]])
    )
    for recall in (runs, drill):
        recalls.decide(by=town.PLANNER, at=at, recall=recall)
    untold, unit = runs.told.get(operator=shop), runs.told.filter(unit__isnull=False).first()
    code, row = {"code": runs.code}, {"code": runs.code, "pk": untold.pk}
    own = {"recalls": {}, "recall to answer": code}
    client = Client()
    client.post("/trade/in/", {"code": one.code, "passphrase": phrase})
    cookies = {name: held.value for name, held in client.cookies.items()}
    parts = {
        "recall": code,
        "recall that waits": {"code": waits.code},
        "drill": {"code": drill.code},
        "business to tell": row | {"channel": "phone"},
        "unit that was told": {"code": runs.code, "pk": unit.pk},
        "lot that is recalled": {"code": lots[1].code},
        **own,
        **{f"held {name}": what for name, what in own.items()},
        **{f"{name} at a window": {"of": one.code} | what for name, what in own.items()},
    }  # fmt: skip
    return parts, {f"held {name}": cookies for name in own}


def _started(lot, has, at, *, drill):
    draft = recalls.RecallDraft(lot, "label", "apart", at, "标签不符", drill=drill)
    return recalls.start(by=trace.officer(has.lead, name="提议人"), at=at, draft=draft)


_SAID = {"words": "收回"}
SENT = {
    ("trace:recall_drop", "valid"): lambda has: _SAID,
    ("trace:recall_end", "valid"): lambda has: _SAID,
    ("trace:recall_new", "valid"): lambda has: {
        "lot": has.free_lot.code, "grounds": "label", "advice": "apart", "words": "标签不符",
    },
    ("trace:trade_recall_new", "valid"): lambda has: {
        "lot": has.free_lot.code, "advice": "apart", "words": "封口不严",
    },
    ("trace:trade_recall", "valid"): lambda has: {f"lot{has.recalled_lot.pk}-left": Decimal(3)},
    ("trace:counter_recall", "valid"): lambda has: {f"lot{has.recalled_lot.pk}-left": Decimal(3)},
}  # fmt: skip
