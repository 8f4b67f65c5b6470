"""The day of one stand: who comes when, by code alone; what took place, was offered, was taken."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words
from linli.offers.actions import interviewing as actions
from linli.offers.models import Interview, Vacancy
from linli.offers.queries import fair_desk as queries
from linli.offers.views.console import ORGANIZERS, READERS, told, trail

STATES = {
    Interview.KEPT: "plain", Interview.PROPOSED: "soon", Interview.ACCEPTED: "note",
    Interview.DONE: "done", Interview.ABSENT: "late",
}  # fmt: skip
_AT_STAND = (Role.OFFICER, Role.CLERK)
_SAID: dict[str, Words] = {
    "came": gettext_lazy("Written down: the talk took place."),
    "absent": gettext_lazy("Written down: nobody came."),
    "offer": gettext_lazy("Written down: the post was offered."),
    "hire": gettext_lazy("Written down: the hire is confirmed."),
}


@require_safe
@staff_only(*READERS)
def day(request: HttpRequest, number: int) -> HttpResponse:
    """List the talks of a stand."""
    by, at = acting(request), now()
    stand = queries.stand_at(by, number)
    talks = list(queries.day_of(stand))
    fair = stand.session
    here = reverse("offers:fair_desk", args=[fair.code])
    context = {
        "stand": stand,
        "fair": fair,
        "rows": [(talk, STATES[talk.state], _deeds(by, at, talk)) for talk in talks],
        "posts": stand.vacancies.order_by("title"),
        "begun": at >= fair.starts_at,
        "trail": trail((fair.offer.title, here), (stand.organization.name, "")),
    }
    return render(request, "offers/fairs_stand.html", context)


@require_POST
@staff_only(*READERS)
def deed(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Write one thing down about a talk."""
    by, at = acting(request), now()
    found = get_object_or_404(Interview.objects.select_related("stand"), code=code)
    stand = queries.stand_at(by, found.stand_id)
    found.stand = stand
    if deed not in _SAID:
        raise Http404
    do = _done(by, at, found, deed, request.POST.get("post", ""))
    return told(request, do, str(_SAID[deed]), reverse("offers:stand_day", args=[stand.pk]))


def _done(by: Actor, at: datetime, talk: Interview, deed: str, post: str) -> Callable[[], Any]:
    if deed == "offer":
        return lambda: actions.offer_post(by=by, at=at, talk=talk)
    if deed == "hire":
        return lambda: actions.confirm_hire(by=by, at=at, talk=talk)
    vacancy = Vacancy.objects.filter(stand=talk.stand_id, code=post).first()
    came = deed == "came"
    return lambda: actions.record_talk(by=by, at=at, talk=talk, came=came, vacancy=vacancy)


def _deeds(by: Actor, at: datetime, talk: Interview) -> list[tuple[str, Words]]:
    """Return what may be written down about a talk now."""
    if talk.state in {Interview.PROPOSED, Interview.ACCEPTED, Interview.KEPT}:
        if by.role not in _AT_STAND or at < talk.stand.session.starts_at:
            return []
        walks_in = talk.state == Interview.KEPT
        return (
            [("came", _("Talked"))]
            if walks_in
            else [("came", _("Talked")), ("absent", _("Nobody came"))]
        )
    if talk.state != Interview.DONE or by.role not in ORGANIZERS or talk.hired_at:
        return []
    return [("hire", _("Hired"))] if talk.offered_at else [("offer", _("Offered"))]
