"""What becomes of rows of a table, and what is wrong with one, in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.funds.queries.tables import Fate, Judged
from linli.funds.rules.tables import AMOUNT, IN_WAN, Layout
from linli.kernel.text import Words

FATES: dict[str, tuple[str, Words]] = {
    Fate.WRONG: ("late", _("error")),
    Fate.ASKED: ("soon", _("a second person decides")),
    Fate.NEW: ("done", _("new")),
    Fate.KNOWN: ("plain", _("as it is")),
    Fate.TOTAL: ("plain", _("a total, left out")),
}
WRONGS: dict[str, Words] = {
    "missing": _("is missing"),
    "too_long": _("is too long"),
    "unreadable": _("is no amount such as 1,125,240.00"),
    "too_fine": _("has more than two decimals"),
    "too_large": _("is too large"),
    "not_above_zero": _("is not above zero"),
    "two_amounts": _("stands in two columns: yuan and ten thousands of yuan"),
    "not_a_day": _("is no day such as 2026-12-31"),
    "day_to_come": _("is still to come"),
    "books_closed": _("lies in closed books"),
    "unknown_nature": _("is neither a budget nor social capital"),
    "unknown_unit": _("is no unit of the directory"),
    "other_unit": _("is not the unit of this account"),
    "account_closed": _("is a closed account"),
    "unknown_area": _("is no place of the directory"),
    "same_unit": _("is the giving unit itself"),
    "not_own_unit": _("is another unit: it brings its own table"),
    "ends_first": _("lies before the start"),
    "trait": _("tells what somebody is: no table of ours holds that"),
    "total_wrong": _("is not what the rows above add up to"),
    "twice": _("stands in an earlier row already"),
}


def told_row(row: Judged, layout: Layout) -> dict[str, Any]:
    """Return a row as the page shows it: its line, its fate, every cell with what is wrong with it."""
    cells = dict(row.read.cells)
    if not cells.get(AMOUNT) and cells.get(IN_WAN):
        cells[AMOUNT] = f"{cells[IN_WAN]}万"
    return {
        "line": row.read.line,
        "fate": FATES[row.fate],
        "cells": [
            (cells.get(field, ""), WRONGS.get(row.wrongs.get(field, ""))) for field in layout.shown
        ],
    }
