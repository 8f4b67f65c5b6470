"""Asks an address as one actor would, undoes what came of it, and says what was answered and written."""

from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation

from linli.kernel import files
from linli.kernel.limits import forget_all
from linli.kernel.refusals import Refused
from tests.permissions.sent import EMPTY, SENT

_WORDS = {
    200: "ok",
    201: "done",
    204: "ok",
    302: "redirect",
    303: "redirect",
    307: "redirect",
    400: "bad",
    401: "unsigned",
    403: "forbidden",
    404: "missing",
    405: "method",
    409: "conflict",
    410: "over",
}
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# What is done there stands in no table of ours but the session: a look, a way in, a file on its way.
# Written by the minute, whoever looks: of nobody.
_COUNTS = ("django_session", "trace_lookupcount")
LEAVES_NO_TRACE = {
    "portal:announcement",  # a file: it is told while the database rests
    "portal:announcement_end",
    "portal:check_run",
    "portal:texts_language",  # a file on its way
    "assessments:honour_door",
    "assessments:objection_door",
    "trace:trade_door",
    "ui:preferences",
    "account_login",
    "account_logout",
    "facts:bring",
    "funds:bring",
    "plans:breakdown",
    "cases:follow",
    "offers:book",
    "offers:bookings",
    "offers:my_work",
    "offers:neighbours",
}

# What a look at what somebody said leaves behind.
LOOKS = {"kernel_look"}
# Who reads a case reads it again when a form on its page came back.
SHOWS_AGAIN = {"looked", "form", "refused", "conflict", "missing"}


@dataclass
class Answer:
    """What came back: a word of the matrix, the response, and what was written (tables, files)."""

    word: str
    response: object
    written: list[str]


def ask(world, row, who, *, method="", path="", whole=False):
    """Ask what a row says as this actor, of another path or by another method; what is written is undone.

    whole: a file that is still on its way is read to its end before.
    """
    path = path or address(row.route, world.parts[row.of])
    method = method or row.method
    given = _given(world, row) if method == "POST" else {}
    client = world.client(who, raise_request_exception=False)
    client.cookies.load(world.tickets.get(row.of, {}))
    cache.clear()  # where it is counted who knocks how often
    forget_all()
    with _undone(), _watched() as (refusals, statements, kept):
        response = getattr(client, method.lower())(path, given, **_as(row, method))
        if whole and response.streaming:
            response.streaming_content = [b"".join(response.streaming_content)]
        for close in response._resource_closers:  # a file; the connection stays open
            close()
        written = [*(["files"] if kept else []), *_changed(world, statements)]
    word = _word(response, path, refusals)
    return Answer(_with_what_it_left(word, row, method, {*written}), response, written)


def fault_of(world, row, who, *, method=""):
    """Return what is wrong with a cell of the matrix, or "" when all is as it says."""
    return judged(row, who, ask(world, row, who, method=method))


def judged(row, who, answer):
    """Return what is wrong with an answer to a cell, or ""."""
    wanted = row.outcomes[who]
    if wanted == "idle" and answer.word == "redirect" and not answer.written:
        return ""
    if answer.word != wanted:
        return f"{answer.word} instead of {wanted}"
    done = wanted in {"redirect", "done"} and row.method == "POST"
    looked = wanted in SHOWS_AGAIN and {*answer.written} <= LOOKS
    if answer.written and not done and not looked:
        return f"{wanted}, but wrote {answer.written}"
    if done and not answer.written and row.sends != "empty" and row.route not in LEAVES_NO_TRACE:
        return "nothing was done"
    return ""


def address(route, parts):
    """Return the path of a route of the matrix."""
    if "." in route:  # it has no name but its path
        return f"/{route}"
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(route, kwargs=parts)


def tables(said=""):
    """Return all rows of all tables but sessions, by table; of those alone that these statements name."""
    models = [one for one in apps.get_models() if one._meta.db_table != "django_session"]
    if said:
        models = [one for one in models if f'"{one._meta.db_table}"' in said]
    return {
        one._meta.db_table: sorted(one._base_manager.order_by().values_list(), key=repr)
        for one in models
    }


def _as(row, method):
    spoken = row.sends == "json" and method == "POST"
    return {"content_type": "application/json"} if spoken else {}


def _given(world, row):
    if row.sends == "json":
        return {"words": "好", "kind": "papers", "days": 2, "unit": world.has.third.code}
    if row.sends in EMPTY:
        # As a browser sends it: no form is quite without fields.
        return {"csrfmiddlewaretoken": "-"}
    return SENT[row.route, row.sends](world.has)


def _word(response, path, refusals):
    status = response.status_code
    if (
        status == 302
        and response["Location"] == f"{address('account_login', {})}?next={quote(path)}"
    ):
        return "login"
    if status == 422:
        return "refused" if refusals else "form"
    return _WORDS.get(status, str(status))


def _with_what_it_left(word, row, method, written):
    """Say "looked" of a page that wrote down who read it, "done" of a deed that answers with a page."""
    if word == "ok" and method == "POST" and written and not written <= LOOKS:
        return "done"
    if word == "ok" and "kernel_look" in written and written <= LOOKS:
        return "looked"
    return word


@contextmanager
def _undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _watched():
    """Note the refusals that are raised, the statements that write, and the files that are kept."""
    refusals, statements, kept = [], [], []
    begin, keep, set_aside = Refused.__init__, files.keep, files.set_aside

    def refused(self, code, *args, **options):
        refusals.append(code)
        begin(self, code, *args, **options)

    def keeping(data):
        kept.append(data)
        return keep(data)

    def setting_aside(data, *, at):
        kept.append(data)
        return set_aside(data, at=at)

    def execute(run, sql, params, many, context):
        if sql.lstrip().upper().startswith(_WRITES) and not any(one in sql for one in _COUNTS):
            statements.append(sql)
        return run(sql, params, many, context)

    with (
        mock.patch.object(Refused, "__init__", refused),
        mock.patch.multiple(files, keep=keeping, set_aside=setting_aside),
        connection.execute_wrapper(execute),
    ):
        yield refusals, statements, kept


def _changed(world, statements):
    if not statements:
        return []
    now = tables(" ".join(statements))
    return [name for name, rows in now.items() if rows != world.before[name]]
