"""The console of a course: its plan, the lesson of each meeting, orders of employers and who was hired."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.offers.actions.lessons import TAUGHT, plan_lessons, teach
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.actions.training import Order, order_training
from linli.offers.forms.courses import HireForm, OrderForm, PlanForm, TeachForm
from linli.offers.models import Booking, Offer
from linli.offers.queries.courses import Followed, followed, orders, taught
from linli.offers.queries.organizing import sessions_of, visible
from linli.offers.views.console import DO, ORGANIZERS, READERS, trail


@require_http_methods(DO)
@staff_only(*READERS, post=ORGANIZERS)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show and write the plan of a course."""
    by = acting(request)
    found = get_object_or_404(visible(by).filter(kind__in=TAUGHT), code=code)
    lessons = list(found.lessons.all())
    form = PlanForm(request.POST or None, initial={"plan": PlanForm.written(lessons)})
    if form.is_valid():
        try:
            plan_lessons(by=by, at=now(), offer=found, plan=form.planned())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("The plan is kept."))
            return redirect("offers:course_plan", code)
    context = {
        "offer": found,
        "lessons": lessons,
        "sessions": found.sessions.order_by("-starts_at")[:50],
        "form": form if by.role in ORGANIZERS else None,
        "trail": _trail(found, _("Lesson plan")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/courses_plan.html", context, status=status)


@require_http_methods(DO)
@staff_only(*READERS, post=ORGANIZERS)
def session_lessons(request: HttpRequest, code: str) -> HttpResponse:
    """Show the meetings of a session with their lessons and how many came; say which lesson each is about."""
    by = acting(request)
    found = get_object_or_404(sessions_of(by).filter(offer__kind__in=TAUGHT), code=code)
    form = TeachForm(request.POST if request.method == "POST" else None, session=found)
    if form.is_valid():
        teach(by=by, at=now(), session=found, lessons=form.chosen())
        messages.success(request, _("Kept."))
        return redirect("offers:session_lessons", code)
    context = {
        "session": found,
        "offer": found.offer,
        "rows": [(row, form[f"meeting-{row.meeting.number}"]) for row in taught(found)],
        "organizes": by.role in ORGANIZERS,
        "trail": _trail(found.offer, _("Lessons")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/courses_session.html", context, status=status)


@require_http_methods(DO)
@staff_only(*READERS, post=ORGANIZERS)
def trainings(request: HttpRequest, code: str) -> HttpResponse:
    """Show the orders of a course and what came of them; write down an order."""
    by = acting(request)
    found = get_object_or_404(visible(by).filter(kind=Offer.COURSE), code=code)
    form = OrderForm(request.POST or None)
    if form.is_valid():
        try:
            order_training(by=by, at=now(), offer=found, order=Order(**form.cleaned_data))
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("The order is kept."))
            return redirect("offers:trainings", code)
    rows, told = orders(found), followed(found)
    context = {
        "offer": found,
        "rows": rows,
        "figures": _figures(sum(row.training.places for row in rows), told),
        "form": form,
        "hire": HireForm(offer=found) if rows else None,
        "organizes": by.role in ORGANIZERS,
        "trail": _trail(found, _("Orders of employers")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/courses_trainings.html", context, status=status)


@require_http_methods(["POST"])
@staff_only(Role.OFFICER, Role.PLANNER)
def hire(request: HttpRequest, code: str) -> HttpResponse:
    """Write down how many of a booking an employer has taken on at the end of the course."""
    by = acting(request)
    found = get_object_or_404(visible(by).filter(kind=Offer.COURSE), code=code)
    form = HireForm(request.POST, offer=found)
    if not form.is_valid():
        messages.error(request, _("Choose an order, a code and a number of people."))
        return redirect("offers:trainings", code)
    given = form.cleaned_data
    bookings = Booking.objects.filter(session__offer=found).select_related("session__offer__unit")
    booking = bookings.filter(code=given["code"]).first()
    training = found.trainings.get(code=given["training"])
    try:
        if booking is None:
            raise Refused("unknown_code", _("No booking of this course has this code."))
        result = Result(kind="employed", people=given["people"], training=training)
        record_outcome(by=by, at=now(), booking=booking, result=result)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("Written down."))
    return redirect("offers:trainings", code)


def _figures(ordered: int, told: Followed) -> list[dict[str, Words | int]]:
    return [
        {"words": _("People ordered"), "value": ordered},
        {"words": _("People who came"), "value": told.came},
        {"words": _("completed"), "value": told.completed},
        {"words": _("passed"), "value": told.passed},
        {"words": _("employed"), "value": told.employed},
        {"words": _("May be asked again"), "value": told.to_ask},
    ]


def _trail(offer: Offer, here: str) -> list[tuple[Words, str]]:
    return trail((offer.title, reverse("offers:console_offer", args=[offer.code])), (here, ""))
