"""The door: one address, POST alone, one message and one answer. No cookie, no session, nothing kept of what is asked."""

import json
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import ValidationError

import linli
from linli.kernel.open_answers import allow_question
from linli.kernel.refusals import Refused, problem
from linli.portal.mcp import protocol, resources
from linli.portal.mcp.protocol import Message, Told, Wrong
from linli.portal.mcp.tools import TOOLS

_MOST = 64 * 1024  # bytes of one message
_ABOUT = (
    "Read-only figures, promises and services of a city. Ask find_indicators first; cite the address of each figure."
    " A value that is kept back is never to be guessed or worked out."
)


@csrf_exempt
@require_POST
@never_cache
def mcp(request: HttpRequest) -> HttpResponse:
    """Answer one message of the Model Context Protocol."""
    try:
        _let_in(request)
        message = protocol.read(_said(request))
    except Refused as no:
        return problem(no)
    except Wrong as wrong:
        return JsonResponse(protocol.refused(wrong), status=400)
    if message.asked is None:
        return HttpResponse(status=202)
    try:
        told = protocol.answered(
            message.asked, _METHODS.get(message.method, _unknown)(request, message)
        )
    except Wrong as wrong:
        told = protocol.refused(wrong, message.asked)
    return JsonResponse(told)


def _let_in(request: HttpRequest) -> None:
    """Refuse a page of somebody else's (its Origin), a version nobody speaks, and who asks too often."""
    origin = request.headers.get("Origin")
    if origin is not None and _netloc(origin) != request.get_host():
        raise Refused("foreign_page", "Programs ask here, not pages of other hosts.", status=403)
    version = request.headers.get("MCP-Protocol-Version")
    if version is not None and version not in protocol.VERSIONS:
        raise Wrong(protocol.INVALID_REQUEST, f"Spoken here: {', '.join(protocol.VERSIONS)}.")
    allow_question(request)


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _said(request: HttpRequest) -> object:
    if len(request.body) > _MOST:
        raise Wrong(protocol.INVALID_REQUEST, "One message is no longer than 64 KiB.")
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise Wrong(protocol.PARSE_ERROR, "This is not JSON.") from None


def _initialize(_request: HttpRequest, message: Message) -> Told:
    return {
        "protocolVersion": protocol.version_for(message.params.get("protocolVersion")),
        "capabilities": {"tools": {}, "resources": {}},
        "serverInfo": {"name": "linli", "title": "Linli 邻里", "version": linli.__version__},
        "instructions": _ABOUT,
    }


def _call(request: HttpRequest, message: Message) -> Told:
    tool = TOOLS.get(str(message.params.get("name")))
    if tool is None:
        raise Wrong(protocol.WRONG_PARAMS, f"There is no such tool. Known: {', '.join(TOOLS)}.")
    try:
        wanted = tool.takes.model_validate(message.params.get("arguments") or {}, strict=True)
    except ValidationError as error:
        # The names of the fields, never what stood in them.
        fields = sorted({".".join(map(str, one["loc"])) or tool.name for one in error.errors()})
        raise Wrong(protocol.WRONG_PARAMS, f"This cannot be read: {', '.join(fields)}.") from None
    try:
        told = tool.run(request, wanted)
    except Refused as no:
        return {"content": [_text(f"{no.code}: {no.sentence}")], "isError": True}
    body = told.model_dump(mode="json")
    written = json.dumps(body, ensure_ascii=False)
    return {"content": [_text(written)], "structuredContent": body, "isError": False}


def _text(words: str) -> Told:
    return {"type": "text", "text": words}


def _unknown(_request: HttpRequest, _message: Message) -> Told:
    raise Wrong(protocol.NO_METHOD, "This is not done here.")


_METHODS: Final[dict[str, Callable[[HttpRequest, Message], Told]]] = {
    "initialize": _initialize,
    "ping": lambda _request, _message: {},
    "tools/list": lambda _request, _message: {"tools": [one.told for one in TOOLS.values()]},
    "tools/call": _call,
    "resources/list": lambda _request, _message: {"resources": resources.LISTED},
    "resources/templates/list": lambda _request, _message: {
        "resourceTemplates": resources.TEMPLATES
    },
    "resources/read": lambda request, message: {
        "contents": resources.read(request, message.params.get("uri"))
    },
}
