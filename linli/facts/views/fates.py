"""Rows of a table as typed and as understood, each with what would become of it."""

from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.facts.actions.wrongs import WRONGS
from linli.facts.models import Indicator
from linli.facts.queries.imports import Fate, Row
from linli.facts.queries.lookups import Subject
from linli.facts.rules import periods
from linli.facts.rules.columns import Layout
from linli.facts.rules.statements import Statement
from linli.facts.schemas import telling
from linli.kernel.sheets import Sheet
from linli.kernel.text import Words

FATES: dict[str, tuple[str, Words]] = {
    Fate.NEW: ("done", _("New")),
    Fate.KNOWN: ("plain", _("Known already")),
    Fate.CORRECTS: ("soon", _("Corrects")),
    Fate.ERROR: ("late", _("Error")),
}


def told_rows(page: Page[Row], sheet: Sheet, layout: Layout) -> list[dict[str, Any]]:
    """Return the rows of a page as typed and as understood."""
    subjects = [row.subject for row in page if row.subject]
    indicators = Indicator.objects.in_bulk({subject.indicator for subject in subjects})
    areas = Area.objects.in_bulk({subject.area for subject in subjects})
    return [
        {
            "number": row.number,
            "fate": FATES[row.fate],
            "wrong": WRONGS[row.wrong] if row.wrong else "",
            "typed": layout.texts(sheet.rows[row.number - 2]),
            "indicator": row.subject and indicators[row.subject.indicator],
            "area": row.subject and areas[row.subject.area],
            "period": row.subject and periods.shown(row.subject.period).replace("/", "–"),
            "value": _value(row.statement, row.subject, indicators),
            "was": _value(row.known and row.known.statement, row.subject, indicators),
        }
        for row in page
    ]


def _value(
    statement: Statement | None, subject: Subject | None, indicators: dict[int, Indicator]
) -> str:
    if statement is None or subject is None:
        return ""
    return telling.told(*statement, indicators[subject.indicator].unit)
