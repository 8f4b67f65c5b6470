"""Take a table of vacancies in, all of it or nothing. The same table again changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from linli.offers.actions import organizing
from linli.offers.actions.vacancies import VacancyDraft, post_vacancy
from linli.offers.models import Session
from linli.offers.queries.vacancy_import import Fate, Judged, dry_run


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyTable:
    """One table to take in. fair: where the vacancies are told of; checksum: of the look that was had before."""

    data: bytes
    fair: Session | None = None
    checksum: str = ""


@transaction.atomic
def import_vacancies(*, by: Actor, at: datetime, unit: Unit, table: VacancyTable) -> int:
    """Post the vacancies of a table that are not posted yet; return how many.

    Refuses: not_allowed; not_own_unit; what `read_sheet` and `readable` refuse, a column about persons above
    all; rows_have_errors; changed_meanwhile when rows would no longer meet the fates that were looked at.
    """
    organizing.own(by=by, at=at, unit=unit)
    sheet = read_sheet(table.data)
    # Of two people who confirm at once the second waits here, and then finds every row there already.
    Unit.objects.select_for_update().get(pk=unit.pk)
    run = dry_run(sheet, localdate(at), table.fair)
    if run.counts[Fate.WRONG]:
        raise Refused("rows_have_errors", _("Some rows have errors. Nothing was taken in."))
    if table.checksum and table.checksum != run.checksum:
        sentence = _("Something changed in the meantime. Look at the rows again.")
        raise Refused("changed_meanwhile", sentence, status=409)
    new = [row for row in run.rows if row.fate == Fate.NEW]
    for row in new:
        post_vacancy(by=by, at=at, unit=unit, draft=_draft(row))
    return len(new)


def _draft(row: Judged) -> VacancyDraft:
    said: dict[str, Any] = {
        name: value for name, value in row.read.values.items() if name not in {"employer", "area"}
    }
    return VacancyDraft(organization=row.employer, area=row.area, stand=row.stand, **said)  # type: ignore[arg-type]
