"""What the matrix asks of dropped promises: one that became a task of the own unit; and what a public code leads to."""

from linli.kernel.signed import signed
from linli.reports.models import Report, Taken
from linli.reports.queries.drops import drops, successive
from tests.town import plans


def build(has, *, at):
    """Return the parts of addresses."""
    shown = Report.objects.filter(pk__in=[has.shown.pk, has.later.pk])
    drop = drops(successive(shown))[0]
    by = plans.planner()
    item = drop.fate.earlier.id
    Taken.objects.create(
        report=drop.pair.earlier, item=item, kind="task", code=has.open.code, **signed(by, at)
    )
    codes = {"earlier": drop.pair.earlier.code, "later": drop.pair.later.code}
    return {"drop": codes | {"item": item}}


SENT = {
    ("portal:what_happened", "a public code"): lambda has: {"code": has.open.code},
    ("portal:dropped_ask", "valid"): lambda has: {"due_on": "2026-12-20"},
}
