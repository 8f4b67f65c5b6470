"""Operators, premises, permits, products and lots for tests."""

from datetime import timedelta

from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.kernel.codes import new_code
from linli.kernel.credit_codes import check_character
from linli.kernel.signed import signed
from linli.trace.actions import operators
from linli.trace.models import Lot, Permit, Product
from linli.trace.queries.lots import own_uri
from linli.trace.rules.codes import lot_codes
from tests.town import directory
from tests.town.staff import actor

KEEPER = "市场监督管理局"
LABORATORY = "食品检验检测中心"


def officer(unit=KEEPER, *, name="经办人"):
    return actor(Role.OFFICER, name=name, unit=getattr(unit, "name", unit))


def keeper():
    return Unit.objects.filter(name=KEEPER).first() or directory.unit(KEEPER)


def credit_code(number):
    """A credit code of our own making: a trader of the town's."""
    body = f"92620200MA{number:07d}"
    return body + check_character(body)


def operator(name="河西清真食品有限公司", *, at, number=1, unit=None, **given):
    draft = operators.OperatorDraft(
        name=name, unit=unit or keeper(), credit_code=credit_code(number), **given
    )
    return operators.enter(by=officer(draft.unit), at=at, draft=draft)


def premises(name="河西清真食品加工厂", *, at, of=None, activities=("processing",), **given):
    of = of or operator(at=at)
    draft = operators.PremisesDraft(
        name=name,
        area=given.pop("area", None) or directory.area(),
        street=given.pop("street", "雄关西路 12 号"),
        activities=activities,
        **given,
    )
    return operators.open_premises(by=officer(of.unit), at=at, operator=of, draft=draft)


def permit(place, *, at, days=365, number="JY-0001", scope=None):
    """A permit as issued; the way to it (application, inspection, decision) is `actions.permits`'."""
    return Permit.objects.create(
        code=new_code(),
        number=number,
        premises=place,
        unit=place.operator.unit,
        scope=list(scope or place.activities),
        valid_from=at.date(),
        valid_until=at.date() + timedelta(days),
        **signed(officer(place.operator.unit), at),
    )


def product(of, *, at, name="酱牛肉", gtin=None):
    return Product.objects.create(
        code=new_code(), operator=of, name=name, gtin=gtin, **signed(officer(of.unit), at)
    )


def lot(goods, place, *, at, number="20261101", drawn=1, days=30, uri=""):
    """A lot with our own code."""
    code = lot_codes.lot_code(drawn)
    return Lot.objects.create(
        code=code,
        product=goods,
        premises=place,
        number=number,
        made_on=at.date(),
        best_before=at.date() + timedelta(days),
        uri=uri or own_uri(code),
        **signed(officer(place.operator.unit), at),
    )
