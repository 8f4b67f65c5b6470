"""Operators and their premises: entered once, closed, never changed into others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor
from linli.kernel.codes import new_code
from linli.kernel.credit_codes import is_credit_code, tidied
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.keeping import own
from linli.trace.models import Operator, Premises
from linli.trace.rules.codes.check_digits import is_gln


@dataclass(frozen=True, slots=True)
class OperatorDraft:
    """What an operator is: `unit` supervises it; `names` by language."""

    name: str
    unit: Unit
    credit_code: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PremisesDraft:
    """What premises are: `activities` of `Premises.ACTIVITIES`; `tile`: row and column of the schematic map."""

    name: str
    area: Area
    street: str
    activities: Sequence[str]
    gln: str = ""
    tile: tuple[int, int] | None = None


@transaction.atomic
def enter(*, by: Actor, at: datetime, draft: OperatorDraft) -> Operator:
    """Enter an operator.

    Refuses: not_allowed; not_own_unit; no_name; wrong_credit_code; credit_code_taken.
    """
    own(by=by, at=at, unit=draft.unit)
    code = tidied(draft.credit_code)
    if not draft.name.strip():
        raise Refused("no_name", _("Say its name."))
    if code and not is_credit_code(code):
        raise Refused("wrong_credit_code", _("This is no unified social credit code."))
    if code and Operator.objects.filter(credit_code=code).exists():
        raise Refused("credit_code_taken", _("This business is entered already."), status=409)
    return Operator.objects.create(
        code=new_code(),
        name=draft.name.strip(),
        names=dict(draft.names),
        credit_code=code or None,
        unit=draft.unit,
        **signed(by, at),
    )


@transaction.atomic
def open_premises(*, by: Actor, at: datetime, operator: Operator, draft: PremisesDraft) -> Premises:
    """Enter premises of an operator.

    Refuses: not_allowed; not_own_unit; closed; no_name; no_activity; wrong_gln.
    """
    own(by=by, at=at, unit=operator.unit)
    if operator.closed_on is not None:
        raise Refused("closed", _("This business has ended."), status=409)
    if not draft.name.strip() or not draft.street.strip():
        raise Refused("no_name", _("Say its name and address."))
    known = {key for key, _name in Premises.ACTIVITIES}
    if not draft.activities or not known.issuperset(draft.activities):
        raise Refused("no_activity", _("Say what is done here."))
    if draft.gln and not is_gln(draft.gln):
        raise Refused("wrong_gln", _("This is no GLN."))
    row, column = draft.tile or (None, None)
    return Premises.objects.create(
        code=new_code(),
        operator=operator,
        name=draft.name.strip(),
        area=draft.area,
        street=draft.street.strip(),
        activities=sorted(set(draft.activities)),
        gln=draft.gln or None,
        tile_row=row,
        tile_column=column,
        **signed(by, at),
    )


@transaction.atomic
def close_premises(*, by: Actor, at: datetime, premises: Premises, on: date) -> Premises:
    """Say that premises are closed for good.

    Refuses: not_allowed; not_own_unit; closed already.
    """
    kept = Premises.objects.select_for_update(no_key=True).get(pk=premises.pk)
    own(by=by, at=at, unit=kept.operator.unit)
    if kept.closed_on is not None:
        raise Refused("closed", _("This is closed already."), status=409)
    kept.closed_on = on
    kept.save(update_fields=["closed_on"])
    return kept


@transaction.atomic
def end_business(*, by: Actor, at: datetime, operator: Operator, on: date) -> Operator:
    """Say that a business has ended; its keys open nothing any more.

    Refuses: not_allowed; not_own_unit; closed already; premises_open while premises are not closed.
    """
    kept = Operator.objects.select_for_update(no_key=True).get(pk=operator.pk)
    own(by=by, at=at, unit=kept.unit)
    if kept.closed_on is not None:
        raise Refused("closed", _("This business has ended."), status=409)
    if kept.premises.open().exists():
        raise Refused("premises_open", _("Close its premises first."), status=409)
    kept.keys.filter(ended_at=None).update(ended_at=at)
    kept.closed_on = on
    kept.save(update_fields=["closed_on"])
    return kept
