"""Anybody objects to a result, and looks up what came of it: no account, no name."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import objecting
from linli.assessments.forms.objections import ObjectionForm
from linli.assessments.models import Objection
from linli.assessments.queries.notice_words import objection_lamp
from linli.assessments.rules.instruments import said
from linli.assessments.views.candidates_public import public_candidacy, public_trail
from linli.assessments.views.holds import Hold, door_of
from linli.assessments.views.ways import DO, posted
from linli.kernel.clock import now
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.looks import by_day, looks_of
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private


def _finds(code: str, at: datetime) -> Objection | None:
    rows = Objection.objects.select_related(
        "said__subject", "resolution", "reply", "result__notice",
        "result__candidacy__subject", "result__candidacy__round__scheme",
    )  # fmt: skip
    return rows.filter(code=code, said__subject__purge_on__gt=localdate(at)).first()


HOLD = Hold(
    "objection",
    opens=objecting.open_held,
    finds=_finds,
    titles=(
        _("Your objection"),
        _("With the code and the passphrase from your slip you see what came of it."),
    ),
)
objection_door = door_of(HOLD)


@private
@require_http_methods(DO)
@once
def object_to(request: HttpRequest, code: str) -> HttpResponse:
    """Take an objection, and show code and passphrase this once."""
    at, one = now(), public_candidacy(code)
    if request.method == "POST":
        allow_knock("objecting", source_of(request), at=at, burst=30, per_hour=60)
    language = get_language() or ""
    form = ObjectionForm(posted(request), of=one.round.edition.form, language=language)
    result = one.results.select_related("notice").order_by("-id").first()
    context: dict[str, Any] = {
        "one": one,
        "open": result if result and one.stage == "notice" and at < result.notice.closes_at else None,
        "trail": public_trail(one, (_("Object"), "")),
    }  # fmt: skip
    if form.is_valid():
        try:
            handed = objecting.object_to(at=at, candidacy=one, said=form.objected())
        except Refused as refused:
            on_form(form, refused)
        else:
            context |= {"objection": handed.objection, "passphrase": handed.passphrase}
            return render(request, "assessments/objection_sent.html", context)
    context |= {"form": form, "once": new_key()}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/objection_new.html", context, status=status)


@require_safe
@HOLD.held
def objection(request: HttpRequest, found: Objection, at: datetime) -> HttpResponse:
    """Show who objected how it stands, what they said, and who read it."""
    candidacy = found.result.candidacy
    items = {one.key: one.text for one in candidacy.round.edition.form.items()}
    context = {
        "objection": found,
        "one": candidacy,
        "lamp": objection_lamp(found, localdate(at)),
        "item": said(items.get(found.item, {}), get_language() or ""),
        "words": objecting.own_words(at=at, objection=found),
        "looks": by_day(looks_of(found.said.subject)),
    }
    return render(request, "assessments/objection_mine.html", context)


@require_POST
@HOLD.held
def objection_back(request: HttpRequest, found: Objection, at: datetime) -> HttpResponse:
    """Take an objection back for good."""
    objecting.take_back(at=at, objection=found)
    response = redirect("assessments:candidacy", found.result.candidacy.code)
    HOLD.ticket.take_back(response)
    return response
