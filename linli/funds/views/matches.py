"""Matched money: what was agreed, what is missing and whose it is, shown to both sides."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.forms.rests import ShowForm
from linli.funds.models import Match
from linli.funds.queries.books import visible_matches
from linli.funds.queries.matches import states_of, terms_of
from linli.funds.rules.matching import Missing, State, Terms, missing
from linli.funds.views.ways import READERS, keeps, trail, ways
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only

ROWS = 25


class Standing(NamedTuple):
    """One agreement with how far it is, and what is missing."""

    match: Match
    terms: Terms
    state: State
    missing: list[Missing]

    @property
    def lamp(self) -> str:
        """The state of its lamp."""
        if self.state.released:
            return "done"
        if any(one.what == "time" for one in self.missing):
            return "late"
        return "soon" if self.missing else "note"


@require_safe
@staff_only(*READERS)
def console_matches(request: HttpRequest) -> HttpResponse:
    done = request.GET.get("shown") == "released"
    matches = visible_matches(acting(request))
    found = matches.filter(release__isnull=False) if done else matches.waiting()
    known = found.select_related("fund__unit", "partner__unit", "ready", "into")
    page = Paginator(known, ROWS).get_page(request.GET.get("page"))
    here = reverse("funds:console_matches")
    context = {
        "page": page,
        "rows": _standings(list(page)),
        "released": done,
        "shown": [
            (_("Not released yet"), here, not done),
            (_("Released"), f"{here}?shown=released", done),
        ],
        "ways": ways(),
    }
    return render(request, "funds/console_matches.html", context)


@require_safe
@staff_only(*READERS)
def console_match(request: HttpRequest, code: str) -> HttpResponse:
    return match_page(request, match_of(request, code))


def match_of(request: HttpRequest, code: str) -> Match:
    """Return the agreement that an address names, if whoever asks is of either side, or reads all."""
    known = visible_matches(acting(request)).select_related(
        "fund__unit", "partner__unit", "ready", "into", "evidence", "release", "replaced_by"
    )
    return get_object_or_404(known, code=code)


def _standings(matches: list[Match]) -> list[Standing]:
    states = states_of(matches, localdate(now()))
    return [
        Standing(one, terms, states[one.pk], [] if states[one.pk].released else missing(terms, states[one.pk]))
        for one in matches
        for terms in [terms_of(one)]
    ]  # fmt: skip


def match_page(request: HttpRequest, match: Match, form: ShowForm | None = None) -> HttpResponse:
    """Show an agreement; 422 with what is missing in the form that was sent."""
    by, standing = acting(request), _standings([match])[0]
    kept, newer = keeps(by, match.fund), getattr(match, "replaced_by", None)
    open_ = not standing.state.released and newer is None
    context: dict[str, Any] = {
        "match": match,
        "standing": standing,
        "release": getattr(match, "release", None),
        "keeps": kept,
        "reads_fund": kept or by.role == Role.SUPERVISOR,
        "may_show": open_ and (kept or _partner(by, match)),
        "newer": newer,
        "may_agree_anew": open_ and kept and standing.lamp == "late",
        "may_release": open_ and kept and not standing.missing,
        "form": form or ShowForm(initial={"source": by.unit if by.role == Role.OFFICER else ""}),
        "trail": trail((_("Matched money"), reverse("funds:console_matches")), (match.words, "")),
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "funds/console_match.html", context, status=status)


def _partner(by: Actor, match: Match) -> bool:
    unit = match.partner.unit
    return by.role == Role.OFFICER and unit is not None and by.unit == unit.name
