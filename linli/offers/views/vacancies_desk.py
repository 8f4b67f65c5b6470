"""Vacancies on the console: those that a unit keeps; post, amend, close one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.offers.actions import vacancies as actions
from linli.offers.forms.vacancies import KeptVacanciesForm, VacancyForm
from linli.offers.queries import vacancies as queries
from linli.offers.views.console import DO, ORGANIZERS, ROWS, form_page, told, trail

# Which field of the form a refusal is about.
_FIELDS = {
    "pay_wrong": "pay_to", "day_wrong": "valid_until", "employer_closed": "organization",
    "not_their_stand": "stand", "wished_for": "stand", "no_posts": "posts", "no_title": "title",
}  # fmt: skip


@require_safe
@staff_only(*ORGANIZERS)
def kept(request: HttpRequest) -> HttpResponse:
    """List what the unit keeps."""
    by, today = acting(request), localdate(now())
    fairs = queries.fairs_to_come(by, today)
    choices = {"fair": [(one.code, one.offer.title) for one in fairs]}
    form = KeptVacanciesForm(request.GET, choices=choices)
    found = queries.kept_vacancies_asked(by, form.asked, form.state_asked, today)
    context = {
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "posts": queries.posts_of(found),
        "narrowed": any(form.data.get(name) for name in form.fields),
        "today": today,
        "fairs": fairs,
        "trail": trail((_("Vacancies"), "")),
    }
    return render(request, "offers/fairs_kept.html", context)


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def new(request: HttpRequest) -> HttpResponse:
    """Post a vacancy for the own unit."""
    by, at = acting(request), now()
    fairs, units = queries.fairs_to_come(by, localdate(at)), queries.units_of(by)
    form = VacancyForm(request.POST or None, fairs=fairs, units=units)
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            actions.post_vacancy(by=by, at=at, unit=unit, draft=form.draft())
        except Refused as refused:
            _beside(form, refused)
        else:
            return redirect("offers:kept_vacancies")
    return form_page(request, form, title=_("A new vacancy"), button=_("Post it"), **_around())


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Amend a vacancy; close it."""
    by, at = acting(request), now()
    found = queries.kept_vacancy(by, code)
    fairs = queries.fairs_to_come(by, localdate(at))
    form = VacancyForm(request.POST or None, fairs=fairs, kept=found)
    if form.is_valid():
        try:
            actions.amend_vacancy(by=by, at=at, vacancy=found, draft=form.draft())
        except Refused as refused:
            _beside(form, refused)
        else:
            return redirect("offers:kept_vacancies")
    closing = {
        "title": _("Close this vacancy"),
        "about": _("Nobody is looked for any more. Its page stays and says so."),
        "button": _("Close the vacancy"),
        "address": reverse("offers:vacancy_close", args=[code]),
    }
    close = closing if found.closed_on is None else None
    return form_page(request, form, title=found.title, button=_("Amend"), close=close, **_around())


@require_POST
@staff_only(*ORGANIZERS)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a vacancy."""
    by = acting(request)
    found = queries.kept_vacancy(by, code)
    return told(
        request,
        lambda: actions.close_vacancy(by=by, at=now(), vacancy=found),
        _("The vacancy is closed."),
        reverse("offers:kept_vacancies"),
    )


def _beside(form: VacancyForm, refused: Refused) -> None:
    on_form(form, refused, _FIELDS.get(refused.code))


def _around() -> dict[str, object]:
    here = reverse("offers:kept_vacancies")
    return {"back": here, "steps": [(_("Vacancies"), here)]}
