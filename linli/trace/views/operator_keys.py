"""Keys of a business, handed over by the unit that supervises it: a slip on paper, a secret for a program."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.directory.views.qr import drawn
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import once
from linli.kernel.refusals import Refused
from linli.trace.actions import keys
from linli.trace.forms.operators import KeyForm
from linli.trace.views.operators import operator_of, operator_page
from linli.trace.views.ways import KEEPERS, trail
from linli.ui.private import private


@private
@require_POST
@staff_only(*KEEPERS)
@once
def operator_phrase(request: HttpRequest, code: str) -> HttpResponse:
    """Show a new passphrase as a slip to print, this once."""
    found = operator_of(request, code)
    phrase = keys.hand_phrase(by=acting(request), at=now(), operator=found)
    address = request.build_absolute_uri(reverse("trace:trade_door"))
    here = reverse("trace:operator", args=[code])
    context = {
        "operator": found,
        "phrase": phrase,
        "address": address,
        "square": drawn(address),
        "back": here,
        "trail": trail((found.name, here), (_("Slip"), "")),
    }
    return render(request, "trace/operator_slip.html", context)


@private
@require_POST
@staff_only(*KEEPERS)
@once
def operator_key(request: HttpRequest, code: str) -> HttpResponse:
    """Show the secret of a new key for a program, this once."""
    found, form = operator_of(request, code), KeyForm(request.POST)
    if not form.is_valid():
        return operator_page(request, found, form, status=422)
    named = form.cleaned_data["name"]
    secret = keys.give_program_key(by=acting(request), at=now(), operator=found, name=named)
    here = reverse("trace:operator", args=[code])
    context = {
        "operator": found,
        "name": named,
        "secret": secret,
        "back": here,
        "trail": trail((found.name, here), (_("A key for a program"), "")),
    }
    return render(request, "trace/operator_key.html", context)


@require_POST
@staff_only(*KEEPERS)
def operator_key_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a key at once."""
    key = get_object_or_404(operator_of(request, code).keys.select_related("operator__unit"), pk=pk)
    try:
        keys.end_key(by=acting(request), at=now(), key=key)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("The key is ended."))
    return redirect("trace:operator", code)
