"""Sends nonsense to every form and every question there is, as who may send it, and notes what breaks.

A form's names are read from the page it stands on, and from what the matrix sends (sent.py).
"""

import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.urls import NoReverseMatch, Resolver404, resolve

from linli.kernel.limits import forget_all
from tests.permissions.asking import address
from tests.permissions.matrix import ROWS
from tests.permissions.sent import EMPTY, SENT

OPEN = {"ok", "looked", "done", "redirect", "form", "refused"}
WORTH = ("clerk", "officer", "planner", "supervisor", "administrator", "anonymous")
LEADS_OUT = {"account_logout", "ui:preferences"}
NONSENSE = (
    "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u202e\u2066x", "\ufeff", "\r\nSet-Cookie: a=b",
    "-1", "0", "1e309", "-1e999", "NaN", "Infinity", "9" * 25, "9" * 5000, "0." + "9" * 400, "1_0", "²", "½",
    "\u0663", "\U0001d7d9", "0x10", "٣١", "2026-02-30", "0001-01-01", "9999-12-31", "9999-12-31T23:59", "0000-00-00", "+275760-09-13",
    "0001-01-01T00:00", "24:61", "[]", "{}", "null", "true", "None", "__all__", "' OR 1=1 --", "%", "%s", "{0.__class__}",
    "<script>x</script>", "../../etc/passwd", "//elsewhere.example", "字" * 40_000, "e\u0301" * 300, "👩‍👩‍👧‍👦" * 50,
    "zzzz-zzzz", "620200", "a@b", "1,2,,", ";", "PK\x03\x04", "\x1b[31m", "\x7f", "\x85",
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """One form, or one question: where it goes, by which method, what it says when nobody touched it."""

    path: str
    method: str
    given: tuple[tuple[str, str], ...]
    who: str
    of: str


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.open, self.select = [], None, ""

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "form":
            self.open = (said.get("action") or "", (said.get("method") or "get").upper(), {})
            self.found.append(self.open)
        elif self.open and tag in {"input", "button", "textarea"} and name:
            self.open[2].setdefault(name, said.get("value") or "1")
        elif self.open and tag == "select":
            self.select = name
        elif self.open and tag == "option" and self.select and said.get("value"):
            self.open[2][self.select] = said["value"]

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


def sent(world):
    """Return what the matrix itself sends, as forms."""
    found = {}
    for row, who in _asked("POST"):
        given = SENT[row.route, row.sends](world.has) if row.sends not in EMPTY | {"json"} else {}
        path = address(row.route, world.parts[row.of])
        _note(found, Form(path, "POST", _flat(given), who, row.of))
    return [*found.values()]


def shown(world):
    """Return every form on every page of the matrix, and a question to each page."""
    found = {}
    for row, who in _asked("GET"):
        if row.outcomes[who] in {"ok", "looked"}:
            path = address(row.route, world.parts[row.of])
            page = Form(path, "GET", (("q", "1"), ("page", "1")), who, row.of)
            _note(found, page)
            for action, method, given in _on(send(world, page, ())):
                to = urlsplit(urljoin(path, action)).path
                _note(found, Form(to, method, _flat(given), who, row.of))
    return [one for one in found.values() if _route(one.path) not in LEADS_OUT]


def mutated(form, chance):
    """Return what the form says with nonsense in some places."""
    given = dict(form.given)
    names = list(given) or ["words"]
    wrong = chance.sample(names, min(len(names), chance.choice((1, 1, 2, 3, 99))))
    return tuple((given | {name: chance.choice(NONSENSE) for name in wrong}).items())


def elsewhere(row, world, chance):
    """Return a question to the address, with nonsense in its path; None when none leads there."""
    changed = {
        name: chance.choice((2**31, 2**63, 10**30))
        if isinstance(value, int)
        else chance.choice(NONSENSE)
        for name, value in world.parts[row.of].items()
    }
    try:
        return Form(address(row.route, changed), "GET", (), "planner", row.of)
    except (NoReverseMatch, UnicodeEncodeError):
        return None


def send(world, form, given):
    """Send it as a browser would; what is written is undone."""
    client = world.client(form.who, raise_request_exception=False)
    client.cookies.load(world.tickets.get(form.of, {}))
    cache.clear()
    forget_all()
    with transaction.atomic():
        if form.method == "GET":
            answer = client.get(form.path, QUERY_STRING=_encoded(given))
        elif any(isinstance(value, SimpleUploadedFile) for _name, value in given):
            answer = client.post(form.path, {name: _sendable(value) for name, value in given})
        else:
            kind = "application/x-www-form-urlencoded"
            answer = client.post(form.path, _encoded(given), content_type=kind)
        if answer.streaming:
            answer.streaming_content = [b"".join(answer.streaming_content)]
        for close in answer._resource_closers:  # a file; the connection stays open
            close()
        transaction.set_rollback(True)
    return answer


@contextmanager
def faults():
    """Note what breaks inside, as the kind of fault and where."""
    noted = []

    def note(sender, request, **_rest):
        noted.append(f"{request.method} {request.path[:80]}\n{traceback.format_exc()[-900:]}")

    got_request_exception.connect(note)
    try:
        yield noted
    finally:
        got_request_exception.disconnect(note)


def _asked(method):
    """Yield the rows of a method that somebody may ask, with who that is."""
    for row in ROWS:
        asking = WORTH[::-1] if row.route.startswith("account_") else WORTH
        who = next((one for one in asking if row.outcomes[one] in OPEN), None)
        if who and row.method == method and row.route not in LEADS_OUT:
            yield row, who


def _note(found, form):
    found.setdefault((form.path, form.method, frozenset(name for name, _v in form.given)), form)


def _on(answer):
    if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
        return []
    parser = _Forms()
    parser.feed(answer.getvalue().decode())
    return parser.found


def _route(path):
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _flat(given):
    return tuple(
        (name, value[0] if isinstance(value, list) and value else value)
        for name, value in given.items()
    )


def _encoded(given):
    return "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in given)


def _escaped(value):
    return quote_from_bytes(str(value).encode("utf-8", "surrogatepass"))


def _sendable(value):
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
