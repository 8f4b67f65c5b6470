"""What everybody may see of instruments: those that were adopted, each edition with its digest."""

from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.assessments.models import Edition, Instrument
from linli.assessments.schemas.edition_shown import edition_shown

ROWS = 50
_ADOPTED = Q(editions__adopted_at__isnull=False)


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """List the instruments, each with its newest edition."""
    adopted = Edition.objects.adopted().values("instrument")
    found = Instrument.objects.filter(pk__in=adopted).select_related("unit")
    listed = found.annotate(newest=Max("editions__number", filter=_ADOPTED)).order_by("name", "pk")
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "trail": [(_("Instruments"), "")]}
    return render(request, "assessments/instruments.html", context)


@require_safe
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show an adopted edition: what it asks, what it weighs, from which share on a level is reached."""
    adopted = Edition.objects.adopted().select_related("instrument__unit")
    found = get_object_or_404(adopted, instrument__code=code, number=number)
    numbers = adopted.filter(instrument=found.instrument_id).order_by("-number")
    context = edition_shown(found, request.GET.get("in", "")) | {
        "others": [one for one in numbers.values_list("number", flat=True) if one != number],
        "data": reverse("assessments:edition_data", args=[code, number]),
        "trail": [
            (_("Instruments"), reverse("assessments:instruments")),
            (found.instrument.name, ""),
        ],
    }
    return render(request, "assessments/edition.html", context)
