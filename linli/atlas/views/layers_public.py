"""Whose maps these are: the layers that everybody sees, with source, licence and approval number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.atlas.models import Layer
from linli.atlas.queries import layers
from linli.atlas.queries.layer_lists import counted_layers, drawn_layer
from linli.kernel.text import Words


@require_safe
def boundaries(request: HttpRequest) -> HttpResponse:
    """List the layers that everybody sees."""
    context = {"layers": counted_layers(public=True), "trail": _trail()}
    return render(request, "atlas/boundaries.html", context)


@require_safe
def boundary(request: HttpRequest, code: str) -> HttpResponse:
    """Show one of them."""
    layer = get_object_or_404(Layer.objects.shown_to_all(), code=code)
    context = {
        "layer": layer,
        "drawn": drawn_layer(layer),
        "notice": layers.said_of([layer]),
        "trail": _trail((layer.name, "")),
    }
    return render(request, "atlas/boundary.html", context)


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("atlas:boundaries") if steps else ""
    return [
        (_("Home"), reverse("portal:home")),
        (_("Atlas"), reverse("atlas:atlas")),
        (_("Map layers"), here),
        *steps,
    ]
