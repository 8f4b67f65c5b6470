"""How an operator comes in and goes: code and phrase from its slip, no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.limits import allow_knock, forgive, source_of
from linli.trace.forms.trading import PhraseForm
from linli.trace.models import OperatorKey
from linli.trace.queries.keys import operator_of_phrase
from linli.trace.views.trading import TRADE, let_in
from linli.trace.views.ways import DO, posted
from linli.ui.private import private

_OF_A_CODE = {"burst": 6, "per_hour": 12}
_OF_A_DOOR = {"burst": 120, "per_hour": 900}


@require_http_methods(DO)
@private
def trade_door(request: HttpRequest) -> HttpResponse:
    """Ask for code and phrase. Unknown, wrong, replaced and closed look the same."""
    form = PhraseForm(posted(request))
    if form.is_valid():
        key = _key_of(request, **form.cleaned_data)
        if key is not None:
            response = redirect(_next(request))
            let_in(response, key)
            return response
        form.add_error(None, _("This code and this passphrase do not belong together."))
    context = {"form": form, "to": _next(request)}
    return render(request, "trace/trade_door.html", context, status=422 if form.is_bound else 200)


@require_POST
@private
def trade_out(_request: HttpRequest) -> HttpResponse:
    """Close the workplace in this browser."""
    response = redirect("trace:trade_door")
    TRADE.take_back(response)
    return response


def _key_of(request: HttpRequest, code: str, passphrase: str) -> OperatorKey | None:
    at, asked = now(), read_code(code) or code[:20]
    allow_knock("trade", asked, at=at, **_OF_A_CODE)
    allow_knock("trade-door", source_of(request), at=at, **_OF_A_DOOR)
    operator = operator_of_phrase(code, passphrase)
    if operator is None:
        return None
    forgive("trade", asked)
    return operator.keys.filter(kind=OperatorKey.PHRASE, ended_at=None).first()


def _next(request: HttpRequest) -> str:
    """Return the page that was asked for, the workplace for all that is not ours."""
    to = request.GET.get("to", "")
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}) and to[:1] == "/"
    return to if ours else reverse("trace:trade")
