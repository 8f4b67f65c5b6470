"""The register of honours for everybody; the page of an individual who holds the slip of one."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linli.assessments.actions import honouring
from linli.assessments.forms.honours import HonoursForm, NameForm
from linli.assessments.models import Award, Honour
from linli.assessments.queries import honours as queries
from linli.assessments.queries.honours import is_open, name_of
from linli.assessments.queries.notice_words import AWARDS
from linli.assessments.queries.stage_words import level_name, percent
from linli.assessments.views.holds import Hold, door_of
from linli.directory.views.qr import drawn
from linli.kernel.clock import now
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

ROWS = 50


def _finds(code: str, at: datetime) -> Honour | None:
    rows = Honour.objects.select_related("scheme", "unit", "shown__subject")
    found = rows.filter(code=code).first()
    return found if found and is_open(found, at) else None


HOLD = Hold(
    "honour",
    opens=honouring.open_held,
    finds=_finds,
    titles=(
        gettext_lazy("Your honour"),
        gettext_lazy(
            "With the code and the passphrase from your slip you say whether your name is shown."
        ),
    ),
)
honour_door = door_of(HOLD)


@require_safe
def honours(request: HttpRequest) -> HttpResponse:
    """List the units that were named, with what became of it."""
    form = HonoursForm(request.GET)
    asked, counts = form.asked, queries.counts_by_level()
    page = Paginator(queries.awards(asked), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "address": request.path,
        "filtered": asked != queries.HonoursAsked(),
        "page": page,
        "rows": [
            (one, level, AWARDS[one.state]) for one, level in queries.named_levels(page.object_list)
        ],
        "figures": [
            {"words": name, "value": counts[level]}
            for level, name in form.levels.items()
            if level in counts
        ],
        "trail": _trail(),
    }
    return render(request, "assessments/honours.html", context)


@private
@require_safe
def honours_shown(request: HttpRequest) -> HttpResponse:
    """Show the individuals who let themselves be shown: as of this moment, kept by nobody on the way."""
    at = now()
    page = Paginator(queries.shown_honours(at), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.opened(page.object_list, at),
        "trail": _trail((_("Individuals"), "")),
    }
    return render(request, "assessments/honours_shown.html", context)


@require_safe
def award(request: HttpRequest, code: str) -> HttpResponse:
    """Show one honour of a unit, from its score to its last re-check."""
    found = _award(code)
    context = _told(found) | {
        "steps": [(one, AWARDS[one.to]) for one in found.steps.order_by("-id")],
        "share": percent(found.decision.result.score.share),
        "trail": _trail((found.candidacy.subject.name, "")),
    }
    return render(request, "assessments/award.html", context)


@require_safe
def award_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Show the certificate to print; whoever scans its square sees whether the honour still stands."""
    found = _award(code)
    address = request.build_absolute_uri(reverse("assessments:award", args=[code]))
    context = _told(found) | {"square": drawn(address), "address": address}
    return render(request, "assessments/award_certificate.html", context)


@require_safe
@HOLD.held
def honour(request: HttpRequest, found: Honour, at: datetime) -> HttpResponse:
    """Show an individual what was given to them, and whether their name is shown."""
    return _mine(request, found, at)


@require_POST
@HOLD.held
def honour_name(request: HttpRequest, found: Honour, at: datetime) -> HttpResponse:
    """Put a name to it."""
    form = NameForm(request.POST, again=name_of(found) is not None)
    if form.is_valid():
        try:
            honouring.show_name(at=at, honour=found, **form.shown())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("assessments:honour", found.code)
    return _mine(request, found, at, form)


@require_POST
@HOLD.held
def honour_back(request: HttpRequest, found: Honour, at: datetime) -> HttpResponse:
    """Take the name away for good."""
    honouring.take_back(at=at, honour=found)
    response = redirect("assessments:honours_shown")
    HOLD.ticket.take_back(response)
    return response


def _mine(
    request: HttpRequest, found: Honour, at: datetime, form: NameForm | None = None
) -> HttpResponse:
    context = {
        "honour": found,
        "name": honouring.own_name(at=at, honour=found),
        "level": level_name(found.scheme.levels, found.level),
        "form": form or NameForm(None, again=name_of(found) is not None),
    }
    return render(request, "assessments/honour_mine.html", context, status=422 if form else 200)


def _award(code: str) -> Award:
    return get_object_or_404(queries.awards(), code=code)


def _told(found: Award) -> dict[str, object]:
    candidacy = found.candidacy
    return {
        "award": found,
        "one": candidacy,
        "scheme": candidacy.round.scheme,
        "level": level_name(candidacy.round.scheme.levels, found.level),
        "lamp": AWARDS[found.state],
    }


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("assessments:honours") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Register of honours"), here), *steps]
