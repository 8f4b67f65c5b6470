"""Releases for everybody: the list, one with its table, definition, cut-off and method, its table as a file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.models import Release
from linli.atlas.queries.released_table import table_text
from linli.atlas.schemas import release_words as words
from linli.kernel.codes import read_code
from linli.kernel.text import Words

ROWS = 30


@require_safe
@vary_on_cookie
def releases(request: HttpRequest) -> HttpResponse:
    """List what was released, the newest first."""
    found = (
        Release.objects.released().select_related("product__scope").order_by("-decided_at", "-pk")
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (one, words.name_lang(one.product), words.period(one)) for one in page.object_list
        ],
        "page": page,
        "trail": _trail(),
    }
    return render(request, "atlas/releases.html", context)


@require_safe
@vary_on_cookie
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Show one release."""
    found = _found(code)
    if found.code != code:
        return redirect("atlas:release", found.code)
    context = {
        "release": found,
        "name_lang": words.name_lang(found.product),
        "period": words.period(found),
        "tables": words.tables(found),
        "method": words.method(found.product),
        "figures": [one.twin for one in found.product.figures.select_related("twin")],
        "trail": _trail((found.code, "")),
    }
    return render(request, "atlas/release.html", context)


@require_safe
def release_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the table of a release, byte for byte what its digest is of."""
    found = _found(code)
    response = HttpResponse(table_text(found), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.csv"'
    return response


def _found(code: str) -> Release:
    meant = read_code(code)
    if meant is None:
        raise Http404
    return get_object_or_404(
        Release.objects.released().select_related("product__scope"), code=meant
    )


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("atlas:releases") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Releases of people's figures"), here), *steps]
