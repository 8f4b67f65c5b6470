"""Recalls and drills on the console: which there are, a new one, one of them with all whom it concerns."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import recalls as deeds
from linli.trace.actions.recall_answers import BY_HAND
from linli.trace.forms.recalls import DecisionForm, EndingForm, RecallFilterForm, RecallForm
from linli.trace.models import Recall, RecallReach, RecallTold
from linli.trace.queries.reaching import reach_of
from linli.trace.queries.recall_lists import concerned, reached, rows_of
from linli.trace.queries.recall_marks import balances, marks
from linli.trace.queries.recalls import recalls_seen
from linli.trace.views.recall_words import STATES, balance_told, marks_told, share, told_lamp
from linli.trace.views.ways import DO, KEEPERS, READERS, form_page, posted, trail

ROWS = 30
_SEERS = (*READERS, Role.CLERK)


@require_safe
@staff_only(*_SEERS)
def console_recalls(request: HttpRequest) -> HttpResponse:
    """List recalls and drills, with the marks of those that are over."""
    by, form = acting(request), RecallFilterForm(request.GET)
    asked = form.asked
    found = recalls_seen(by)
    if asked["state"]:
        found = found.filter(state=asked["state"])
    if asked["kind"]:
        found = found.filter(drill=asked["kind"] == "drill")
    page = Paginator(found.order_by("-at", "-id"), ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (row, STATES[row.recall.state], share(row.score.whole) if row.score else "")
            for row in rows_of(page.object_list)
        ],
        "page": page,
        "form": form,
        "filtered": any(asked.values()),
        "address": request.path,
        "keeps": by.role in KEEPERS,
        "trail": recall_trail(),
    }
    return render(request, "trace/console_recalls.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def recall_new(request: HttpRequest) -> HttpResponse:
    """Propose a recall or a drill."""
    form = RecallForm(posted(request), initial={"lot": request.GET.get("lot", "")[:40]})
    if form.is_valid():
        try:
            made = deeds.start(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "words" if refused.code == "no_words" else None)
        else:
            messages.success(
                request, _("Proposed. A second person decides; until then nobody is told.")
            )
            return redirect("trace:console_recall", made.code)
    title = _("Call a lot back")
    named: dict[str, Any] = {
        "title": title,
        "lead": _("Nobody is told before a second person has decided."),
        "button": _("Propose it"),
        "back": reverse("trace:console_recalls"),
    }
    return form_page(request, form, **named, trail=recall_trail((title, "")))


@require_safe
@staff_only(*_SEERS)
def console_recall(request: HttpRequest, code: str) -> HttpResponse:
    """Show one recall: what it reached, who was told and answered, what became of the goods."""
    by, found = acting(request), recall_of(request, code)
    balance = balances(found)
    context: dict[str, Any] = {
        "recall": found,
        "lot": found.lot,
        "state": STATES[found.state],
        "preview": preview(found),
        "ahead": reached(found, RecallReach.AHEAD),
        "back": reached(found, RecallReach.BACK),
        "told": _told(by, found),
        "ways": [(key, words) for key, words in RecallTold.CHANNELS if key in BY_HAND],
        "balances": [balance_told(one) for one in balance],
        "figures": marks_told(marks(found, balance)),
        "decides": by.role == Role.PLANNER and by.name != found.by_name,
        "keeps": may_keep(by, found),
        "decision": DecisionForm(),
        "ending": EndingForm(),
        "trail": recall_trail((f"{found.lot}", "")),
    }
    return render(request, "trace/console_recall.html", context)


def preview(recall: Recall) -> dict[str, int] | None:
    """Return how much a recall would reach if it were called now; None once it is decided."""
    if recall.state != Recall.STARTED:
        return None
    reach = reach_of(recall.lot, recall.since, now())
    return {"lots": len(reach.lots), "things": len(reach.ahead), "businesses": len(reach.had)}


def recall_of(request: HttpRequest, code: str) -> Recall:
    """Return a recall that whoever asks may see."""
    return get_object_or_404(recalls_seen(acting(request)), code=code)


def _told(by: Actor, recall: Recall) -> dict[str, list[tuple[RecallTold, tuple[str, Words], bool]]]:
    """Return whom a recall concerns, how far it is with each, and whether who looks may answer for it."""
    runs, found = recall.state == Recall.RUNNING, concerned(recall)
    planner, clerk = by.role == Role.PLANNER, by.role == Role.CLERK
    officer = by.role == Role.OFFICER

    def may(one: RecallTold) -> bool:
        if one.operator is not None:
            return planner or clerk or (officer and one.operator.unit.name == by.unit)
        if one.unit is not None:
            return planner or (officer and one.unit.name == by.unit)
        return planner or clerk

    return {
        whom: [
            (
                one,
                told_lamp(one),
                runs and may(one) and (bool(one.operator) or not one.acknowledged_at),
            )
            for one in rows
        ]
        for whom, rows in found._asdict().items()
    }


def may_keep(by: Actor, recall: Recall) -> bool:
    """Say whether somebody keeps a recall going."""
    own = by.role == Role.OFFICER and by.unit == recall.lot.product.operator.unit.name
    return own or by.role == Role.PLANNER


def recall_trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk."""
    here = reverse("trace:console_recalls") if steps else ""
    return trail((_("Recalls"), here), *steps)
