"""The ledger as a tree: programme, measure, task. A branch opens by a link; scripts open it in place."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from linli.kernel.doors import staff_only
from linli.plans.models import Measure, Programme
from linli.plans.queries import Ledger, MeasureBranch, ProgrammeBranch, tree
from linli.plans.rules.lamp import Lamp
from linli.plans.views.ledger_frame import Asked, assign_form, frame, may_edit
from linli.plans.views.ledger_words import LAMPS, STATES
from linli.plans.views.rows import TREE, RowShown, columns, shown_rows

AT_ONCE = 30  # measures that are few enough to be shown without being asked for


class Branch(NamedTuple):
    """One branch as it is shown. `toggle_at` opens it or closes it, `in_place` does so by script."""

    of: Programme | Measure
    counts: Sequence[tuple[str, str]]  # state of ui/, words
    total: int
    is_open: bool
    toggle_at: str
    in_place: str
    branches: list["Branch"]
    rows: list[RowShown]


@require_safe
@staff_only()
def ledger_tree(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = asked.found()
    programmes = tree(asked.filters, asked.at, of=found)
    few = sum(len(one.measures) for one in programmes) <= AT_ONCE
    at_first = {one.programme.code for one in programmes} if few else set()
    opened = set(request.GET.getlist("open")) if "open" in request.GET else at_first
    grown = Growing(asked, found, opened, editable=may_edit(request))
    context: dict[str, Any] = frame(request, asked, found) | {
        "branches": [grown.programme(one) for one in programmes],
        "columns": columns(TREE),
        "assign_form": assign_form() if may_edit(request) else None,
    }
    return render(request, "plans/ledger_tree.html", context)


@require_safe
@staff_only()
def ledger_branch(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with one branch, open or closed: what a script puts in its place."""
    asked = Asked.of(request.GET)
    found = asked.found()
    opened = {code} if request.GET.get("opened") == "1" else set()
    grown = Growing(asked, found, opened, editable=may_edit(request))
    for one in tree(asked.filters, asked.at, of=found):
        if one.programme.code == code:
            return _fragment(request, "plans/_ledger_programme.html", grown.programme(one))
        for measure in one.measures:
            if measure.measure.code == code:
                return _fragment(request, "plans/_ledger_measure.html", grown.measure(measure))
    raise Http404


class Growing:
    """Makes branches for a page from the tree of the queries."""

    def __init__(self, asked: Asked, found: Ledger, opened: set[str], *, editable: bool) -> None:
        self.asked, self.found, self.opened, self.editable = asked, found, opened, editable
        self.here = reverse("plans:ledger_tree")

    def programme(self, one: ProgrammeBranch) -> Branch:
        """Return a programme, with its measures when it is open."""
        is_open = one.programme.code in self.opened
        parts = [self.measure(measure) for measure in one.measures] if is_open else []
        return self._branch(one.programme, one.counts, branches=parts)

    def measure(self, one: MeasureBranch) -> Branch:
        """Return a measure, with its tasks when it is open."""
        rows: list[RowShown] = []
        if one.measure.code in self.opened:
            rows = shown_rows(self.found.of_measure(one.measure.pk), TREE, editable=self.editable)
        return self._branch(one.measure, one.counts, rows=rows)

    def _branch(
        self,
        of: Programme | Measure,
        counts: dict[Lamp, int],
        *,
        branches: list[Branch] | None = None,
        rows: list[RowShown] | None = None,
    ) -> Branch:
        is_open = of.code in self.opened
        others = sorted(self.opened - {of.code} if is_open else self.opened | {of.code})
        opened = urlencode({"open": others or [""]}, doseq=True)
        query = self.asked.filters.query
        words = [
            (
                STATES[lamp],
                format_html('<span class="hush">{} </span>{}', LAMPS[lamp], counts[lamp]),
            )
            for lamp in LAMPS
            if counts[lamp]
        ]
        return Branch(
            of=of,
            counts=words,
            total=sum(counts.values()),
            is_open=is_open,
            toggle_at=f"{self.here}?{query}&{opened}#branch-{of.code}",
            in_place=f"{self.here}{of.code}/?{query}&opened={int(not is_open)}",
            branches=branches or [],
            rows=rows or [],
        )


def _fragment(request: HttpRequest, template: str, branch: Branch) -> HttpResponse:
    context = {
        "branch": branch,
        "columns": columns(TREE),
        "may_edit": may_edit(request),
    }
    return render(request, template, context)
