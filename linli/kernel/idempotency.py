"""One key, one effect, one answer: a request sent twice under the same Idempotency-Key acts once.

The row is written in the transaction of the effect, so that a crash leaves both or neither. Who comes
second waits for the first and is given its answer, which opens with the sender's own key alone.
"""

import json
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from hmac import HMAC
from typing import Any, Concatenate, ParamSpec

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import now
from linli.kernel.models import Answered
from linli.kernel.prepared import Prepared
from linli.kernel.refusals import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

KEPT = timedelta(hours=24)
FIELD = "once"  # a form brings its key in this hidden field, a program in the header
# Sixteen characters at least: who shares no name with us shares no short key with a stranger.
_KEY = re.compile(r"[\x21-\x7e]{16,255}")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_NONCE = 12
_answered = Prepared(lambda key: Answered.objects.filter(key=key), str)


def new_key() -> str:
    """Return a fresh key for the hidden field of a form."""
    return secrets.token_urlsafe(24)


def once(view: View[P]) -> View[P]:
    """Let a POST that carries a key act once. A POST without one, and every other method, passes as it is.

    Only answers below 400 are kept: what was refused changed nothing and may be sent again, corrected.
    Refuses: key_malformed for a key that is none; key_of_another_body when the body is not the first one.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return act_once(request, lambda: view(request, *args, **kwargs))

    return guarded


def act_once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Act for a request unless its key was answered before: as `once`, for a part of a view."""
    sent = _sent(request)
    if sent is None:
        return act()
    with _kept(sent, now()) as row:
        if row.status:
            return _opened(row, sent)
        response = act()
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif response.status_code >= 400:
            row.delete()
        else:
            _keep(row, sent, response)
        return response


def answered(request: HttpRequest) -> HttpResponse | None:
    """Return what was answered under the key of this request, None when nothing was. Reads alone.

    Refuses: key_malformed; key_of_another_body.
    """
    sent = _sent(request)
    if sent is None:
        return None
    row = _answered.first(sent.name)
    if row is None or not row.status or row.at <= now() - KEPT:
        return None
    _same(row, sent)
    return _opened(row, sent)


def answer_ahead(request: HttpRequest, response: HttpResponse) -> bool:
    """Keep an answer in the caller's transaction, before the deed that it tells of; False when its key has one.

    For a deed whose answer is known before: what others wait for is then held for no statement more. Who
    comes second waits here for the first to end. A request without a key keeps nothing.
    Refuses: key_malformed.
    """
    sent = _sent(request)
    if sent is None:
        return True
    row = Answered(key=sent.name, body=sent.body, at=now())
    _seal(row, sent, response)
    return _inserted(row)


def forget(at: datetime) -> int:
    """Remove the answers that were kept for their time; return how many went."""
    return Answered.objects.filter(at__lte=at - KEPT).delete()[0]


@dataclass(frozen=True, slots=True)
class _Sent:
    """One request under a key: `name` finds its answer, `secret` opens it, `body` is what was asked."""

    name: str
    secret: bytes
    body: str


def _sent(request: HttpRequest) -> _Sent | None:
    if request.method != "POST":
        return None
    is_form = request.content_type in _FORMS
    # A page of ours was asked for its token, and is read as a form. What a program sends to other views
    # stays unread until there is a key, and may be read again: they may want it as it came.
    of_page = is_form and getattr(request, "csrf_processing_done", False)
    key = request.headers.get("Idempotency-Key")
    if key is None and of_page:
        key = request.POST.get(FIELD) or None
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise Refused(
            "key_malformed",
            _("The idempotency key must have 16 to 255 characters without spaces."),
        )
    scoped = f"{_sender(request)}\n{key}"
    raw = b"" if of_page else request.body
    body = _form(request) if is_form else raw
    asked = f"{request.get_full_path()}\n{sha256(body).hexdigest()}\n{scoped}"
    return _Sent(
        name=_hmac("name", scoped).hexdigest(),
        secret=_hmac("secret", scoped).digest(),
        body=_hmac("body", asked).hexdigest(),
    )


def _sender(request: HttpRequest) -> str:
    """Name who sends, as far as we know: two who chose the same key are two."""
    user = getattr(request, "user", None)
    return f"{getattr(user, 'pk', None) or ''} {request.headers.get('Authorization', '')}"


def _form(request: HttpRequest) -> bytes:
    # A browser draws a new boundary each time it sends a form, and a new mask for its token.
    fields = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in {FIELD, "csrfmiddlewaretoken"}
    )
    files = []
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            files.append((name, upload.name, sha256(upload.read()).hexdigest()))
            upload.seek(0)
    return json.dumps([fields, files]).encode()


@contextmanager
def _kept(sent: _Sent, at: datetime) -> Iterator[Answered]:
    """Hold the row of this key, new (status 0) or answered; nobody else holds it meanwhile."""
    with transaction.atomic():
        new = Answered(key=sent.name, body=sent.body, status=0, answer=b"", at=at)
        if _inserted(new):
            yield new
            return
        row = Answered.objects.select_for_update().get(key=sent.name)
        if row.at <= at - KEPT:
            row.body, row.status, row.answer, row.at = sent.body, 0, b"", at
            row.save()
        _same(row, sent)
        yield row


def _same(row: Answered, sent: _Sent) -> None:
    if row.body != sent.body:
        raise Refused(
            "key_of_another_body",
            _("This idempotency key was used for another request."),
            status=409,
        )


def _inserted(row: Answered) -> bool:
    """Insert the row unless its key is there; who comes second waits here for the first to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_answered (key, body, status, answer, at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (key) DO NOTHING",
            [
                row.key,
                row.body,
                row.status,
                bytes(row.answer),
                connection.ops.adapt_datetimefield_value(row.at),
            ],
        )
        inserted: bool = cursor.rowcount == 1
    return inserted


def _keep(row: Answered, sent: _Sent, response: HttpResponse) -> None:
    _seal(row, sent, response)
    row.save(update_fields=["status", "answer"])


def _seal(row: Answered, sent: _Sent, response: HttpResponse) -> None:
    told = {
        "headers": dict(response.items()),
        "cookies": [morsel.OutputString() for morsel in response.cookies.values()],
        "content": b64encode(response.content).decode(),
    }
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(sent.secret).encrypt(nonce, json.dumps(told).encode(), sent.name.encode())
    row.status, row.answer = response.status_code, nonce + sealed


def _opened(row: Answered, sent: _Sent) -> HttpResponse:
    kept = bytes(row.answer)
    plain = AESGCM(sent.secret).decrypt(kept[:_NONCE], kept[_NONCE:], sent.name.encode())
    told: dict[str, Any] = json.loads(plain)
    response = HttpResponse(b64decode(told["content"]), status=row.status, headers=told["headers"])
    for cookie in told["cookies"]:
        response.cookies.load(cookie)
    return response


def _hmac(kind: str, said: str) -> HMAC:
    return salted_hmac(f"linli.idempotency.{kind}", said, algorithm="sha256")
