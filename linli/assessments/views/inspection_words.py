"""How inspections, findings and orders are said: lamps, days, what a list shows of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import CorrectionCheck, CorrectionOrder, Finding, Inspection
from linli.assessments.queries.inspection_results import (
    CALLED_OFF,
    MADE,
    PLANNED,
    PUBLISHED,
    Result,
)
from linli.assessments.rules.instruments import Item, said
from linli.kernel.text import Words

Lamp = tuple[str, Words]
STATES: Final[dict[str, Lamp]] = {
    PLANNED: ("plain", pgettext_lazy("inspection", "planned")),
    MADE: ("soon", pgettext_lazy("inspection", "made, not published")),
    PUBLISHED: ("done", pgettext_lazy("inspection", "published")),
    CALLED_OFF: ("plain", pgettext_lazy("inspection", "called off")),
}
SEVERITIES: Final[dict[str, Lamp]] = {
    Finding.SLIGHT: ("note", _("slight")),
    Finding.SERIOUS: ("soon", _("serious")),
    Finding.GRAVE: ("late", _("grave")),
}
ENDS: Final[dict[str, Lamp]] = {
    Finding.OPEN: ("soon", pgettext_lazy("finding", "open")),
    Finding.CLOSED: ("done", pgettext_lazy("finding", "put right")),
    Finding.WITHDRAWN: ("plain", pgettext_lazy("finding", "withdrawn")),
}


_MET, _UNMET = pgettext_lazy("order", "met"), pgettext_lazy("order", "not met")
_LATE, _ORDERED = pgettext_lazy("order", "overdue"), pgettext_lazy("order", "ordered")


@dataclass(slots=True)
class ToldOrder:
    """One order with what became of it."""

    order: CorrectionOrder
    check: CorrectionCheck | None
    lamp: Lamp


@dataclass(slots=True)
class ToldFinding:
    """One finding as a page shows it: what was asked, how grave, how it stands, its orders."""

    finding: Finding
    asked: str
    severity: Lamp
    lamp: Lamp
    orders: list[ToldOrder] = field(default_factory=list)

    @property
    def standing(self) -> CorrectionOrder | None:
        """The order that nobody has looked at yet."""
        return next((one.order for one in self.orders if one.check is None), None)


def findings_told(
    inspection: Inspection, findings: Iterable[Finding], today: date
) -> list[ToldFinding]:
    """Return findings for a page, the grave ones first."""
    items = {one.key: one for one in inspection.assessment.edition.form.items()}
    told = [_finding(one, items, today) for one in findings]
    return sorted(told, key=lambda one: list(SEVERITIES)[::-1].index(one.finding.severity))


def result_lamp(result: Result) -> Lamp:
    """Say in a word or two what came of a visit."""
    if result.sheet is None:
        return STATES[result.state]
    if result.graves:
        return "late", _("grave findings")
    if result.open:
        return "soon", _("findings to put right")
    if result.standing:
        return "done", _("everything put right")
    return "done", _("nothing found wrong")


def level_words(result: Result) -> str:
    """Return the level that a visit reached, "" for none."""
    return said(result.level.title, get_language() or "") if result.level else ""


def share_words(result: Result) -> str:
    """Return what a visit earned, in percent."""
    return f"{result.score.share / 100:.1f} %" if result.score else ""


def _finding(finding: Finding, items: dict[str, Item], today: date) -> ToldFinding:
    item = items.get(finding.item)
    return ToldFinding(
        finding=finding,
        asked=said(item.text, get_language() or "") if item else finding.item,
        severity=SEVERITIES[finding.severity],
        lamp=ENDS[finding.state],
        orders=[_order(one, today) for one in finding.orders.all()],
    )


def _order(order: CorrectionOrder, today: date) -> ToldOrder:
    check: CorrectionCheck | None = getattr(order, "check_made", None)
    if check is not None:
        lamp: Lamp = ("done", _MET) if check.met else ("late", _UNMET)
    else:
        lamp = ("late", _LATE) if order.due_on < today else ("soon", _ORDERED)
    return ToldOrder(order, check, lamp)
