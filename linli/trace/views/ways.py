"""Ways between the pages of food supervision on the console, and what their views share."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.kernel.text import Words

READERS: Final = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)
KEEPERS: Final = (Role.PLANNER, Role.OFFICER)
DO: Final = ["GET", "HEAD", "POST"]


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk through the operators."""
    here = reverse("trace:operators") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Food businesses"), here), *steps]


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the form that was sent, an empty one too; None when none was."""
    return request.POST if request.method == "POST" else None


def told(request: HttpRequest, deed: Callable[[], object], done: Words, to: str) -> HttpResponse:
    """Do a deed that is a button, and go on to where it shows; say what was done, or why not."""
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, str(done))
    return redirect(to)


def form_page(request: HttpRequest, form: Form, **named: Any) -> HttpResponse:
    """Show a form on a page of its own; 422 with what is missing."""
    status = 422 if form.is_bound else 200
    template = named.pop("template", "trace/console_form.html")
    return render(request, template, {"form": form} | named, status=status)
