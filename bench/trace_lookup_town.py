"""Food premises with permits, inspections and lots, so many that no answer is like another. Written in bulk."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from linli.directory.models import Area, Unit
from linli.kernel.codes import code_of
from linli.trace.models import Lot, Operator, Permit, Premises, Product, Visit
from linli.trace.queries.lots import own_uri
from linli.trace.rules.codes.lot_codes import lot_code

AT = datetime(2026, 11, 1, 2, tzinfo=UTC)
PER_PLACE = 20
_SIGNED = {"by_name": "bench", "by_role": "officer", "by_unit": "市场监督管理局", "at": AT}


def fill(count: int) -> list[str]:
    """Fill an empty database with so many lots; return their codes."""
    today = datetime.now(UTC).date()
    area = Area.objects.create(code="620200", name="嘉峪关市", level="city", from_year=1965)
    unit = Unit.objects.create(code=code_of(1), name="市场监督管理局", area=area, kind="department")
    places = count // PER_PLACE
    operators = _made(
        Operator(code=code_of(100 + n), name=f"第{n}食品公司", unit=unit, **_SIGNED) for n in range(places)
    )  # fmt: skip
    premises = _made(
        Premises(
            code=code_of(1_000_000 + n), operator=one, name=f"第{n}加工厂", area=area,
            street=f"工业路 {n} 号", activities=["processing"], **_SIGNED,
        )
        for n, one in enumerate(operators)
    )  # fmt: skip
    _papers(premises, unit, today)
    products = _made(
        Product(code=code_of(4_000_000 + n), operator=one, name="酱牛肉", **_SIGNED)
        for n, one in enumerate(operators)
    )
    lots = _made(_lot(n, products, premises, today) for n in range(count))
    return [one.code for one in lots]


def _papers(premises: list[Premises], unit: Unit, today: date) -> None:
    _made(
        Permit(
            code=code_of(2_000_000 + n), number=f"JY-{n:06}", premises=one, unit=unit,
            scope=["processing"], valid_from=today - timedelta(200),
            valid_until=today + timedelta(200), **_SIGNED,
        )
        for n, one in enumerate(premises)
    )  # fmt: skip
    _made(
        Visit(
            code=code_of(3_000_000 + n), premises=one, unit=unit.name,
            made_on=today - timedelta(30), share=9200, findings=2, open=n % 3 % 2, grave=0,
        )
        for n, one in enumerate(premises)
    )  # fmt: skip


def _lot(number: int, products: list[Product], premises: list[Premises], today: date) -> Lot:
    place, code = number % len(premises), lot_code(number * 7919 + 11)
    return Lot(
        code=code, product=products[place], premises=premises[place], number=f"{number:08}",
        made_on=today - timedelta(number % 20), best_before=today + timedelta(60),
        uri=own_uri(code), **_SIGNED,
    )  # fmt: skip


def _made(things: Iterable[Any]) -> list[Any]:
    made = list(things)
    model: type[Model] = type(made[0])
    return model._default_manager.bulk_create(made, batch_size=500)  # noqa: SLF001 - as Django names it
