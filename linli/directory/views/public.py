"""Services for everybody: find one, read its guide, take a slip along."""

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.directory.models import Entry, MeasuredTime, Service, ServiceAtLocation
from linli.directory.queries import service_guide, terms_of, told_changes
from linli.directory.queries.finding import MOST, Found, How, found, how_many, shown, why
from linli.directory.queries.guides import Guide
from linli.directory.queries.standing import standing_directory, standing_windows
from linli.directory.rules.entries import Facets
from linli.directory.schemas.asked import FindForm
from linli.directory.schemas.schemaorg import in_page, service_told
from linli.directory.schemas.telling import FRESH_NAMES, FRESH_STATES, fresh_words
from linli.directory.views.hours import alike, plain_week, standing
from linli.directory.views.qr import drawn
from linli.kernel.clock import now
from linli.ui.kept import kept_while

PER_PAGE = 20


@require_safe
@kept_while(standing_directory, "kind", "area", "theme", "language", "free", "open", "page")
def services(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    words, facets = form.words, form.facets
    context = {
        "form": form,
        "words": words,
        "trail": [(_("Home"), reverse("portal:home")), (_("Services"), "")],
    }
    if words or facets != Facets():
        return render(request, "directory/public_found.html", context | _found(request, form))
    return render(request, "directory/public_services.html", context | {"themes": _themes()})


@require_safe
@kept_while(standing_windows)
def service(request: HttpRequest, code: str) -> HttpResponse:
    guide = _guide(code)
    changes = told_changes(guide.service.uuid)
    host = f"{request.scheme}://{request.get_host()}"
    context = _told(guide) | {
        "data": in_page(service_told(guide.service, guide.offers, host)),
        "changed_at": changes.last or guide.service.last_modified,
        "changes": changes.often,
        "corrected_at": changes.corrected,
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Services"), reverse("directory:services")),
            (guide.service.name, ""),
        ],
    }
    return render(request, "directory/public_service.html", context)


@require_safe
@kept_while(standing_windows)
def service_slip(request: HttpRequest, code: str) -> HttpResponse:
    guide = _guide(code)
    address = request.build_absolute_uri(reverse("directory:service", args=[guide.service.code]))
    context = _told(guide) | {"address": address, "qr": drawn(address)}
    return render(request, "directory/public_slip.html", context)


def _found(request: HttpRequest, form: FindForm) -> dict[str, Any]:
    answer = found(form.words, form.facets, now())
    page = Paginator(answer.ids, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "total": answer.total,
        "many": answer.total > MOST,
        "listed": len(answer.ids),
        "slip": answer.how == How.SLIP,
        "parts": answer.how == How.PARTS,
        "hits": [hit(entry, answer) for entry in shown(list(page.object_list))],
    }


def hit(entry: Entry, answer: Found) -> dict[str, Any]:
    """Return one found thing as a list shows it; for a partial answer, which words it holds."""
    heard = why(entry, answer.question)[:4] if answer.how == How.PARTS else ()
    return {"entry": entry, "why": heard}


def _themes() -> list[dict[str, Any]]:
    terms = list(terms_of("theme"))
    counts = how_many([f"m:{term.code.lower()}" for term in terms])
    return [
        {"term": term, "count": count} for term, count in zip(terms, counts, strict=True) if count
    ]


def _guide(code: str) -> Guide:
    guide = service_guide(code, localdate(now()))
    if guide is None:
        raise Http404
    return guide


def _told(guide: Guide) -> dict[str, Any]:
    at = now()
    return {
        "guide": guide,
        "service": guide.service,
        "places": [_place(offer, at) for offer in guide.offers],
        "costs": [(cost.option, f"{cost.amount / 100:.2f}") for cost in guide.service.costs.all()],
        **_times(guide.service),
        "fresh_state": FRESH_STATES[guide.fresh.state],
        "fresh_name": FRESH_NAMES[guide.fresh.state],
        "fresh_words": fresh_words(guide.fresh),
        "now": at,
    }


def _times(service: Service) -> dict[str, Any]:
    """Return what was measured, its last month, and whether it took longer than was promised."""
    measured: MeasuredTime | None = getattr(service, "measured", None)
    took = measured.days if measured else None
    said = service.promised_days if service.promised_days is not None else service.statutory_days
    return {
        "measured": measured,
        "last_month": measured.until - timedelta(days=1) if measured else None,
        "late": took is not None and said is not None and took > said,
    }


def _place(offer: ServiceAtLocation, at: datetime) -> dict[str, Any]:
    rules = list(offer.schedules.all()) or list(offer.location.schedules.all())
    return {
        "offer": offer,
        "location": offer.location,
        "standing": standing(rules, at),
        "week": alike(plain_week(rules, at)) if rules else [],
    }
