"""Vacancies, for everybody: the list, and one of them."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.directory.schemas.schemaorg import in_page
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.offers.forms.vacancies import VacanciesForm
from linli.offers.models import Session, Vacancy
from linli.offers.queries import vacancies as queries
from linli.offers.queries.fairs import fairs_on_show
from linli.offers.schemas.jobposting import posting_told

PER_PAGE = 20


@require_safe
def vacancies(request: HttpRequest) -> HttpResponse:
    """Show what can be asked for, the newest first."""
    today = localdate(now())
    choices = {
        "area": [(one.code, one.name) for one in queries.areas_hiring(today)],
        "employer": [(str(one.uuid), one.name) for one in queries.employers_hiring(today)],
        "fair": [(one.code, one.offer.title) for one in fairs_on_show(now())],
    }
    form = VacanciesForm(request.GET, choices=choices)
    found = queries.open_vacancies(form.asked, today)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "posts": queries.posts_of(found),
        "narrowed": any(form.data.get(name) for name in form.fields),
        "trail": _trail(),
    }
    response = render(request, "offers/fairs_vacancies.html", context)
    if form.data.get("words"):
        response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def vacancy(request: HttpRequest, code: str) -> HttpResponse:
    """Show one vacancy: what there is to do, what it takes, what it pays, where to talk about it."""
    found = queries.vacancy_on_show(read_code(code) or "")
    if found is None:
        raise Http404
    at = now()
    told = posting_told(found, request.build_absolute_uri("/").rstrip("/"))
    context = {
        "vacancy": found,
        "over": found.closed_on is not None or found.valid_until < localdate(at),
        "fair": _fair_of(found, at),
        "data": in_page(told),
        "trail": [*_trail()[:1], (_("Vacancies"), reverse("offers:vacancies")), (found.title, "")],
    }
    return render(request, "offers/fairs_vacancy.html", context)


def _fair_of(vacancy: Vacancy, at: datetime) -> Session | None:
    """Return the fair to come at which somebody can talk about it, when everybody may see that fair."""
    session = vacancy.stand.session if vacancy.stand else None
    if session is None or session.cancelled_at is not None or session.ends_at <= at:
        return None
    return session if session.offer.published_at and not session.offer.withdrawn_at else None


def _trail() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("portal:home")), (_("Vacancies"), "")]
