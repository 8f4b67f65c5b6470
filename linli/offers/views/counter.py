"""A clerk books for somebody who stands at the window or is on the telephone, and prints the slip."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import new_key, once
from linli.kernel.refusals import Refused, on_form
from linli.offers.actions.booking import Wanted, book
from linli.offers.forms.counter import CounterForm, FindForm
from linli.offers.models import Offer, Session
from linli.offers.queries.counter import bookable, by_offer
from linli.offers.views.book import receipt_for
from linli.offers.views.console import DO, posted, trail
from linli.offers.views.told import places_told
from linli.ui.private import private

BOOKERS = (Role.OFFICER, Role.CLERK)
MOST = 600  # sessions that are looked at
AT_ONCE = 3  # of one offer


@require_safe
@staff_only(*BOOKERS)
def counter(request: HttpRequest) -> HttpResponse:
    """Show what can be booked now, the next first, with what is free at this door."""
    at, offer = now(), request.GET.get("offer", "")
    form = FindForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    words, kind = given.get("words", ""), given.get("kind", "")
    found = bookable(at, kind=kind, words=words, offer=offer)[:MOST]
    context = {
        "rows": [
            (one, [(held, places_told(held, at, "station")) for held in next_], more)
            for one, next_, more in by_offer(found, MOST if offer else AT_ONCE)
        ],
        "form": form,
        "address": reverse("offers:counter"),
        "trail": trail((_("Book for somebody"), "")),
    }
    return render(request, "offers/console_counter.html", context)


@private
@require_http_methods(DO)
@staff_only(*BOOKERS)
@once
def counter_book(request: HttpRequest, code: str) -> HttpResponse:
    """Book on one page: how many, through which door, what they leave. The slip tells code and passphrase once."""
    at = now()
    session = get_object_or_404(
        Session.objects.select_related("offer__unit", "location").filter(
            offer__in=Offer.objects.published(), cancelled_at=None, way=Session.FIRST
        ),
        code=code,
    )
    form = CounterForm(posted(request), session=session)
    if form.is_valid():
        try:
            wanted = Wanted(**form.wanted())
            return receipt_for(book(by=acting(request), at=at, session=session, wanted=wanted), at)
        except Refused as refused:
            on_form(form, refused)
    context = {
        "form": form,
        "session": session,
        "offer": session.offer,
        "standing": places_told(session, at, "station"),
        "once": new_key(),
        "trail": trail(
            (_("Book for somebody"), reverse("offers:counter")), (session.offer.title, "")
        ),
    }
    return render(
        request, "offers/console_counter_book.html", context, status=422 if form.is_bound else 200
    )
