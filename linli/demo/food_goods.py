"""What went from hand to hand in Jiayuguan: two lots of meat, what was made of them, and who sold it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from linli.demo.food import NOODLES, PLANT, SHOP, SLAUGHTERHOUSE, STALL, STORE, place
from linli.demo.funds_books import morning
from linli.trace.actions import book, goods
from linli.trace.actions.goods import ProductDraft
from linli.trace.models import BookLine, Lot, Product
from linli.trace.queries.keys import as_operator
from linli.trace.queries.shop_shelf import Written
from linli.trace.rules.codes.check_digits import check_digit
from linli.trace.rules.shop.amounts import KILOGRAM, PIECE, Amount
from linli.trace.rules.shop.deeds import MADE, RECEIVED, SOLD, THROWN

BEEF, BRAISED, ROLLS, OFFCUTS = "鲜牛肉", "五香酱牛肉", "牛肉卷", "冷冻牛碎肉"
# GS1 keeps the prefix 952 for examples: nobody owns these numbers.
_GTIN_BODIES: Final = {BRAISED: "952000100001", ROLLS: "952000100002"}
_NAMES: Final = {
    BEEF: {"en": "Fresh beef", "ug": "يېڭى كالا گۆشى"},
    BRAISED: {"en": "Spiced braised beef", "ug": "دورا-دەرمەكلىك كالا گۆشى"},
    ROLLS: {"en": "Beef rolls", "ug": "كالا گۆشى ئورىمىسى"},
}
_MAKERS: Final = {BEEF: SLAUGHTERHOUSE, BRAISED: PLANT, ROLLS: PLANT}


def lot_of(product: str) -> Lot:
    """Return the demo's lot of a product."""
    found = Lot.objects.select_related("product__operator__unit", "premises__operator__unit")
    return found.get(product__name=product)


def trade(*, today: date) -> None:
    """Let goods be made, moved and sold over the last weeks, unless that was done."""
    if Product.objects.exists():
        return
    for name, maker in _MAKERS.items():
        operator = place(maker).operator
        body = _GTIN_BODIES.get(name, "")
        draft = ProductDraft(
            name, _NAMES[name], gtin=body + check_digit(body) if body else "", owned=bool(body)
        )
        by = as_operator(operator)
        at = morning(today - timedelta(days=60))
        goods.enter_product(by=by, at=at, operator=operator, draft=draft)
    _sound(today)
    _doubtful(today)


def _sound(today: date) -> None:
    """Meat from the town's own slaughterhouse, braised at the plant, sold by two shops."""
    beef = _made(BEEF, morning(today - timedelta(days=24)), _kilograms(480), days=12)
    _over(beef, SLAUGHTERHOUSE, PLANT, today, 23, _kilograms(300))
    _over(beef, SLAUGHTERHOUSE, NOODLES, today, 23, _kilograms(60))
    at = morning(today - timedelta(days=22))
    braised = _made(BRAISED, at, _pieces(900), days=90, used=(beef,))
    _over(braised, PLANT, STORE, today, 20, _pieces(800))
    _over(braised, STORE, SHOP, today, 17, _pieces(120))
    _over(braised, STORE, STALL, today, 16, _pieces(80))
    _told(SHOP, SOLD, braised, morning(today - timedelta(days=9)), _pieces(66))
    _told(STALL, SOLD, braised, morning(today - timedelta(days=8)), _pieces(31))


def _doubtful(today: date) -> None:
    """Frozen meat from elsewhere, rolled at the plant: what a laboratory will look at."""
    at = morning(today - timedelta(days=21))
    deed = Written(
        RECEIVED, place(PLANT), at, _kilograms(260), name=OFFCUTS, partner="外地冻品批发商（示例）"
    )
    told_of(deed)
    at = morning(today - timedelta(days=19))
    rolls = _made(ROLLS, at, _kilograms(240), days=180, used=(lot_of(OFFCUTS),))
    _over(rolls, PLANT, STALL, today, 18, _kilograms(90))
    _over(rolls, PLANT, NOODLES, today, 18, _kilograms(70))
    _told(STALL, SOLD, rolls, morning(today - timedelta(days=12)), _kilograms(35))
    _told(NOODLES, THROWN, rolls, morning(today - timedelta(days=11)), _kilograms(4))


def _made(
    product: str, at: datetime, amount: Amount, *, days: int, used: tuple[Lot, ...] = ()
) -> Lot:
    made = place(_MAKERS[product])
    deed = Written(
        MADE, made, at, amount, product=Product.objects.get(name=product), used=used,
        best_before=at.date() + timedelta(days=days),
    )  # fmt: skip
    told_of(deed)
    return lot_of(product)


def _over(lot: Lot, seller: str, buyer: str, today: date, ago: int, amount: Amount) -> None:
    """Sold by one, received by the other two hours later."""
    at = morning(today - timedelta(days=ago))
    _told(seller, SOLD, lot, at, amount, to=buyer)
    _told(buyer, RECEIVED, lot, at + timedelta(hours=2), amount, to=seller)


def _told(where: str, kind: str, lot: Lot, at: datetime, amount: Amount, *, to: str = "") -> None:
    other = place(to) if to else None
    told_of(Written(kind, place(where), at, amount, lot=lot, other=other))


def told_of(deed: Written) -> tuple[BookLine, ...]:
    """Have the business enter what it did, some minutes later; return the lines in its book."""
    operator = deed.premises.operator
    later = deed.at + timedelta(minutes=9)
    told = book.enter(by=as_operator(operator), at=later, operator=operator, deeds=[deed])
    return told.lines


def _kilograms(value: int) -> Amount:
    return Amount(Decimal(value), KILOGRAM)


def _pieces(value: int) -> Amount:
    return Amount(Decimal(value), PIECE)
