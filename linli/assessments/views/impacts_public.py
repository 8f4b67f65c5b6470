"""Assessments of decisions for everybody: what is open for consultation, one of them whole, what was decided and why."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.assessments.forms.impacts import PublicImpactsForm
from linli.assessments.models import Impact
from linli.assessments.queries.impacts import (
    OPEN,
    asked_impacts,
    polls_about,
    state_of,
    whole,
)
from linli.assessments.views.impact_words import LAMPS, hazards_told, sides, who
from linli.kernel.clock import now
from linli.kernel.text import Words

PER_PAGE = 20


@require_safe
def impacts(request: HttpRequest) -> HttpResponse:
    """List what lies or lay open, what anybody can still speak to first."""
    at, published = now(), Impact.objects.published()
    form = PublicImpactsForm(request.GET, among=published)
    found = asked_impacts(published, form.asked, at).order_by("-closes_at", "-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, state_of(one, at), LAMPS[state_of(one, at)]) for one in page.object_list],
        "page": page,
        "form": form,
        "narrowed": form.narrowed,
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "assessments/impacts.html", context)


@require_safe
def impact(request: HttpRequest, code: str) -> HttpResponse:
    """Show one assessment: what is to be decided, where, what was found, said, decided."""
    found = get_object_or_404(
        Impact.objects.published().select_related(
            "subject__unit", "subject__area", "edition__instrument", "earlier", "later"
        ),
        code=code,
    )
    at, full = now(), whole(found)
    state = state_of(found, at)
    later = getattr(found, "later", None)
    context = {
        "impact": found,
        "whole": full,
        "sides": sides(full),
        "sources": [(who(one), one) for one in full.sources],
        "hazards": hazards_told(full),
        "polls": polls_about(found),
        "state": state,
        "lamp": LAMPS[state],
        "open": state == OPEN,
        "earlier": found.earlier if found.earlier and found.earlier.opened_at else None,
        "later": later if later and later.opened_at else None,
        "trail": _trail((found.subject.name, "")),
    }
    return render(request, "assessments/impact.html", context)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("assessments:impacts") if steps else ""
    return [
        (_("Home"), reverse("portal:home")),
        (_("Decisions before they are taken"), here),
        *steps,
    ]
