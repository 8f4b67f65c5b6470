"""Programme lines on the console: the list, one with its projects and people sent, amend and publish."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.funds.actions import ledger, sending
from linli.funds.actions import programmes as actions
from linli.funds.forms.project_deeds import CorrectionForm, MoneyForm, PeopleForm
from linli.funds.forms.projects import ProgrammeForm
from linli.funds.models import Programme, ProgrammeLineQuerySet, Sent
from linli.funds.queries.project_money import accounts_of, money_of_programme, sources_of
from linli.funds.queries.sent import counting
from linli.funds.views.projects import project_trail
from linli.funds.views.ways import DO, KEEPERS, READERS, form_page, posted, told, ways
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words


@require_safe
@staff_only(*READERS)
def console_programmes(request: HttpRequest) -> HttpResponse:
    """List the programme lines, each with its parts."""
    found = Programme.objects.select_related("unit", "area", "above")
    counted = found.annotate(count=Count("projects", distinct=True)).order_by("name", "pk")
    context = {
        "rows": [
            line
            for whole in counted
            if whole.above_id is None
            for line in (whole, *(one for one in counted if one.above_id == whole.pk))
        ],
        "ways": ways(),
        "keeps": acting(request).role in KEEPERS,
        "trail": project_trail((_("Programme lines"), "")),
    }
    return render(request, "funds/programmes_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def new_programme(request: HttpRequest) -> HttpResponse:
    """Begin a programme line."""
    by = acting(request)
    form = ProgrammeForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = actions.begin_programme(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("funds:console_programme", made.code)
    title = _("A new programme line")
    named = {"title": title, "button": _("Begin it"), "back": reverse("funds:console_programmes")}
    return form_page(request, form, **named, trail=_trail((title, "")))


@require_safe
@staff_only(*READERS)
def console_programme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one programme line: its parts, its money, people sent for it."""
    programme = get_object_or_404(_lines(), code=code)
    context = {
        "programme": programme,
        "parts": programme.lines.order_by("name"),
        "projects": programme.projects.count(),
        "money": money_of_programme(programme),
        "sources": sources_of(programme),
        "sent": counting(programme).select_related("project").order_by("from_on", "pk"),
        "accounts": accounts_of(programme),
        "keeps": _keeps(acting(request), programme),
        "trail": _trail((programme.name, "")),
    }
    return render(request, "funds/programme_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def amend_programme(request: HttpRequest, code: str) -> HttpResponse:
    """Say otherwise what a programme line is."""
    by, programme = acting(request), _kept(request, code)
    form = ProgrammeForm(posted(request), by=by, programme=programme)
    if form.is_valid():
        try:
            actions.amend_programme(by=by, at=now(), programme=programme, draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("funds:console_programme", code)
    here = reverse("funds:console_programme", args=[code])
    title = _("Amend the programme line")
    named = {"title": title, "button": _("Keep the changes"), "back": here}
    return form_page(request, form, **named, trail=_trail((programme.name, here), (title, "")))


@require_POST
@staff_only(*KEEPERS)
def publish_programme(request: HttpRequest, code: str) -> HttpResponse:
    """Publish a programme line."""
    by, programme = acting(request), _kept(request, code)
    return told(
        request,
        lambda: actions.publish_programme(by=by, at=now(), programme=programme),
        _("Published: everybody sees it now."),
        reverse("funds:console_programme", args=[code]),
    )


@require_http_methods(DO)
@staff_only(*KEEPERS)
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """Count people sent for a whole programme line, or correct a count that was wrong."""
    by, programme = acting(request), _kept(request, code)
    wrong = _wrong(request, programme)
    form = _people(request, wrong)
    here = reverse("funds:console_programme", args=[code])
    if form.is_valid():
        try:
            _count(by, programme, form, wrong)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Recorded."))
            return redirect(here)
    title = _("Correct a count of people sent") if wrong else _("Count people sent")
    named = {"title": title, "button": _("Record it"), "back": here}
    return form_page(request, form, **named, trail=_trail((programme.name, here), (title, "")))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def account(request: HttpRequest, code: str) -> HttpResponse:
    """Open an account for the money of a programme line: where it comes from, or where it stands."""
    by, programme = acting(request), _kept(request, code)
    form = MoneyForm(posted(request))
    form.offer(by, programme.name)
    here = reverse("funds:console_programme", args=[code])
    if form.is_valid():
        try:
            ledger.open_account(by=by, at=now(), of=programme, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Recorded."))
            return redirect(here)
    title = _("Open an account for its money")
    named = {"title": title, "button": pgettext("money", "Open it"), "back": here}
    return form_page(request, form, **named, trail=_trail((programme.name, here), (title, "")))


def _wrong(request: HttpRequest, programme: Programme) -> Sent | None:
    number = request.GET.get("of", "")
    if not number:
        return None
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    return get_object_or_404(programme.sent.filter(project=None), pk=int(number))


def _people(request: HttpRequest, wrong: Sent | None) -> PeopleForm:
    if wrong is None:
        return PeopleForm(posted(request))
    form = CorrectionForm(posted(request))
    form.begin_with(wrong)
    return form


def _count(by: Actor, programme: Programme, form: PeopleForm, wrong: Sent | None) -> None:
    draft = form.sent_for(None)
    if wrong is None:
        sending.send(by=by, at=now(), programme=programme, draft=draft)
    else:
        reason = form.cleaned_data["reason"]
        sending.correct_sent(by=by, at=now(), sent=wrong, draft=draft, reason=reason)


def _lines() -> ProgrammeLineQuerySet:
    return Programme.objects.select_related("unit", "area", "above")


def _kept(request: HttpRequest, code: str) -> Programme:
    programme = get_object_or_404(_lines(), code=code)
    if not _keeps(acting(request), programme):
        raise Http404
    return programme


def _keeps(by: Actor, programme: Programme) -> bool:
    own = by.role == Role.OFFICER and by.unit == programme.unit.name
    return by.role == Role.PLANNER or own


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    return project_trail((_("Programme lines"), reverse("funds:console_programmes")), *steps)
