"""Schemes for everybody: which there are, what they ask, how a round stands and who takes part."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.assessments.forms.round_filters import CandidatesForm
from linli.assessments.models import Round, Scheme
from linli.assessments.queries.advancing import by_stage
from linli.assessments.queries.round_lists import (
    candidates,
    listed_schemes,
    rounds_of,
    stage_days,
)
from linli.assessments.queries.stage_words import LAMPS, STAGES, level_name
from linli.kernel.clock import now
from linli.kernel.text import Words

PER_PAGE = 50


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """List schemes that had a round."""
    listed = listed_schemes(public=True)
    return render(request, "assessments/schemes.html", {"schemes": listed, "trail": _trail()})


@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one scheme: what for, whom for, its rounds."""
    held = Scheme.objects.filter(rounds__opened_at__isnull=False).distinct()
    found = get_object_or_404(held.select_related("unit", "area"), code=code)
    context = {
        "scheme": found,
        "categories": found.categories.all(),
        "rounds": rounds_of(found, public=True),
        "trail": _trail((found.name, "")),
    }
    return render(request, "assessments/scheme.html", context)


@require_safe
def round_(request: HttpRequest, code: str) -> HttpResponse:
    """Show one round: its stages with their last days, what counts how much, who takes part and where each stands."""
    rounds = Round.objects.published().select_related(
        "scheme__unit", "scheme__area", "edition__instrument"
    )
    found = get_object_or_404(rounds, code=code)
    form = CandidatesForm(request.GET, of=found)
    page = Paginator(candidates(found, **form.asked), PER_PAGE).get_page(request.GET.get("page"))
    numbers, levels = by_stage(found), found.scheme.levels
    through = (found.scheme.name, reverse("assessments:scheme", args=[found.scheme.code]))
    context = {
        "round": found,
        "stages": [
            (one, STAGES[one.stage]) for one in stage_days(found, numbers, localdate(now()))
        ],
        "ends": [(STAGES[one], n) for one, n in numbers.items() if one not in found.days],
        "weights": [(STAGES[source], weight) for source, weight in found.weights.items()],
        "rows": [
            (one, LAMPS[one.stage], level_name(levels, one.level)) for one in page.object_list
        ],
        "page": page,
        "form": form,
        "filtered": form.narrowed,
        "address": request.path,
        "trail": _trail(through, (str(found.year), "")),
    }
    return render(request, "assessments/round.html", context)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("assessments:schemes") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Demonstration units"), here), *steps]
