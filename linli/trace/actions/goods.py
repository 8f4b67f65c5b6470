"""Products and lots: entered by the operator itself, or for it; what they are never changes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.keeping import speak_for
from linli.trace.models import Lot, Operator, Premises, Product
from linli.trace.queries.lots import gs1_uri, own_uri
from linli.trace.rules.codes import check_digits, lot_codes
from linli.trace.rules.codes.element_values import Malformed
from linli.trace.rules.shop.amounts import UNITS

LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """What a product is; `gtin` only where GS1 gave it to this very business, which says so with `owned`."""

    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    gtin: str = ""
    owned: bool = False


@dataclass(frozen=True, slots=True)
class LotDraft:
    """What a lot is; without a `number` it gets the day's next one. `origin`: whom it was taken in from."""

    premises: Premises
    made_on: date
    number: str = ""
    best_before: date | None = None
    quantity: Decimal | None = None
    unit_code: str = ""
    origin: str = ""


@transaction.atomic
def enter_product(*, by: Actor, at: datetime, operator: Operator, draft: ProductDraft) -> Product:
    """Enter a product of an operator.

    Refuses: not_allowed; not_own_unit; other_operator; no_name; named_already; wrong_gtin; gtin_of_a_shop for the
    numbers that every shop gives by itself; gtin_not_owned; gtin_taken.
    """
    speak_for(by=by, at=at, operator=operator)
    name = " ".join(draft.name.split())[:120]
    if not name:
        raise Refused("no_name", _("Say its name."))
    if operator.products.filter(name=name).exists():
        raise Refused("named_already", _("You have a product of this name."), status=409)
    return Product.objects.create(
        code=new_code(),
        operator=operator,
        name=name,
        names=dict(draft.names),
        gtin=_gtin(draft),
        **signed(by, at),
    )


@transaction.atomic
def end_product(*, by: Actor, at: datetime, product: Product, on: date) -> Product:
    """Say that a product is not made any more; its lots stay.

    Refuses: not_allowed; not_own_unit; other_operator; ended already.
    """
    kept = Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    speak_for(by=by, at=at, operator=kept.operator)
    if kept.ended_on is not None:
        raise Refused("ended", _("This has ended already."), status=409)
    kept.ended_on = on
    kept.save(update_fields=["ended_on"])
    return kept


@transaction.atomic
def open_lot(*, by: Actor, at: datetime, product: Product, draft: LotDraft) -> Lot:
    """Open a lot of a product, with a code of our own; of a product with a GTIN it has its GS1 name too.

    Refuses: not_allowed; not_own_unit; other_operator; other_premises; closed; wrong_number for one that no bar code
    can hold beside a GTIN; number_taken; wrong_days; wrong_unit.
    """
    operator, number = product.operator, draft.number.strip()
    speak_for(by=by, at=at, operator=operator)
    if draft.premises.operator_id != operator.pk:
        raise Refused("other_premises", _("These premises are another business's."))
    if draft.premises.closed_on is not None:
        raise Refused("closed", _("These premises are closed."), status=409)
    if draft.best_before is not None and draft.best_before < draft.made_on:
        raise Refused(
            "wrong_days", _("It is best before a day that comes after the day it was made.")
        )
    if draft.unit_code and draft.unit_code not in UNITS:
        raise Refused("wrong_unit", _("This unit is not known."))
    if number and product.lots.filter(number=number).exists():
        raise Refused("number_taken", _("This product has a lot of this number."), status=409)
    code = lot_codes.lot_code(secrets.randbelow(lot_codes.NUMBERS))
    number = number or _next_number(product, draft.made_on)
    return Lot.objects.create(
        code=code,
        product=product,
        premises=draft.premises,
        number=number,
        made_on=draft.made_on,
        best_before=draft.best_before,
        quantity=draft.quantity,
        unit_code=draft.unit_code,
        uri=_uri(product, number, code),
        origin=draft.origin[:120] or None,
        **signed(by, at),
    )


def _gtin(draft: ProductDraft) -> str | None:
    plain = "".join(one for one in draft.gtin if not one.isspace() and one != "-")
    if not plain:
        return None
    if not check_digits.is_gtin(plain):
        raise Refused("wrong_gtin", _("This is no GTIN: look at the digits under the bar code."))
    if check_digits.is_in_store(plain):
        message = _(
            "This number is one that every shop gives by itself. Leave it out: the lot gets a code of ours."
        )
        raise Refused("gtin_of_a_shop", message)
    if not draft.owned:
        message = _("A GTIN is entered by the business that GS1 gave it to, and by nobody else.")
        raise Refused("gtin_not_owned", message)
    full = check_digits.gtin14(plain)
    if Product.objects.filter(gtin=full).exists():
        raise Refused("gtin_taken", _("A product with this GTIN is entered already."), status=409)
    return full


def _next_number(product: Product, on: date) -> str:
    """Return the day, and from the second lot of a day on a count behind it."""
    day = f"{on:%Y%m%d}"
    number, count = day, product.lots.filter(number__startswith=day).count()
    while count and product.lots.filter(number=number).exists():
        count += 1
        number = f"{day}-{count}"
    return number


def _uri(product: Product, number: str, code: str) -> str:
    if len(number) > LONGEST_NUMBER:
        raise Refused("wrong_number", _("A lot number has at most 20 characters."))
    if product.gtin is None:
        return own_uri(code)
    try:
        return gs1_uri(product.gtin, number)
    except Malformed:
        message = _(
            "Beside a GTIN a lot number has letters and digits of a bar code only: A to Z, 0 to 9, hyphens."
        )
        raise Refused("wrong_number", message) from None
