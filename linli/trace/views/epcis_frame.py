"""What all addresses under /epcis/ do alike: versions asked and told, who asks, faults as the standard's problems."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from linli.kernel.api_keys import staff_of
from linli.kernel.clock import now
from linli.kernel.full_disk import NoRoom
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.stalled import refusal_of
from linli.kernel.text import Words
from linli.trace.queries.event_scope import Scope, of_operator, of_staff
from linli.trace.queries.keys import operator_of_program

VERSION: Final = "2.0.0"
JSON: Final = "application/json"
JSON_LD: Final = "application/ld+json"
_BEARER: Final = "bearer "
_LONGEST: Final = 8_000  # letters of an address with its query
_KNOCKS: Final = 3_000  # at once, of one address
_SAID: Final = {
    400: "ValidationException",
    401: "SecurityException",
    403: "SecurityException",
    404: "NoSuchResourceException",
    405: "UnsupportedOperationException",
    406: "NotAcceptableException",
    409: "ResourceAlreadyExistsException",
    413: "QueryTooLargeException",
    414: "URITooLongException",
    429: "TooManyRequestsException",
}
View = Callable[..., HttpResponse]


class Wrong(Exception):
    """What the standard has an exception for: its name, the status, a sentence, and what was wrong where."""

    def __init__(
        self, status: int, sentence: Words, name: str = "", faults: Sequence[dict[str, str]] = ()
    ) -> None:
        super().__init__(name)
        self.status = status
        self.sentence = sentence
        self.name = name or _SAID.get(status, "ImplementationException")
        self.faults = faults
        self.headers: dict[str, str] = {}


def address(**views: View) -> Callable[..., HttpResponseBase]:
    """Return the view of an address: one function for each method, `GET=…, POST=…`."""
    if "GET" in views:
        views.setdefault("HEAD", views["GET"])
    allowed = ", ".join(sorted({*views, "OPTIONS"}))

    @csrf_exempt  # a program with a key has no cookie that anybody could abuse
    def answered(request: HttpRequest, /, **named: str) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            if request.method == "OPTIONS" and "OPTIONS" not in views:
                response = HttpResponse(status=204)
            else:
                response = _answer(views.get(request.method or ""), request, named)
        if response.status_code in {204, 405}:
            response["Allow"] = allowed
        if response.get("Content-Type") == JSON_LD and not request.accepts(JSON_LD):
            response["Content-Type"] = JSON
        return _labelled(response)

    return answered


def scope_of(request: HttpRequest) -> Scope:
    """Return who asks and what they may read, by `Authorization: Bearer …`: an operator's program or staff's.

    Raises Wrong: 401 without a key that opens anything, 403 for staff whose role reads no events.
    """
    allow_knock("epcis", source_of(request), at=now(), burst=_KNOCKS, per_hour=200_000)
    operator = operator_of_program(secret_of(request))
    if operator is not None:
        return of_operator(operator)
    staff = staff_of(request)
    if staff is None:
        wrong = Wrong(401, _("A key is missing, or it opens nothing."))
        wrong.headers["WWW-Authenticate"] = "Bearer"
        raise wrong
    scope = of_staff(staff.actor)
    if scope is None:
        raise Wrong(403, _("Your role may not do this."))
    return scope


def as_json(value: dict[str, Any], *, status: int = 200) -> JsonResponse:
    """Return a document in JSON-LD."""
    return JsonResponse(
        value, status=status, content_type=JSON_LD, json_dumps_params={"ensure_ascii": False}
    )


def problem(wrong: Wrong) -> JsonResponse:
    """Return what is wrong as the standard has it: RFC 9457 with the name of an exception for its type."""
    said: dict[str, Any] = {
        "type": f"epcisException:{wrong.name}",
        "title": str(wrong.sentence),
        "status": wrong.status,
    }
    if wrong.faults:
        said["faults"] = list(wrong.faults)
    told = JsonResponse(
        said,
        status=wrong.status,
        content_type="application/problem+json",
        headers=wrong.headers,
        json_dumps_params={"ensure_ascii": False},
    )
    told._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - a no is an answer
    return told


def _answer(view: View | None, request: HttpRequest, named: dict[str, str]) -> HttpResponse:
    try:
        if view is None:
            raise Wrong(405, _("This address takes other methods."))
        _check(request)
        return view(request, **named)
    except Wrong as wrong:
        return problem(wrong)
    except Refused as refused:
        # The standard knows no 422.
        said = Wrong(400 if refused.status == 422 else refused.status, refused.sentence)
        said.headers |= refused.headers
        return problem(said)
    except Exception as error:
        stalled = refusal_of(error)
        if stalled is None:
            raise
        status = 507 if isinstance(stalled, NoRoom) else stalled.status
        said = Wrong(status, stalled.sentence, "ImplementationException")
        said.headers |= stalled.headers
        return problem(said)


def _check(request: HttpRequest) -> None:
    if len(request.get_full_path()) > _LONGEST:
        raise Wrong(414, _("This address is too long."))
    asked = request.headers.get("GS1-EPCIS-Version", VERSION)
    least = request.headers.get("GS1-EPCIS-Min", "2.0")
    most = request.headers.get("GS1-EPCIS-Max", VERSION)
    if _number(asked) != (2, 0) or not _number(least) <= (2, 0) <= _number(most):
        raise Wrong(406, _("Here EPCIS is spoken in version 2.0."))
    if request.method in {"GET", "HEAD"} and not (
        request.accepts(JSON) or request.accepts(JSON_LD)
    ):
        raise Wrong(406, _("Answers are given in JSON-LD."))


def _number(version: str) -> tuple[int, int]:
    """Return the first two numbers of a version; of what is none, one that nobody speaks."""
    parts = [*version.strip().split("."), "0"][:2]
    if not all(one.isascii() and one.isdigit() and len(one) < 4 for one in parts):
        return 0, 0
    return int(parts[0]), int(parts[1])


def secret_of(request: HttpRequest) -> str:
    """Return what a request brings as `Authorization: Bearer …`, nothing where there is none."""
    said = request.headers.get("Authorization", "")
    return said[len(_BEARER) :].strip() if said[: len(_BEARER)].lower() == _BEARER else ""


def _labelled(response: HttpResponse) -> HttpResponse:
    response["GS1-EPCIS-Version"] = VERSION
    response["GS1-CBV-Version"] = VERSION
    response["GS1-EPCIS-Min"] = VERSION
    response["GS1-EPCIS-Max"] = VERSION
    response.setdefault("Cache-Control", "private, no-store")
    response["Vary"] = "Accept, Accept-Language, Authorization"
    return response
