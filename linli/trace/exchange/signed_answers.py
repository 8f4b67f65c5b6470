"""The look-up's answer for programs: plain JSON, and the same signed, to be checked where there is no network."""

from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.kernel import city_key
from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.trace.actions.lookups import count_lookup
from linli.trace.models import Operator, Premises
from linli.trace.queries.looking_up import Answer, looked_up
from linli.trace.queries.permits import begins
from linli.trace.queries.standing_food import standing_food
from linli.trace.rules.answers import names_premises
from linli.trace.rules.signed_answers import sealed
from linli.ui.kept import each_time, kept_while

_DAYS: Final = timedelta(days=2)  # until the end of the next day, at a stall without a network


@require_safe
@kept_while(standing_food, age=0)
def signed_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a code; what nobody has told us of is not signed."""
    at = now()
    found = looked_up(code, at)
    count = partial(_count, found.kind)
    count()
    each_time(request, count)
    if not names_premises(found.kind):
        return JsonResponse({"answer": {"kind": found.kind}}, status=404)
    said = _said(found)
    signer = city_key.signer()
    return JsonResponse(
        {"answer": said, "key": str(signer.key), "note": sealed(said, signer)},
        json_dumps_params={"ensure_ascii": False},
    )


def _count(kind: str) -> None:
    count_lookup(by=system("look-up"), at=now(), kind=kind)


def _said(found: Answer) -> dict[str, Any]:
    """Return what is told, in words for programs; what there is nothing to tell of is left out."""
    said: dict[str, Any] = {
        "kind": found.kind,
        "code": found.code,
        "told_at": found.at.isoformat(timespec="seconds"),
        "good_until": begins(localdate(found.at) + _DAYS).isoformat(),
    }
    if found.lot and found.product:
        said["lot"] = {"number": found.lot.number, "product": found.product.name,
                       "made_on": str(found.lot.made_on)}  # fmt: skip
        if found.lot.best_before:
            said["lot"]["best_before"] = str(found.lot.best_before)
        if found.then:
            said["lot"]["permit_then"] = found.then.state
    if found.premises and found.operator:
        said["premises"] = _place(found.premises, found.operator)
    return said | _known(found)


def _place(premises: Premises, operator: Operator) -> dict[str, str]:
    return {"code": premises.code, "name": premises.name, "operator": operator.name}


def _known(found: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if found.stand:
        said["permit"] = {"state": found.stand.state}
        if found.stand.permit:
            permit = found.stand.permit
            said["permit"] |= {"number": permit.number, "until": str(permit.valid_until),
                               "by": permit.unit.name}  # fmt: skip
    if found.visit:
        said["inspection"] = {"code": found.visit.code, "on": str(found.visit.made_on),
                              "by": found.visit.unit, "open": found.visit.open}  # fmt: skip
    if found.tests:
        last = found.tests[0]
        said["test"] = {"code": last.code, "on": str(last.told_on), "by": last.laboratory,
                        "result": last.result}  # fmt: skip
    if found.recall:
        said["recall"] = {"code": found.recall.code, "since": str(found.recall.since.date())}
    return said
