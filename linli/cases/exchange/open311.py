"""Open311 GeoReport v2: discovery, services, definitions, requests, each as XML and as JSON.

Who asks here asks like anybody: a case with clocks and a passphrase. What is listed are codes, topics,
areas and times of cases that may stand in public; no words, no names, nothing of a sensitive topic.
"""

from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.actions.asking import Asked, Contact, ask
from linli.cases.forms.georeport import (
    Posted,
    Wrong,
    read_jurisdiction,
    read_posted,
    read_wanted,
)
from linli.cases.queries.georeport import Wanted, request_records, service_records, topics_within
from linli.cases.rules.georeport import FORMATS, Value, as_json, as_xml
from linli.cases.rules.reasons import BY_DEFAULT, PASSING_ON
from linli.kernel.api_keys import staff_of
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.stalled import refusal_of
from linli.ui.languages import CHOICES

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-22 00:00"  # of the services and definitions that this code can tell
View = Callable[..., HttpResponse]


def _answer(form: str, root: str, value: Value, *, status: int = 200) -> HttpResponse:
    body = as_xml(root, value) if form == "xml" else as_json(value)
    return HttpResponse(body, status=status, content_type=f"{FORMATS[form]}; charset=utf-8")


def _errors(form: str, status: int, *sentences: str) -> HttpResponse:
    errors: list[Value] = [{"code": status, "description": sentence} for sentence in sentences]
    return _answer(form, "errors", errors, status=status)


def _as_errors(view: View) -> View:
    """Answer what is wrong as the standard wants it: an array of code and description."""

    @wraps(view)
    def answered(request: HttpRequest, /, form: str, **named: str) -> HttpResponse:
        if form not in FORMATS:
            return _errors("json", 404, _("Formats are xml and json."))
        try:
            return view(request, form, **named)
        except Wrong as wrong:
            return _errors(form, wrong.status, *wrong.sentences)
        except Refused as refused:
            return _refused(form, refused)
        except (DatabaseError, OSError) as error:
            if stalled := refusal_of(error):
                return _refused(form, stalled)
            raise

    return answered


def _refused(form: str, refused: Refused) -> HttpResponse:
    # The standard knows no 422.
    status = 400 if refused.status == 422 else refused.status
    response = _errors(form, status, str(refused.sentence))
    for name, value in refused.headers.items():
        response[name] = value
    return response


@require_safe
@_as_errors
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the endpoint is, what it speaks, and how to get a key."""
    root = request.build_absolute_uri(reverse("cases:open311_services", args=["xml"]))
    return _answer(
        form,
        "discovery",
        {
            "changeset": CHANGESET,
            "contact": _("The administrator of this site."),
            "key_service": _("Keys are given by the administrator of this site."),
            "endpoints": [
                {
                    "specification": SPECIFICATION,
                    "url": root.removesuffix("/services.xml"),
                    "changeset": CHANGESET,
                    "type": "production",
                    "formats": list(FORMATS.values()),
                }
            ],
        },
    )


@require_safe
@_as_errors
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List what one may ask about."""
    return _answer(form, "services", service_records(read_jurisdiction(request.GET)))


@require_safe
@_as_errors
def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Say what else a request of one topic may carry: all of it optional, all of it sealed."""
    topics = topics_within(read_jurisdiction(request.GET))
    if "\0" in code or not topics.filter(code=code).exists():
        raise Wrong(404, _("This service_code was not found."))
    tags = [{"key": tag, "name": str(name)} for tag, name in CHOICES]
    wish = _("What would you like to come of it?")
    language = _("In which language may we answer?")
    passing_on = _("May it be passed to the unit that is competent?")
    answers = [{"key": "yes", "name": _("yes")}, {"key": "no", "name": _("no")}]
    attributes = [
        _attribute(1, "wish", "text", wish),
        _attribute(2, "reply_language", "singlevaluelist", language) | {"values": tags},
        _attribute(3, "passing_on", "singlevaluelist", passing_on) | {"values": answers},
    ]
    return _answer(form, "service_definition", {"service_code": code, "attributes": attributes})


@csrf_exempt  # a program with a key has no cookie that anybody could abuse
@require_http_methods(["GET", "HEAD", "POST"])
@_as_errors
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List the public requests, or take a new one from a program with a key."""
    if request.method == "POST":
        return _taken(request, form)
    read_jurisdiction(request.GET)
    wanted = read_wanted(request.GET, now())
    return _answer(form, "service_requests", request_records(wanted))


@require_safe
@_as_errors
def one_request(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Tell of one or several public requests by their ids."""
    codes = [read for one in code.split(",") if (read := read_code(one))]
    found = request_records(Wanted(None, codes=codes)) if codes else []
    if not found:
        raise Wrong(404, _("This service_request_id was not found."))
    return _answer(form, "service_requests", found)


@require_safe
@_as_errors
def token(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Answer a token with its request: ours are realtime, so that the token is the id itself."""
    read = read_code(code)
    if read is None or not request_records(Wanted(None, codes=[read])):
        raise Wrong(404, _("This token was not found."))
    return _answer(form, "service_requests", [{"service_request_id": read, "token": code}])


@once
def _taken(request: HttpRequest, form: str) -> HttpResponse:
    at = now()
    allow_knock("open311", source_of(request), at=at, burst=3000, per_hour=100_000)
    staff = staff_of(request)
    if staff is None:
        raise Wrong(403, _("api_key was not provided or is not known."))
    sent = request.POST.copy()
    sent.setdefault("jurisdiction_id", request.GET.get("jurisdiction_id", ""))
    posted = read_posted(sent)
    receipt = ask(by=staff.actor, at=at, asked=_asked(posted))
    notice = _("Look it up with this passphrase, which is shown once: %(passphrase)s") % {
        "passphrase": receipt.passphrase
    }
    record = {"service_request_id": receipt.case.code, "service_notice": notice}
    return _answer(form, "service_requests", [record])


def _asked(posted: Posted) -> Asked:
    contact = None
    if posted.email or posted.phone:
        channel = "email" if posted.email else "sms"
        contact = Contact(channel=channel, address=posted.email or posted.phone)
    return Asked(
        topic=posted.topic,
        area=posted.area,
        location=posted.location,
        words=posted.words,
        wish=posted.wish,
        place=posted.place,
        contact=contact,
        reply_language=posted.reply_language,
        channel="api",
        fields_granted=(*BY_DEFAULT, PASSING_ON) if posted.passing_on else BY_DEFAULT,
        public=not posted.topic.sensitive,
    )


def _attribute(order: int, code: str, datatype: str, description: str) -> dict[str, Value]:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": description,
        "order": order,
        "description": description,
    }
