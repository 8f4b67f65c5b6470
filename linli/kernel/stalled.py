"""What the machine could not do just now, told as a refusal: no room, too much to do, a database that is not there.

Nobody has done anything wrong, and nothing is broken: whoever comes again a little later is served.
"""

import sqlite3

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from linli.kernel import full_disk
from linli.kernel.refusals import Refused, problem

_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# Of PostgreSQL: cut off after its time, a lock not had in time, two who waited for each other, too many connections.
_BUSY = {"57014", "55P03", "40P01", "40001", "53300", "53200"}
_NO_CONNECTION = {"PoolTimeout", "TooManyRequests"}
# Shut down, in recovery, read alone (it was the first and is not any more), cut off in the midst of a transaction.
_AWAY = {"57P01", "57P02", "57P03", "57P05", "25006", "25P03"}


class Busy(Refused):
    """What was wanted was not had in time, and was let go."""

    def __init__(self) -> None:
        super().__init__(
            "busy",
            _(
                "Too much is asked for at this moment, and this was not done. Try again in a few seconds."
            ),
            status=503,
        )
        self.headers["Retry-After"] = "5"


class Away(Refused):
    """The database is not there: whether the last word of ours still reached it, nobody knows."""

    def __init__(self) -> None:
        super().__init__(
            "away",
            _(
                "The database does not answer. Try again in half a minute. If you were sending something, look first whether it has arrived."
            ),
            status=503,
        )
        self.headers["Retry-After"] = "30"


def refusal_of(error: BaseException | None) -> Refused | None:
    """Return the refusal that this error, or one that it came of, amounts to; None for every other error."""
    if error is None:
        return None
    if full_disk.told_by(error):
        return full_disk.NoRoom()
    said: BaseException | None = error
    while said is not None:
        if found := _read(said):
            return found
        said = said.__cause__ or said.__context__
    return None


def answer(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Say it to whoever asked, in the language that is in force, leaning on nothing that may be what is missing."""
    if request.path_info.startswith(settings.FOR_PROGRAMS) or not request.accepts("text/html"):
        return problem(refused)
    page = render_to_string("portal/stalled.html", {"refused": refused})
    told = HttpResponse(page, status=refused.status, headers=refused.headers)
    told._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - as of every refusal
    return told


def _read(error: BaseException) -> Refused | None:
    state = getattr(error, "sqlstate", "") or ""
    busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_BUSY
    if busy or state in _BUSY or type(error).__name__ in _NO_CONNECTION:
        return Busy()
    cause = error.__cause__
    # A fault of the line has no number of the server's.
    line = (
        isinstance(error, OperationalError | InterfaceError)
        and cause is not None
        and type(cause).__module__.startswith("psycopg")
        and getattr(cause, "sqlstate", None) is None
        and type(cause).__name__ not in _NO_CONNECTION
    )
    return Away() if line or state in _AWAY or state.startswith("08") else None
