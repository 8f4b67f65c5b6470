"""Honours on the console: units that were named are looked at again; an honour is given to an individual, unnamed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions import awarding, honouring
from linli.assessments.forms.deciding import ConcludeForm, HonourForm, RecheckForm
from linli.assessments.forms.honours import HonoursForm
from linli.assessments.models import Award
from linli.assessments.queries import honours as queries
from linli.assessments.queries.notice_words import AWARDS
from linli.assessments.queries.stage_words import level_name
from linli.assessments.views.candidates import task_lamp
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted, trail
from linli.directory.views.qr import drawn
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import once
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

ROWS = 50


@private
@require_safe
@staff_only(*READERS)
def console_honours(request: HttpRequest) -> HttpResponse:
    """List the units that were named, with when each is looked at again. Individuals are listed nowhere."""
    form = HonoursForm(request.GET)
    page = Paginator(queries.awards(form.asked), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filtered": form.asked != queries.HonoursAsked(),
        "page": page,
        "rows": [
            (one, level, AWARDS[one.state]) for one, level in queries.named_levels(page.object_list)
        ],
        "today": localdate(now()),
        "gives": acting(request).role in KEEPERS,
        "trail": trail((_("Honours"), "")),
    }
    return render(request, "assessments/honours_console.html", context)


@private
@require_safe
@staff_only(*READERS)
def console_award(request: HttpRequest, code: str) -> HttpResponse:
    """Show one honour of a unit, its re-checks, and what follows."""
    found = _award(code)
    context = {
        "award": found,
        "one": found.candidacy,
        "level": level_name(found.candidacy.round.scheme.levels, found.level),
        "lamp": AWARDS[found.state],
        "steps": [(one, AWARDS[one.to]) for one in found.steps.order_by("-id")],
        "rechecks": [(task, task_lamp(task)) for task in queries.rechecks_of(found)],
        "decides": acting(request).role == Role.PLANNER and found.state != Award.WITHDRAWN,
        "trail": _trail((found.candidacy.subject.name, "")),
    }
    return render(request, "assessments/award_console.html", context)


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def award_recheck(request: HttpRequest, code: str) -> HttpResponse:
    """Have a unit look again."""
    found = _award(code)
    form = RecheckForm(posted(request))
    here = reverse("assessments:console_award", args=[code])
    if form.is_valid():
        try:
            awarding.begin_recheck(by=acting(request), at=now(), award=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("The unit was asked."))
            return redirect(here)
    title = _("Have it looked at again")
    named = {"title": title, "button": title, "back": here, "lead": found.candidacy.subject.name}
    return form_page(request, form, **named, trail=_trail((found.candidacy.subject.name, here), (title, "")))  # fmt: skip


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def award_conclude(request: HttpRequest, code: str) -> HttpResponse:
    """Keep, warn or withdraw it."""
    found = _award(code)
    form = ConcludeForm(posted(request), of=found)
    here = reverse("assessments:console_award", args=[code])
    if form.is_valid():
        try:
            awarding.conclude(by=acting(request), at=now(), award=found, outcome=form.outcome())
        except Refused as refused:
            on_form(form, refused, {"no_reason": "reason", "not_rechecked": "recheck"}.get(refused.code))  # fmt: skip
        else:
            messages.success(request, _("It stands in the public register now."))
            return redirect(here)
    title = _("What follows")
    named = {"title": title, "button": title, "back": here, "lead": found.candidacy.subject.name}
    return form_page(request, form, **named, trail=_trail((found.candidacy.subject.name, here), (title, "")))  # fmt: skip


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
@once
def honour_new(request: HttpRequest) -> HttpResponse:
    """Give an honour to an individual: a slip is printed, this once, and nothing says who holds it."""
    form = HonourForm(posted(request), by=acting(request))
    title = _("Honour an individual")
    if form.is_valid():
        try:
            slip = honouring.honour(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            address = request.build_absolute_uri(reverse("assessments:honour_door"))
            context = {
                "honour": slip.honour,
                "passphrase": slip.passphrase,
                "level": level_name(slip.honour.scheme.levels, slip.honour.level),
                "address": address,
                "square": drawn(address),
                "trail": _trail((title, "")),
            }
            return render(request, "assessments/honour_slip.html", context)
    back = reverse("assessments:console_honours")
    named = {"title": title, "button": _("Give it, and print the slip"), "back": back}
    return form_page(request, form, **named, trail=_trail((title, "")))


def _award(code: str) -> Award:
    return get_object_or_404(queries.awards(), code=code)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    return trail((_("Honours"), reverse("assessments:console_honours")), *steps)
