"""The organizer's offers: the list with its filters in the address, one offer with its sessions, its deeds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.offers.actions import amending, offering
from linli.offers.forms.offer import OfferForm, OffersForm
from linli.offers.models import Offer
from linli.offers.queries.organizing import (
    OffersAsked,
    coming,
    offers_asked,
    programmes,
    visible,
)

READERS = (Role.OFFICER, Role.CLERK, Role.PLANNER)
ORGANIZERS = (Role.OFFICER, Role.PLANNER)
DO = ["GET", "HEAD", "POST"]
ROWS = 25
SESSIONS = 200  # of one offer on its page; the grid shows the others
_STANDS: dict[str, tuple[str, Words]] = {
    "draft": ("soon", gettext_lazy("not published")),
    "published": ("done", gettext_lazy("published")),
    "withdrawn": ("plain", gettext_lazy("withdrawn")),
}


@require_safe
@staff_only(*READERS)
def offers(request: HttpRequest) -> HttpResponse:
    by, at = acting(request), now()
    form = OffersForm(request.GET, programmes=programmes(by))
    given = getattr(form, "cleaned_data", {})
    found = offers_asked(by, OffersAsked(**given))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    counted = coming(page.object_list, at)
    context = {
        "rows": [(one, *stands(one), counted.get(one.pk)) for one in page.object_list],
        "page": page,
        "form": form,
        "filtered": any(given.values()),
        "address": reverse("offers:console_list"),
        "ways": _ways(by.role),
        "several": by.role == Role.PLANNER,
    }
    return render(request, "offers/console_list.html", context)


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def new_offer(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    form = OfferForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = offering.open_offer(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Kept. Add a session, then publish it."))
            return redirect("offers:console_offer", made.code)
    context = {
        "title": _("A new offer"),
        "button": _("Save"),
        "back": reverse("offers:console_list"),
    }
    return form_page(request, form, **context)


@require_safe
@staff_only(*READERS)
def offer(request: HttpRequest, code: str) -> HttpResponse:
    by, at = acting(request), now()
    found = get_object_or_404(visible(by).select_related("service"), code=code)
    sessions = found.sessions.select_related("location")
    coming_ = sessions.filter(ends_at__gt=at).order_by("starts_at")[:SESSIONS]
    over = sessions.filter(ends_at__lte=at).order_by("-starts_at")[:SESSIONS]
    context = {
        "offer": found,
        "stands": stands(found),
        "sessions": [*coming_, *over],
        "parts": found.parts.order_by("title")[:SESSIONS] if found.kind == Offer.PROGRAMME else [],
        "at": at,
        "organizes": by.role in ORGANIZERS and found.withdrawn_at is None,
        "trail": trail((found.title, "")),
    }
    return render(request, "offers/console_offer.html", context)


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def amend_offer(request: HttpRequest, code: str) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(visible(by).filter(withdrawn_at=None), code=code)
    form = OfferForm(posted(request), by=by, offer=found)
    if form.is_valid():
        try:
            amending.amend_offer(by=by, at=now(), offer=found, change=form.change())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Amended."))
            return redirect("offers:console_offer", code)
    here = reverse("offers:console_offer", args=[code])
    notices = [
        ("note", _("It is published: it may not cost more, or keep longer what people leave."))
    ]
    context = {
        "title": _("Amend the offer"),
        "button": _("Amend"),
        "back": here,
        "notices": notices if found.published_at else [],
        "steps": [(found.title, here)],
    }
    return form_page(request, form, **context)


@require_POST
@staff_only(*ORGANIZERS)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(visible(by), code=code)
    return told(
        request,
        lambda: offering.publish(by=by, at=now(), offer=found),
        _("Published: everybody sees it now."),
        reverse("offers:console_offer", args=[code]),
    )


@require_POST
@staff_only(*ORGANIZERS)
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(visible(by), code=code)
    return told(
        request,
        lambda: amending.withdraw(by=by, at=now(), offer=found),
        _("Withdrawn: nobody sees it any more."),
        reverse("offers:console_offer", args=[code]),
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the form that was sent, an empty one too; None when none was."""
    return request.POST if request.method == "POST" else None


def stands(offer: Offer) -> tuple[str, Words]:
    """Return how an offer stands: the state of its lamp, and a word."""
    if offer.withdrawn_at is not None:
        return _STANDS["withdrawn"]
    return _STANDS["published" if offer.published_at is not None else "draft"]


def told(request: HttpRequest, deed: Any, done: str, to: str) -> HttpResponse:  # noqa: ANN401 - of any deed
    """Do a deed that is a button, and go on to where it shows; say what was done, or why not."""
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, done)
    return redirect(to)


def form_page(request: HttpRequest, form: Form, **named: Any) -> HttpResponse:
    """Show a form on a page of its own; 422 with what is missing."""
    steps = named.pop("steps", [])
    context = {"form": form, "trail": trail(*steps, (named["title"], ""))} | named
    status = 422 if form.is_bound else 200
    return render(request, "offers/console_form.html", context, status=status)


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk."""
    here = reverse("offers:console_list") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Offers"), here), *steps]


def _ways(role: Role) -> list[tuple[Words, str]]:
    ways: list[tuple[Words, str]] = [(_("Week by place"), reverse("offers:console_grid"))]
    if role != Role.PLANNER:
        ways.append((_("Book for somebody"), reverse("offers:counter")))
    ways.append((_("Contests"), reverse("offers:console_contests")))
    ways.append((_("Pairs"), reverse("offers:console_pairs")))
    if role in ORGANIZERS:
        ways.append((_("Vacancies"), reverse("offers:kept_vacancies")))
        ways.append((_("Quizzes"), reverse("offers:console_quizzes")))
        ways.append((_("A new offer"), reverse("offers:console_new")))
    return ways
