"""The release gate on the console: what waits, what was decided; a new product, tried before it is declared."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.atlas.actions import products
from linli.atlas.forms.releases import ProductForm, RefusalForm
from linli.atlas.models import Product, Release
from linli.atlas.queries import trials
from linli.atlas.queries.gate import RecordsGone
from linli.atlas.schemas import release_words as words
from linli.facts.schemas import telling
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

READERS = (Role.PLANNER, Role.SUPERVISOR)
KEEPERS = (Role.PLANNER,)
ROWS = 30
_FIELDS = {
    "code_taken": "code", "unknown_area": "scope", "too_small": "level", "too_many": "scope",
    "no_figure": "figures", "unknown_figure": "figures", "wrong_beginning": "begins_on",
    "released_elsewhere": "figures",
}  # fmt: skip


@private
@require_safe
@staff_only(*READERS)
def console_releases(request: HttpRequest) -> HttpResponse:
    """List what waits for somebody, what was decided, and the products."""
    found = Release.objects.select_related("product")
    waiting = [_row(one) for one in found.open().order_by("period_from", "pk")]
    page = Paginator(found.exclude(state__in=[Release.PROPOSED, Release.FROZEN]), ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "waiting": waiting,
        "decided": [_row(one) for one in page.object_list],
        "page": page,
        "products": [
            (one, words.name_lang(one)) for one in Product.objects.select_related("scope")
        ],
        "declares": acting(request).role == Role.PLANNER,
        "trail": trail(),
    }
    return render(request, "atlas/console_releases.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*KEEPERS)
def product_new(request: HttpRequest) -> HttpResponse:
    """Try a product or declare it."""
    form = ProductForm(request.POST if request.method == "POST" else None)
    trial: dict[str, Any] | None = None
    if form.is_valid():
        by = acting(request)
        try:
            if "try" in request.POST:
                trial = _tried(by, form)
            else:
                made = products.declare(by=by, at=now(), draft=form.draft())
                messages.success(
                    request, _("Declared. Its periods are proposed when they are over.")
                )
                return redirect("atlas:console_product", made.code)
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
    title = _("Declare a product")
    context = {"form": form, "trial": trial, "title": title, "trail": trail((title, ""))}
    return render(request, "atlas/product_new.html", context, status=422 if form.errors else 200)


def _tried(by: Actor, form: ProductForm) -> dict[str, Any]:
    at = now()
    product, figures = products.checked(by=by, at=at, draft=form.draft())
    trial = trials.of_draft(product, figures, at)
    return {
        "period": telling.period(*trial.period),
        "figures": [
            (one.shown_name, said, cells - said) for one, said, cells in trial.figures if cells
        ],
        "refusals": words.reasons(trial.refusals),
    }


@private
@require_safe
@staff_only(*READERS)
def console_product(request: HttpRequest, code: str) -> HttpResponse:
    """Show one product with its releases."""
    product = get_object_or_404(Product.objects.select_related("scope"), code=code)
    context = {
        "product": product,
        "name_lang": words.name_lang(product),
        "figures": [
            (one.indicator, one.twin, words.name_lang(one.twin))
            for one in product.figures.select_related("indicator", "twin")
        ],
        "rows": [_row(one) for one in product.releases.select_related("product")],
        "method": words.method(product),
        "keeps": acting(request).role == Role.PLANNER,
        "trail": trail((product.shown_name, "")),
    }
    return render(request, "atlas/console_product.html", context)


@private
@require_safe
@staff_only(*READERS)
def console_release(request: HttpRequest, code: str) -> HttpResponse:
    """Show one release: what would be said of it, or for which cells the gate says no."""
    return release_page(request, release_of(code), RefusalForm())


def release_page(
    request: HttpRequest, release: Release, form: RefusalForm, *, status: int = 200
) -> HttpResponse:
    """Show a release with this form."""
    by = acting(request)
    context: dict[str, Any] = {
        "release": release,
        "state": words.state(release),
        "name_lang": words.name_lang(release.product),
        "period": words.period(release),
        "form": form,
        "keeps": by.role == Role.PLANNER,
        "second": by.name != release.frozen_by,
        "trail": trail((release.code, "")),
    } | _preview(release)
    return render(request, "atlas/console_release.html", context, status=status)


def _preview(release: Release) -> dict[str, Any]:
    if release.state != Release.FROZEN:
        tables = words.tables(release) if release.state == Release.RELEASED else []
        return {"tables": tables, "refusals": words.reasons(release.refusals)}
    try:
        found, refusals = trials.of_release(release, now())
    except RecordsGone:
        return {"gone": True}
    tables = [
        words.told(twin, (words.line(area, figure, twin) for area, figure in cells))
        for twin, cells in found
    ]
    return {"tables": [] if refusals else tables, "refusals": words.reasons(refusals)}


def release_of(code: str) -> Release:
    """Return a release by its code, or 404."""
    return get_object_or_404(
        Release.objects.select_related("product__scope"), code=code.replace("\0", "")
    )


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk."""
    here = reverse("atlas:console_releases") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Release gate"), here), *steps]


def _row(one: Release) -> dict[str, Any]:
    return {
        "release": one,
        "state": words.state(one),
        "period": words.period(one),
        "lang": words.name_lang(one.product),
        "cut_off": localdate(one.cut_off) if one.cut_off else None,
    }
