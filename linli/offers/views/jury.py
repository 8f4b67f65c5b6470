"""The console of contests: their terms, works by number for each judge, the result, prizes at the window."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.limits import allow_knock
from linli.kernel.refusals import Refused, on_form
from linli.offers.actions import contests, entering
from linli.offers.forms.contests import AsideForm, MarkForm, PointsForm, TermsForm
from linli.offers.models import Contest, Entry, Offer
from linli.offers.queries import works
from linli.offers.queries.jury import jury
from linli.offers.queries.organizing import visible
from linli.offers.views.console import DO, ORGANIZERS
from linli.offers.views.contests import as_file
from linli.ui.private import private

JURY = (Role.OFFICER, Role.CLERK, Role.SUPERVISOR, Role.PLANNER)
AT_A_WINDOW = (Role.OFFICER, Role.CLERK)


@private
@require_safe
@staff_only(*JURY)
def contest_list(request: HttpRequest) -> HttpResponse:
    """Show the contests of the unit, with counts."""
    by = acting(request)
    context = {"offers": works.with_counts(visible(by)), "now": now(), "trail": _trail()}
    return render(request, "offers/contest_list.html", context)


@private
@require_http_methods(DO)
@staff_only(*JURY, post=ORGANIZERS)
def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Show a contest to its jury; before works can be sent in, ask who organizes it for the terms."""
    by, at = acting(request), now()
    offer = get_object_or_404(works.with_counts(visible(by)), code=code)
    found = Contest.objects.select_related("offer__unit").filter(offer=offer).first()
    if found is None:
        return _terms(request, offer)
    is_judge = by.unit == offer.unit.name
    rows = works.before_judge(found, by, at) if is_judge and at >= found.closes_at else []
    context = {
        "contest": found,
        "offer": offer,
        "open": at < found.closes_at,
        "is_judge": is_judge,
        "organizes": by.role in ORGANIZERS,
        "rows": rows,
        "mine": sum(row.mark is not None for row in rows),
        "winners": works.winners(found) if found.judged_at else [],
        "jury": jury(found) if found.judged_at else None,
        "trail": _trail((offer.title, "")),
    }
    return render(request, "offers/contest_jury.html", context)


@private
@require_http_methods(DO)
@staff_only(*JURY)
def work(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one work to one judge, and take their points; the next one follows."""
    by, at = acting(request), now()
    found = _judged_here(request, code)
    rows = works.before_judge(found, by, at)
    row = next((row for row in rows if row.work.entry.number == number), None)
    if row is None or at < found.closes_at:
        return redirect("offers:console_contest", code)
    sent = request.POST if request.method == "POST" else None
    form = PointsForm(sent, criteria=list(found.criteria.all()), mark=row.mark)
    if form.is_valid():
        try:
            contests.grade(by=by, at=at, entry=row.work.entry, given=form.verdict())
        except Refused as refused:
            on_form(form, refused)
        else:
            return _next(code, rows, number)
    context = {
        "contest": found,
        "offer": found.offer,
        "work": row.work,
        "form": form,
        "aside": AsideForm(initial={"why": row.work.entry.set_aside}),
        "organizes": by.role in ORGANIZERS,
        "trail": _trail((found.offer.title, reverse("offers:console_contest", args=[code])), (str(number), "")),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "offers/contest_judge.html", context, status=status)


@private
@require_safe
@staff_only(*JURY)
def work_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The picture or recording of a work, for its jury."""
    found = _judged_here(request, code)
    return as_file(get_object_or_404(found.entries, number=number), found, now())


@private
@require_POST
@staff_only(*ORGANIZERS)
def aside(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Set a work aside, or take it back in."""
    entry = get_object_or_404(
        Entry.objects.select_related("contest__offer__unit"),
        contest__offer__in=visible(acting(request)),
        contest__offer__code=code,
        number=number,
    )
    form = AsideForm(request.POST)
    form.is_valid()
    why = form.cleaned_data.get("why", "")
    contests.set_aside(by=acting(request), at=now(), entry=entry, why=why)
    messages.success(request, _("It is noted."))
    return redirect("offers:console_contest", code)


@private
@require_POST
@staff_only(*ORGANIZERS)
def result(request: HttpRequest, code: str) -> HttpResponse:
    """Compute the result and tell it."""
    found = _of_unit(request, code)
    try:
        contests.tell_result(by=acting(request), at=now(), contest=found)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("The result is told."))
    return redirect("offers:console_contest", code)


@private
@require_http_methods(DO)
@staff_only(*AT_A_WINDOW)
def prize(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a prize over to who shows number and mark."""
    by, at, found = acting(request), now(), _of_unit(request, code)
    form = MarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        allow_knock("prize", f"{code} {form.cleaned_data['number']}", at=at, burst=6, per_hour=30)
        try:
            entry = entering.own(by=by, at=at, contest=found, **form.cleaned_data)
            entering.hand_over_prize(by=by, at=at, entry=entry)
        except Refused as refused:
            on_form(form, refused)
        else:
            told = _("Number %(number)s, place %(place)s: hand the prize over.")
            messages.success(request, told % {"number": entry.number, "place": entry.place})
            return redirect("offers:prize", code)
    context = {"form": form, "offer": found.offer, "contest": found, "trail": _trail((found.offer.title, ""))}  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "offers/contest_prize.html", context, status=status)


def _terms(request: HttpRequest, offer: Offer) -> HttpResponse:
    form = TermsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            terms = contests.Terms(**form.cleaned_data)
            contests.call_for_works(by=acting(request), at=now(), offer=offer, terms=terms)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Works can be sent in."))
            return redirect("offers:console_contest", offer.code)
    context: dict[str, Any] = {"form": form, "offer": offer, "trail": _trail((offer.title, ""))}
    context["organizes"] = acting(request).role in ORGANIZERS
    status = 422 if form.is_bound else 200
    return render(request, "offers/contest_terms.html", context, status=status)


def _of_unit(request: HttpRequest, code: str) -> Contest:
    found = Contest.objects.select_related("offer__unit")
    return get_object_or_404(found, offer__in=visible(acting(request)), offer__code=code)


def _judged_here(request: HttpRequest, code: str) -> Contest:
    found = _of_unit(request, code)
    contests.in_jury(by=acting(request), at=now(), unit=found.offer.unit)
    return found


def _next(code: str, rows: list[works.BeforeJudge], number: int) -> HttpResponse:
    """Lead to the next work that this judge has not judged, or back to all of them."""
    waiting = [
        row.work.entry.number
        for row in rows
        if row.mark is None and not row.work.entry.set_aside and row.work.entry.number != number
    ]
    if waiting:
        return redirect("offers:judge_work", code, waiting[0])
    return redirect("offers:console_contest", code)


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    first = (_("Offers"), reverse("offers:console_list"))
    return [first, (_("Contests"), reverse("offers:console_contests") if more else ""), *more]
