"""What other cities hand in here: envelopes, reads, answers, each a signed note, each heard once.

Nothing is told to whom no city on our list has signed for; docs/exchange.md has the contract.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from linli.cases.actions import lending, receiving, referring
from linli.cases.rules import envelopes
from linli.kernel import city_key
from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, problem

_BY = system("exchange")
View = Callable[[HttpRequest], HttpResponse]


def _spoken(view: View) -> View:
    """Take letters in, and answer what is wrong as a problem; nobody keeps the answer."""

    @csrf_exempt  # a signature, and no cookie that anybody could abuse
    @require_POST
    @never_cache
    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            allow_knock("exchange", source_of(request), at=now(), burst=600, per_hour=60_000)
            return view(request)
        except Refused as refused:
            return problem(refused)

    return answered


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Show the public half of our key. Trust it only when its fingerprint was compared by telephone."""
    return HttpResponse(f"{city_key.signer().key}\n", content_type="text/plain; charset=utf-8")


@_spoken
def take(request: HttpRequest) -> HttpResponse:
    """Take an envelope: a case that a person hands to a unit of ours."""
    at, note = now(), _note(request)
    partner, said = lending.admit(by=_BY, at=at, note=note, kind=envelopes.HAND_OVER)
    receiving.take_envelope(by=_BY, at=at, partner=partner, note=note, said=said)
    return JsonResponse({"taken": said.text("code")}, status=201)


@_spoken
def lend(request: HttpRequest) -> HttpResponse:
    """Tell a unit of another city what it was granted, and nothing else."""
    at = now()
    partner, said = lending.admit(by=_BY, at=at, note=_note(request), kind=envelopes.READ)
    return JsonResponse({"fields": lending.lend(by=_BY, at=at, partner=partner, said=said)})


@_spoken
def hear(request: HttpRequest) -> HttpResponse:
    """Hear what became of a case over there."""
    at = now()
    partner, said = lending.admit(by=_BY, at=at, note=_note(request), kind=envelopes.ANSWER)
    referral = referring.hear(by=_BY, at=at, partner=partner, said=said)
    return JsonResponse({"state": referral.state})


def _note(request: HttpRequest) -> str:
    most = 4 * envelopes.MOST_CHARACTERS
    sent = request.read(most + 1)
    try:
        if len(sent) <= most:
            return sent.decode()
    except UnicodeDecodeError:
        pass
    raise Refused("unreadable", _("This is no message between cities."), status=400)
