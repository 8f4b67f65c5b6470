"""The columns of public laboratory results as a table, and its rows: one for each species of each report that stands."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.trace.queries.lab_results import public_reports, targets_told

COLUMNS: Final[dict[str, Words]] = {
    "sample": _("code of the sample"),
    "version": _("version of the report"),
    "premises": _("code of the premises where it was taken"),
    "lot": _("our code of the lot, empty where none was named"),
    "material": _("what was taken"),
    "taken_on": _("day on which it was taken"),
    "published_on": _("day on which the result became public"),
    "laboratory": _("laboratory"),
    "method": _("method, or the standard it follows"),
    "target": _("species, by its scientific name"),
    "result": _("detected or not_detected; nothing else is public"),
    "limit_of_detection": _("limit of detection of the method"),
    "limit_unit": _("what the limit is given in"),
    "copies_percent": _("ratio of DNA copies in per cent, of methods that measure it; no share by mass"),
    "uncertainty": _("expanded uncertainty of that ratio, k = 2"),
}  # fmt: skip


def result_rows() -> Iterator[list[str | int | Decimal]]:
    """Yield the cells of every row, in the order of COLUMNS."""
    for report in public_reports():
        sample = report.sample
        for one in targets_told(report):
            value, wide = one.said.measured or ("", "")
            yield [
                sample.code,
                report.number,
                sample.premises.code,
                sample.lot.code if sample.lot else "",
                sample.material,
                f"{localdate(sample.taken_at)}",
                f"{localdate(report.published_at)}",
                sample.laboratory.name,
                one.said.method,
                one.target,
                one.result,
                one.said.lod,
                one.said.lod_unit,
                value,
                wide,
            ]
