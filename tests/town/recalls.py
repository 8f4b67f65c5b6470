"""Goods that were made of each other, sold and packed, told by three businesses; and recalls of these."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from linli.kernel.actors import Role
from linli.trace.actions import keys, recalls
from linli.trace.actions.capturing import capture
from linli.trace.queries.keys import as_operator
from linli.trace.queries.places import place_uri
from linli.trace.rules.shop.amounts import Amount
from linli.trace.rules.shop.deeds import Deed, event_of
from tests.town import trace
from tests.town.staff import actor

PLANNER = actor(Role.PLANNER, name="第二人")


def tell(operator, *events, at):
    return capture(by=as_operator(operator), at=at, operator=operator, events=list(events))


def deed(kind, lot, place, at, *, used=(), other=None, amount=10):
    """The event of one deed with a lot."""
    return event_of(
        Deed(
            kind, at, "+08:00", place_uri(place), lot.uri, Amount(Decimal(amount), "KGM"),
            used=tuple(one.uri for one in used), other=place_uri(other) if other else "",
            begins=kind == "made",
        )
    )  # fmt: skip


def chain(at):
    """Beef of a slaughterhouse becomes sausage at a maker, which a shop takes in; the shop never says that it did.

    Another lot of the slaughterhouse has nothing to do with it. Maker and slaughterhouse have a phrase, the shop none.
    """
    day = timedelta(days=1)
    other_unit = trace.directory.unit("城关区市场监督管理局")
    farm = trace.premises(
        "河东屠宰场",
        at=at,
        activities=("slaughter",),
        of=trace.operator("河东牛羊公司", at=at, number=11),
    )
    maker = trace.premises("河西加工厂", at=at, of=trace.operator("河西食品公司", at=at, number=12))
    shop = trace.premises(
        "南门便利店",
        at=at,
        activities=("retail",),
        of=trace.operator("南门便利店", at=at, number=13, unit=other_unit),
    )
    beef, lamb = (
        trace.lot(
            trace.product(farm.operator, at=at, name=name), farm, at=at - 9 * day, drawn=drawn
        )
        for name, drawn in (("牛肉", 101), ("羊肉", 102))
    )
    sausage = trace.lot(
        trace.product(maker.operator, at=at, name="牛肉肠"), maker, at=at - 7 * day, drawn=103
    )
    for lot, quantity in ((beef, 100), (sausage, 40)):
        lot.quantity, lot.unit_code = quantity, "KGM"
        lot.save(update_fields=["quantity", "unit_code"])
    tell(
        farm.operator,
        deed("made", beef, farm, at - 9 * day),
        deed("made", lamb, farm, at - 9 * day),
        deed("sold", beef, farm, at - 8 * day, other=maker),
        at=at,
    )
    tell(
        maker.operator,
        deed("made", sausage, maker, at - 7 * day, used=[beef]),
        deed("sold", sausage, maker, at - 6 * day, other=shop),
        at=at,
    )
    for place in (farm, maker):
        keys.hand_phrase(by=trace.officer(), at=at, operator=place.operator)
    return SimpleNamespace(farm=farm, maker=maker, shop=shop, beef=beef, lamb=lamb, sausage=sausage)  # fmt: skip


def started(lot, *, at, since=None, **given):
    draft = recalls.RecallDraft(
        lot=lot,
        grounds=given.pop("grounds", "laboratory"),
        advice=given.pop("advice", "return"),
        since=since or at - timedelta(days=30),
        words=given.pop("words", "检出未标明的物种成分"),
        **given,
    )
    return recalls.start(by=trace.officer(lot.product.operator.unit), at=at, draft=draft)


def running(lot, *, at, **given):
    return recalls.decide(by=PLANNER, at=at, recall=started(lot, at=at, **given))
