"""How premises stand, in words and lamps: their permits, and what the latest inspection found."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.trace.models import Premises, Visit
from linli.trace.queries.lab_results import TestTold
from linli.trace.queries.permits import PermitStand
from linli.trace.queries.premises_lists import PremisesRow
from linli.trace.rules.laboratory.results import DETECTED, INCONCLUSIVE, INVALID, NOT_DETECTED
from linli.trace.rules.permit_states import EXPIRED, NONE, NOT_YET
from linli.trace.rules.validity import SUSPENDED, VALID, WITHDRAWN


class Told(NamedTuple):
    """A state of the lamp with its words."""

    state: str
    words: str


def permit_told(stand: PermitStand) -> Told:
    """Return how the permits of premises stand."""
    said = {
        VALID: Told("done", pgettext("permit", "Permit valid")),
        SUSPENDED: Told("late", pgettext("permit", "Permit suspended")),
        WITHDRAWN: Told("late", pgettext("permit", "Permit withdrawn")),
        EXPIRED: Told("late", pgettext("permit", "Permit expired")),
        NONE: Told("plain", pgettext("permit", "No permit on record")),
    }
    return said[stand.state]


def paper_told(state: str) -> Told:
    """Return how one permit stands."""
    said = {
        VALID: Told("done", pgettext("permit", "valid")),
        SUSPENDED: Told("late", pgettext("permit", "suspended")),
        WITHDRAWN: Told("late", pgettext("permit", "withdrawn")),
        EXPIRED: Told("plain", pgettext("permit", "expired")),
        NOT_YET: Told("note", pgettext("permit", "not valid yet")),
    }
    return said[state]


def test_told(test: TestTold) -> Told:
    """Return what a laboratory found, in a word: never that something is in order."""
    said = {
        DETECTED: Told("late", pgettext("test", "detected")),
        NOT_DETECTED: Told("plain", pgettext("test", "not detected")),
        INCONCLUSIVE: Told("soon", pgettext("test", "not decided")),
        INVALID: Told("soon", pgettext("test", "invalid")),
    }
    return said[test.result]


def visit_told(visit: Visit | None) -> Told:
    """Return what an inspection found, and what of it is still open."""
    if visit is None:
        return Told("plain", _("Not inspected yet"))
    if visit.grave:
        words = ngettext(
            "%(n)s grave finding is open", "%(n)s grave findings are open", visit.grave
        )
        return Told("late", words % {"n": visit.grave})
    if visit.open:
        words = ngettext("%(n)s finding is open", "%(n)s findings are open", visit.open)
        return Told("soon", words % {"n": visit.open})
    if visit.findings:
        return Told("done", _("Everything found was put right"))
    return Told("done", _("Nothing was found wrong"))


def share_said(visit: Visit | None) -> str:
    """Return of how many percent of all points an inspection told, "" without one."""
    return f"{visit.share / 100:.1f}%" if visit else ""


def activity_words(activities: Sequence[str]) -> list[str]:
    """Return what is done at premises, in the order of the list of activities."""
    return [str(words) for key, words in Premises.ACTIVITIES if key in activities]


def row_told(row: PremisesRow) -> dict[str, Any]:
    """Return one row of a list, ready to be shown."""
    return {
        "premises": row.premises,
        "operator": row.premises.operator,
        "stand": row.stand,
        "permit": permit_told(row.stand),
        "visit": row.visit,
        "seen": visit_told(row.visit),
        "activities": activity_words(row.premises.activities),
    }
