"""What a typed or scanned code means here: a lot, a permit, premises, a business, a product, in this order."""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from linli.kernel.codes import read_code
from linli.trace.models import Lot, Operator, Permit, Premises, Product
from linli.trace.queries.answer_rows import lot_by_code
from linli.trace.rules.codes import element_strings
from linli.trace.rules.codes.seeking import Sought, seek

_GTIN, _LOT, _GLN = "01", "10", "414"
_LONGEST_NUMBER: Final = 60  # of a permit


@dataclass(frozen=True, slots=True)
class Meant:
    """What a code means; nothing of it when it is well formed and nobody has told us of it.

    `code`: as it stands in an address; `number`: of the lot that was asked for, where only its product is known.
    """

    code: str
    lot: Lot | None = None
    permit: Permit | None = None
    premises: Premises | None = None
    operator: Operator | None = None
    product: Product | None = None
    number: str = ""


def path_code(text: str) -> str:
    """Return how a code stands in the address of its answer; "" when it can be no code. No query."""
    for sought in seek(text):
        if sought.kind == "thing":
            return element_strings.write_bracketed(sought.pairs)
        return sought.code
    return read_code(text) or text.strip()[:_LONGEST_NUMBER]


def meant_by(text: str) -> Meant | None:
    """Return what a code means, None when it can mean nothing: a slip of the pen. At most five queries."""
    code = path_code(text)
    sought = seek(text)
    for one in sought:
        found = _of_sought(one, code)
        if found is not None:
            return found
    own = read_code(text)
    found = _of_code(own) if own else _of_number(text.strip())
    return found or (Meant(code) if sought or own else None)


def _of_sought(sought: Sought, code: str) -> Meant | None:
    if sought.kind == "lot":
        lot = lot_by_code.first(sought.code)
        return Meant(code, lot=lot) if lot else None
    if sought.kind == "operator":
        operator = _operators().filter(credit_code=sought.code).first()
        return Meant(code, operator=operator) if operator else None
    pairs = dict(sought.pairs)
    if _GTIN in pairs:
        return _of_goods(pairs[_GTIN], pairs.get(_LOT, ""), code)
    if _GLN in pairs:
        premises = _premises().filter(gln=pairs[_GLN]).first()
        return Meant(code, premises=premises) if premises else None
    return None


def _of_goods(gtin: str, number: str, code: str) -> Meant | None:
    if number:
        lot = _lots().filter(product__gtin=gtin, number=number).first()
        if lot:
            return Meant(code, lot=lot)
    product = Product.objects.filter(gtin=gtin).select_related("operator__unit").first()
    return Meant(code, product=product, number=number) if product else None


def _of_code(code: str) -> Meant | None:
    permit = _permits().filter(code=code).first()
    if permit:
        return Meant(code, permit=permit)
    premises = _premises().filter(code=code).first()
    if premises:
        return Meant(code, premises=premises)
    operator = _operators().filter(code=code).first()
    return Meant(code, operator=operator) if operator else None


def _of_number(number: str) -> Meant | None:
    if not number.isprintable() or not 0 < len(number) <= _LONGEST_NUMBER:
        return None
    permit = _permits().filter(number=number).first()
    return Meant(permit.code, permit=permit) if permit else None


def _lots() -> QuerySet[Lot]:
    return Lot.objects.select_related("product", "premises__operator__unit", "premises__area")


def _permits() -> QuerySet[Permit]:
    return Permit.objects.select_related("unit", "premises__operator__unit", "premises__area")


def _premises() -> QuerySet[Premises]:
    return Premises.objects.select_related("operator__unit", "area")


def _operators() -> QuerySet[Operator]:
    return Operator.objects.select_related("unit")
