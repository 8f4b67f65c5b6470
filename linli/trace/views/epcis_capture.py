"""The capture interface of EPCIS 2.0: files of events as jobs, and one event at once."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role
from linli.kernel.api_keys import staff_of
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.limits import allow_knock, source_of
from linli.trace.actions.capture_jobs import MOST_BYTES, Sent, receive
from linli.trace.actions.capturing import WrongEvents, capture
from linli.trace.models import Capture, Operator
from linli.trace.queries.captures import behind, captures_of
from linli.trace.queries.keys import as_operator, operator_of_program
from linli.trace.rules.epcis.event_shapes import JSON, SINGLE, XML, Document, Fault
from linli.trace.rules.epcis.json_events import read_json
from linli.trace.rules.epcis.json_written import json_event
from linli.trace.rules.epcis.xml_events import read_xml
from linli.trace.rules.readied import MOST_EVENTS, told_faults
from linli.trace.schemas.capture_jobs import fault_words, job
from linli.trace.views.epcis_frame import Wrong, as_json, secret_of

_FORMS: Final = {
    "application/json": JSON,
    "application/ld+json": JSON,
    "application/xml": XML,
    "text/xml": XML,
}
_PER_PAGE, _MOST_PER_PAGE = 30, 1000
_BEHAVIOURS: Final = (Capture.ROLLBACK, Capture.PROCEED)
LIMITS: Final = {
    "GS1-EPCIS-Capture-Limit": str(MOST_EVENTS),
    "GS1-EPCIS-Capture-File-Size-Limit": str(MOST_BYTES),
    "GS1-Capture-Error-Behaviour": Capture.ROLLBACK,
}


def post_capture(request: HttpRequest) -> HttpResponse:
    """Take in a file of events: 202 with the address of its job."""
    by, operator = _teller(request)
    behaviour = request.headers.get("GS1-Capture-Error-Behaviour", Capture.ROLLBACK)
    if behaviour not in _BEHAVIOURS:
        raise Wrong(400, _("Faults lead to rollback or proceed."))
    sent = Sent(_body(request), _form(request), behaviour)
    kept = receive(by=by, at=now(), operator=operator, sent=sent)
    return HttpResponse(
        status=202,
        headers={
            "Location": request.build_absolute_uri(reverse("goods:epcis_job", args=[kept.code])),
            "GS1-Capture-Error-Behaviour": behaviour,
        },
    )


def list_captures(request: HttpRequest) -> HttpResponse:
    """List the jobs of who asks, the newest first."""
    by, operator = _teller(request)
    size = _per_page(request)
    found = captures_of(by, operator)
    token = request.GET.get("nextPageToken", "")
    if token:
        found = behind(found, token)
    page = list(found[: size + 1])
    response = _as_json([job(one) for one in page[:size]])
    if len(page) > size:
        asked = urlencode({"perPage": size, "nextPageToken": page[size - 1].code})
        here = request.build_absolute_uri(request.path)
        response["Link"] = f'<{here}?{asked}>; rel="next"'
    return response


def show_capture(request: HttpRequest, code: str) -> HttpResponse:
    """Tell how one job stands."""
    by, operator = _teller(request)
    found = captures_of(by, operator).filter(code=code).first()
    if found is None:
        raise Wrong(404, _("There is no such job."))
    response = _as_json(job(found))
    response["GS1-Capture-Error-Behaviour"] = found.behaviour
    return response


def post_event(request: HttpRequest) -> HttpResponse:
    """Keep one event at once: 201 with its address, and again 201 when it was told before."""
    by, operator = _teller(request)
    document = _read(_form(request), _body(request))
    faults = document.faults
    if document.kind != SINGLE and not faults:
        faults = (Fault("type", "document_type"),)
    if faults:
        raise Wrong(400, _("This is no event that can be read."), faults=_told(faults))
    try:
        told = capture(by=by, at=now(), operator=operator, events=document.events)
    except WrongEvents as wrong:
        raise Wrong(400, wrong.sentence, faults=_told(wrong.faults)) from wrong
    event = document.events[0] | {"eventID": told.names[0]}
    response = as_json(json_event(event), status=201)
    here = request.build_absolute_uri(reverse("goods:epcis_events"))
    response["Location"] = f"{here}/{quote(told.names[0], safe='')}"
    return response


def capture_settings(_request: HttpRequest) -> HttpResponse:
    """Tell how much may be captured at once, and what faults lead to."""
    return HttpResponse(status=204, headers=LIMITS)


def _teller(request: HttpRequest) -> tuple[Actor, Operator | None]:
    """Return who tells, and of which business: its own program, or staff that name it by `?operator=<code>`.

    Raises Wrong: 401 without a key that opens anything, 404 for a business that there is not.
    """
    allow_knock("epcis", source_of(request), at=now(), burst=3_000, per_hour=200_000)
    operator = operator_of_program(secret_of(request))
    if operator is not None:
        return as_operator(operator), operator
    staff = staff_of(request)
    if staff is None:
        wrong = Wrong(401, _("A key is missing, or it opens nothing."))
        wrong.headers["WWW-Authenticate"] = "Bearer"
        raise wrong
    if staff.actor.role == Role.ADMINISTRATOR:
        raise Wrong(403, _("Your role may not do this."))
    return staff.actor, _named(request)


def _named(request: HttpRequest) -> Operator | None:
    said = request.GET.get("operator")
    if said is None:
        return None
    found = Operator.objects.working().select_related("unit").filter(code=read_code(said) or "")
    operator = found.first()
    if operator is None:
        raise Wrong(404, _("There is no such business."))
    return operator


def _as_json(value: object) -> JsonResponse:
    return JsonResponse(value, safe=False, json_dumps_params={"ensure_ascii": False})


def _form(request: HttpRequest) -> str:
    form = _FORMS.get((request.content_type or "").lower())
    if form is None:
        raise Wrong(415, _("Events come as JSON-LD or as XML."), "UnsupportedMediaTypeException")
    return form


def _body(request: HttpRequest) -> bytes:
    data: bytes = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        wrong = Wrong(413, _("This file is too large."), "CaptureLimitExceededException")
        wrong.headers |= LIMITS
        raise wrong
    return data


def _read(form: str, data: bytes) -> Document:
    return read_xml(data) if form == XML else read_json(data)


def _per_page(request: HttpRequest) -> int:
    said = request.GET.get("perPage", str(_PER_PAGE))
    if not (said.isascii() and said.isdigit() and len(said) < 9 and int(said) > 0):
        raise Wrong(400, _("This number of jobs on a page is none."), "QueryParameterException")
    return min(int(said), _MOST_PER_PAGE)


def _told(faults: Sequence[Fault]) -> list[dict[str, str]]:
    return [
        {"path": one["path"], "code": one["code"], "title": fault_words(one["code"])}
        for one in told_faults(faults)
    ]
