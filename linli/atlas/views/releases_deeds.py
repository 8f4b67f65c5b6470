"""What is done at the release gate: proposed, frozen, released by somebody else, refused, proposed anew; a product ended."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.atlas.actions import products
from linli.atlas.actions import releases as deeds
from linli.atlas.forms.releases import RefusalForm
from linli.atlas.models import Product
from linli.atlas.views.releases_console import KEEPERS, READERS, release_of, release_page
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.ui.private import private


@private
@require_POST
@staff_only(*KEEPERS)
def product_propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose what is due now, not tonight."""
    product = get_object_or_404(Product, code=code)

    def propose() -> str:
        n = len(deeds.propose(by=acting(request), at=now(), product=product))
        return ngettext("%(n)d period is proposed.", "%(n)d periods are proposed.", n) % {"n": n}

    return _told(request, propose, reverse("atlas:console_product", args=[code]))


@private
@require_POST
@staff_only(*KEEPERS)
def product_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a product."""
    product = get_object_or_404(Product, code=code)

    def end() -> str:
        products.end(by=acting(request), at=now(), product=product)
        return _("Ended. What was released stays.")

    return _told(request, end, reverse("atlas:console_product", args=[code]))


@private
@require_POST
@staff_only(*KEEPERS)
def release_freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Count the table and seal it."""
    found = release_of(code)

    def freeze() -> str:
        deeds.freeze(by=acting(request), at=now(), release=found)
        return _("Frozen. Somebody else looks at it and releases it.")

    return _told(request, freeze, _page(code))


@private
@require_POST
@staff_only(*READERS)
def release_release(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the gate lets pass."""
    found = release_of(code)

    def release() -> str:
        deeds.release(by=acting(request), at=now(), release=found)
        return _("Released. Everybody sees it now.")

    return _told(request, release, _page(code))


@private
@require_POST
@staff_only(*READERS)
def release_refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it stays inside, and why."""
    found, form = release_of(code), RefusalForm(request.POST)
    if not form.is_valid():
        return release_page(request, found, form, status=422)

    def refuse() -> str:
        reason = form.cleaned_data["reason"]
        deeds.refuse(by=acting(request), at=now(), release=found, reason=reason)
        return _("It stays inside. The reason stands here.")

    return _told(request, refuse, _page(code))


@private
@require_POST
@staff_only(*KEEPERS)
def release_again(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a refused period anew."""
    found, to = release_of(code), _page(code)
    try:
        to = _page(deeds.propose_again(by=acting(request), at=now(), release=found).code)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("Proposed again."))
    return redirect(to)


def _page(code: str) -> str:
    return reverse("atlas:console_release", args=[code])


def _told(request: HttpRequest, deed: Callable[[], str], to: str) -> HttpResponse:
    """Do a deed that is a button, and go on to where it shows; say what was done, or why not."""
    try:
        done = deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, done)
    return redirect(to)
