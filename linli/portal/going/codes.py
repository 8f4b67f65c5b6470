"""What a code belongs to, among what this member of staff may open. A case is found in the own unit's queue alone."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import resolve, reverse

from linli.assessments.queries.inspections import inspections_seen
from linli.atlas.models import Release
from linli.cases.queries.desk import case_at
from linli.facts.models import Indicator
from linli.funds.queries.books import visible_funds, visible_matches, visible_orders
from linli.kernel.actors import Actor
from linli.kernel.codes import read_code
from linli.offers.queries.organizing import visible as offers_seen
from linli.plans.models import Meeting, PolicyDocument, Programme, Task
from linli.reports.models import Report
from linli.trace.queries.alerts import alerts_seen
from linli.trace.queries.applications import applications_seen
from linli.trace.queries.lots import lots_seen
from linli.trace.queries.permit_lists import certificates_seen, permits_seen
from linli.trace.queries.premises_lists import operators_seen
from linli.trace.queries.recalls import recalls_seen
from linli.trace.queries.samples import samples_seen

Seen = Callable[[Actor], QuerySet[Any]]

# In the order in which they are asked, each with the address of its page.
_THINGS: tuple[tuple[str, Seen], ...] = (
    ("plans:task", lambda by: Task.objects.all()),
    ("plans:programme", lambda by: Programme.objects.all()),
    ("plans:document", lambda by: PolicyDocument.objects.all()),
    ("plans:meeting", lambda by: Meeting.objects.all()),
    ("reports:console_reading", lambda by: Report.objects.all()),
    ("offers:console_offer", offers_seen),
    ("funds:console_fund", visible_funds),
    ("funds:console_order", visible_orders),
    ("funds:console_match", visible_matches),
    ("trace:operator", operators_seen),
    ("trace:application", applications_seen),
    ("trace:permit_held", permits_seen),
    ("trace:certificate", certificates_seen),
    ("trace:alert", alerts_seen),
    ("trace:console_lot", lots_seen),
    ("trace:sample", samples_seen),
    ("trace:console_recall", recalls_seen),
    ("atlas:console_release", lambda by: Release.objects.all()),
)


def address_of(typed: str, by: Actor) -> str:
    """Return the page of the thing that has this code, or "" when there is none that `by` may open."""
    if Indicator.objects.filter(code=typed.strip()).exists():
        return reverse("facts:console_indicator", args=[typed.strip()])
    code = read_code(typed)
    if code is None:
        return ""
    for name, seen in _THINGS:
        address = reverse(name, args=[code])
        if _lets_in(address, by) and seen(by).order_by().filter(code=code).exists():
            return address
    address = reverse("assessments:console_inspection", args=[code])
    if _lets_in(address, by) and inspections_seen(by).filter(assessment__code=code).exists():
        return address
    address = reverse("cases:desk", args=[code])
    return address if _lets_in(address, by) and case_at(by.unit, code) else ""


def _lets_in(address: str, by: Actor) -> bool:
    roles = getattr(resolve(address).func, "roles", ())
    return not roles or by.role in roles
