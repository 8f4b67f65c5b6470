"""Doors for who holds a slip: code and passphrase open a page of theirs for half an hour, without an account."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linli.assessments.forms.objections import SlipForm
from linli.assessments.views.ways import DO, posted
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.kernel.tickets import Ticket
from linli.ui.private import private

_OF_A_CODE = {"burst": 6, "per_hour": 12}
_OF_A_DOOR = {"burst": 120, "per_hour": 900}


class Hold:
    """One kind of slip: the name of its ticket, who opens it, who still finds its row, where its pages are."""

    def __init__(
        self,
        name: str,
        *,
        opens: Callable[..., Any],
        finds: Callable[[str, datetime], Any],
        titles: tuple[Words, Words],
    ) -> None:
        self.ticket = Ticket(name, timedelta(minutes=30))
        self.name, self._opens, self._finds, self._titles = name, opens, finds, titles

    def door(self, request: HttpRequest) -> HttpResponse:
        """Ask for code and passphrase. Unknown, wrong, ended and gone look the same."""
        form = SlipForm(posted(request))
        if form.is_valid():
            found = self._let_in(request, form)
            if found is not None:
                response = redirect(f"assessments:{self.name}", found.code)
                self.ticket.hand(response, {"code": found.code}, now())
                return response
        title, words = self._titles
        context = {"form": form, "title": title, "words": words}
        status = 422 if form.is_bound else 200
        return render(request, "assessments/slip_door.html", context, status=status)

    def held(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Let in who typed the passphrase within the last half hour; lead everybody else to the door."""

        @private
        @wraps(view)
        def guarded(request: HttpRequest, /, code: str) -> HttpResponse:
            at = now()
            is_in = self.ticket.held(request, at).get("code") == code
            found = self._finds(code, at) if is_in else None
            if found is None:
                door = redirect(f"assessments:{self.name}_door")
                self.ticket.take_back(door)
                return door
            return view(request, found, at)

        return guarded

    def _let_in(self, request: HttpRequest, form: Form) -> Any:  # noqa: ANN401 - a row of its kind
        at, typed = now(), form.cleaned_data["code"]
        allow_knock(self.name, read_code(typed) or typed, at=at, **_OF_A_CODE)
        allow_knock(f"{self.name}-door", source_of(request), at=at, **_OF_A_DOOR)
        try:
            return self._opens(at=at, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
            return None


def door_of(hold: Hold) -> Callable[[HttpRequest], HttpResponse]:
    """Return the door as a page."""

    @private
    @require_http_methods(DO)
    def page(request: HttpRequest) -> HttpResponse:
        return hold.door(request)

    return page
