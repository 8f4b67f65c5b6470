"""Food of the five places: one maker and ever more shops, goods from hand to hand, samples that a laboratory looks at."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from linli.demo import food_permits, food_tests
from linli.demo.city.rhythm import Chance
from linli.demo.food import PLACES, Place, credit_code, enter_place
from linli.demo.food_goods import told_of
from linli.demo.funds_books import morning
from linli.demo.strokes import written
from linli.demo.tables import rows
from linli.demo.units import TOWNS, Town, unit_name
from linli.directory.models import Area
from linli.kernel.uploads import Rebuilt, rebuild
from linli.kernel.working_days import is_working_day
from linli.trace.actions import goods
from linli.trace.models import Lot, Method, Permit, Premises, Product
from linli.trace.queries.keys import as_operator
from linli.trace.queries.shop_shelf import Written
from linli.trace.rules.shop.amounts import KILOGRAM, Amount
from linli.trace.rules.shop.deeds import MADE, RECEIVED, SOLD

_GOODS: Final = ("鲜牛肉", "鲜羊肉", "卤牛肉", "牛肉丸", "羊杂")
_OFTEN: Final = (9, 7, 4, 3, 2)
_PERMIT: Final = 730  # days that a permit of the demo is given for
_MAKER: Final = 30  # days that the maker's has left
_FIRST: Final = 1000  # the first number in credit codes: those before are the demo's own
_LATELY: Final = 80  # days in which the laboratory has worked by the demo's method
_NEWEST: Final = 40  # shops that the maker sells to
_ROOM: Final = 10  # squares of the schematic map, each way


def trade_all(number: int, town: Town, chance: Chance) -> None:
    """Let a shop open, have goods made and sold to some shops, and now and then a sample taken."""
    area = Area.objects.get(code=town.code)
    maker, shop = _maker(town, area, chance), _shop(number, town, area, chance)
    lot = _made(maker, chance)
    day = lot.made_on
    own = [one.name for one in PLACES]  # of the demo's own shops one is suspended, one has run out
    permitted = set(
        Permit.objects.filter(valid_from__lte=day)
        .exclude(premises__name__in=own)
        .values_list("premises", flat=True)
    )
    for buyer in dict.fromkeys([shop, *_others(town, shop, chance)]):
        if buyer.pk not in permitted:
            continue  # nobody sells to who may not sell yet
        day = min(day + timedelta(days=1), chance.today - timedelta(days=1))
        _sold(lot, maker, buyer, day, chance)
    if TOWNS.index(town) == number % len(TOWNS):
        _sampled(number, town, maker, lot, chance)


def keeper(town: Town) -> str:
    """Return the unit that supervises food in a place."""
    return unit_name(town, "市场监督管理局")


def _maker(town: Town, area: Area, chance: Chance) -> Premises:
    name = f"{town.name}牛羊定点屠宰加工厂（示例）"
    found = Premises.objects.select_related("operator__unit", "area").filter(name=name).first()
    if found is not None:
        return found
    one = Place(
        name, "", "工业园示例号", ("slaughter", "processing"), (1, 1), _MAKER, keeper=keeper(town)
    )
    return _opened(one, area, chance.today, town, _FIRST)


def _shop(number: int, town: Town, area: Area, chance: Chance) -> Premises:
    """Open one shop; of a name that is taken, the next one of its chain."""
    names, trades = _known()
    activity, trade, _weight = trades[chance.of_weights([one[2] for one in trades])]
    name = chance.random.choice(names) + trade
    shops = Premises.objects.filter(area=area, name__startswith=name).count()
    chain = f"{shops + 1}店，" if shops else ""
    one = Place(
        f"{name}（{chain}示例）", "", f"{name[:2]}街示例号", (activity,), _tile(chance),
        chance.random.randrange(8, 700), keeper=keeper(town),
    )  # fmt: skip
    return _opened(one, area, chance.today, town, _FIRST + number)


def _tile(chance: Chance) -> tuple[int, int]:
    return chance.random.randrange(_ROOM), chance.random.randrange(_ROOM)


def _opened(one: Place, area: Area, today: date, town: Town, number: int) -> Premises:
    at = morning(today - timedelta(days=_PERMIT - one.until + 30))
    made = enter_place(one, area, at, credit_code(town, number))
    food_permits.grant(one, made, today, _paper())
    return made


@lru_cache(maxsize=1)
def _known() -> tuple[list[str], list[tuple[str, str, int]]]:
    told = list(rows("city_shops.tsv"))
    return told[0][1:], [(kind, trade, int(weight)) for kind, trade, weight in told[1:]]


@lru_cache(maxsize=1)
def _paper() -> Rebuilt:
    return rebuild(written("中"), name="paper.png")


def _others(town: Town, shop: Premises, chance: Chance) -> Iterator[Premises]:
    """Yield one or two more shops of the place, if there are any."""
    there = Premises.objects.select_related("operator__unit", "area").exclude(pk=shop.pk)
    shops = there.filter(area=town.code, activities__in=[["retail"], ["catering"]])
    found = list(shops.order_by("-pk")[:_NEWEST])
    if found:
        yield from chance.random.sample(found, min(len(found), 1 + chance.of_weights((2, 1))))


def _made(maker: Premises, chance: Chance) -> Lot:
    """Have a lot made, on a day on which the maker has its permit."""
    name = _GOODS[chance.of_weights(_OFTEN)]
    first = chance.today - timedelta(days=_PERMIT - _MAKER - 2)
    day = max(chance.day(until=8), first)
    by, operator = as_operator(maker.operator), maker.operator
    product = Product.objects.filter(operator=operator, name=name).first()
    if product is None:
        product = goods.enter_product(
            by=by, at=morning(first), operator=operator, draft=goods.ProductDraft(name)
        )
    weight = Amount(Decimal(round(min(chance.long(260), 1500))), KILOGRAM)
    deed = Written(MADE, maker, morning(day), weight, product=product, best_before=day + timedelta(days=12))  # fmt: skip
    (line, *_rest) = told_of(deed)
    return Lot.objects.select_related("product__operator__unit").get(pk=line.lot_id)


def _sold(lot: Lot, maker: Premises, buyer: Premises, day: date, chance: Chance) -> None:
    """From the maker to a shop, and most of it on to people."""
    whole = max(4, round(float(lot.quantity or 40) * 0.3 * chance.share(0.6)))
    amount = Amount(Decimal(whole), KILOGRAM)
    at = morning(day)
    told_of(Written(SOLD, maker, at, amount, lot=lot, other=buyer))
    told_of(Written(RECEIVED, buyer, at + timedelta(hours=2), amount, lot=lot, other=maker))
    gone = Amount(Decimal(max(1, round(whole * chance.share(0.8)))), KILOGRAM)
    told_of(Written(SOLD, buyer, at + timedelta(hours=8), gone, lot=lot))


def _sampled(number: int, town: Town, where: Premises, lot: Lot, chance: Chance) -> None:
    """Take a sample, run it and report: nothing is found."""
    day = chance.today - timedelta(days=chance.random.randrange(5, _LATELY))
    while not is_working_day(day):
        day -= timedelta(days=1)
    at = morning(day)
    method = Method.objects.get(key="species-pcr", ended_on=None)
    sample = food_tests.received(method, where, lot, at, f"CY-{number:04d}", keeper(town))
    clear: dict[str, tuple[float | None, ...]] = {food_tests.PIG: (None, None), food_tests.DUCK: (None, None)}  # fmt: skip
    food_tests.run(sample, at + timedelta(days=1), clear, "1")
    food_tests.report_on(sample, at + timedelta(days=2))
