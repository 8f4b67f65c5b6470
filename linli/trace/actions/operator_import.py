"""Take a table of food premises in, all of it or nothing. The same table again changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from linli.trace.actions.keeping import own
from linli.trace.actions.operators import OperatorDraft, PremisesDraft, enter, open_premises
from linli.trace.models import Operator
from linli.trace.queries.operator_import import Fate, Judged, dry_run


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesTable:
    """One table to take in. checksum: of the look that was had before."""

    data: bytes
    checksum: str = ""


@transaction.atomic
def import_premises(*, by: Actor, at: datetime, unit: Unit, table: PremisesTable) -> int:
    """Enter the businesses and premises of a table that are not there yet; return how many premises.

    Refuses: not_allowed; not_own_unit; what `read_sheet` and `readable` refuse, a column about persons above
    all; rows_have_errors; changed_meanwhile when rows would no longer meet the fates that were looked at.
    """
    own(by=by, at=at, unit=unit)
    sheet = read_sheet(table.data)
    # Of two people who confirm at once the second waits here, and then finds every row there already.
    Unit.objects.select_for_update().get(pk=unit.pk)
    run = dry_run(sheet, unit)
    if run.counts[Fate.WRONG]:
        raise Refused("rows_have_errors", _("Some rows have errors. Nothing was taken in."))
    if table.checksum and table.checksum != run.checksum:
        sentence = _("Something changed in the meantime. Look at the rows again.")
        raise Refused("changed_meanwhile", sentence, status=409)
    entered: dict[str, Operator] = {}
    new = [row for row in run.rows if row.fate in (Fate.NEW, Fate.MORE)]
    for row in new:
        operator = row.operator or entered.get(row.key)
        if operator is None:
            operator = entered[row.key] = enter(by=by, at=at, draft=_business(row, unit))
        open_premises(by=by, at=at, operator=operator, draft=_premises(row))
    return len(new)


def _business(row: Judged, unit: Unit) -> OperatorDraft:
    said: dict[str, Any] = dict(row.read.values)
    return OperatorDraft(said["operator"], unit, said.get("credit_code", ""))


def _premises(row: Judged) -> PremisesDraft:
    said: dict[str, Any] = dict(row.read.values)
    return PremisesDraft(
        name=said["name"],
        area=row.area,  # type: ignore[arg-type]  # a row without a place is wrong
        street=said["street"],
        activities=said["activities"],
        gln=said.get("gln", ""),
        tile=said.get("square"),
    )
