"""What the page of a case shows: the person's words, what was done, the clocks, and what one may do now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.actions import reading
from linli.cases.forms.handling import ReplyForm, reply_templates
from linli.cases.models import Attachment, Case, HandOver, Topic
from linli.cases.models.reasons import FIELDS
from linli.cases.queries.desk import ASKED, HELPS, LEADS, Around, around
from linli.cases.rules.tongues import tongue_of
from linli.cases.views import standing, told
from linli.cases.views.desk_acts import Seen, acts_of, may_answer
from linli.cases.views.desk_frame import Sent, trail, typed_in
from linli.cases.views.things import pointed_at
from linli.kernel.actors import Actor
from linli.kernel.clock import now
from linli.kernel.doors import acting
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.ui.languages import LANGUAGES, PREPARED

_OWN_NAMES = {one.tag: one.own_name for one in (*LANGUAGES, *PREPARED)}
_FIELDS: dict[str, Words] = dict(FIELDS)
_UNREADABLE = {"no_grant", "gone"}


def show(request: HttpRequest, case: Case, sent: Sent | None = None) -> HttpResponse:
    """Answer with the page of a case, or with its drawer; the look is written down first."""
    sent, by, at = sent or Sent(), acting(request), now()
    stands = around(case, by.unit, at)
    opened = opened_for(by, at, case, stands.part)
    seen = Seen(case, stands, opened.fields if opened else frozenset())
    acts = acts_of(seen, sent.wrong)
    context: dict[str, Any] = {
        "case": case,
        "head": head(case, at),
        "pointed": pointed_at(case) if case.kind == Topic.CORRECTION else None,
        "said": said(opened, lambda photo: reverse("cases:paper", args=[case.code, photo.code])),
        "contact": sent.contact,
        "timeline": told.timeline(opened.steps if opened else []),
        "clocks": told.clocks(case, at),
        "moves": told.moves(stands.events),
        "units": _units(stands),
        "acts": acts,
        "reply": _reply(by, seen, opened, sent),
        "astray": _astray(sent.wrong, {act.name for act in acts}, seen),
        "trail": trail((case.code, "")),
    }
    page = "drawer" if _for_drawer(request) else "case"
    return render(request, f"cases/console/{page}.html", context, status=sent.status)


def opened_for(by: Actor, at: datetime, case: Case, part: str) -> reading.Opened | None:
    """Open what the unit may read; None when it answers for a case whose words it may not read any more."""
    triage = part == LEADS and case.state == Case.RECEIVED
    purpose = "triage" if triage else {HELPS: "help", ASKED: "decide"}.get(part, "handle")
    try:
        return reading.read(by=by, at=at, case=case, purpose=purpose)
    except Refused as refused:
        if refused.code in _UNREADABLE and part == LEADS:
            return None
        raise


def head(case: Case, at: datetime) -> dict[str, Any]:
    """Return how a case stands, for the head of its page."""
    state = standing.state_of(case)
    return {
        "state": state.state,
        "words": state.words,
        "clock": standing.clock_of(case, at),
        "marks": standing.marks_of(case),
        "place": standing.place_of(case.area, case.location),
    }


def said(opened: reading.Opened | None, address: Callable[[Attachment], str]) -> dict[str, Any]:
    """Return what the person said, as far as the unit may read it."""
    if opened is None:
        return {"fields": "—"}
    whole = f"{opened.words} {opened.wish}"
    return {
        "words": opened.words,
        "wish": opened.wish,
        "place": opened.place,
        "lang": tongue_of(whole, opened.reply_language),
        "language": _OWN_NAMES.get(opened.reply_language, opened.reply_language),
        "papers": [_paper(photo, address(photo)) for photo in opened.photos],
        "fields": field_names(opened.fields),
    }


def field_names(fields: Any) -> str:  # noqa: ANN401 - any collection of names
    """Return the fields of a grant in words, in their order."""
    return _("、").join(str(words) for name, words in _FIELDS.items() if name in fields) or "—"


def reply_context(form: ReplyForm, case: Case, unit: str, *, preview: bool) -> dict[str, Any]:
    """Return what the part of the page shows where the answer is written."""
    shown = form.typed if preview else ""
    return {
        "form": form,
        "address": reverse("cases:reply", args=[case.code]),
        "templates": reply_templates(unit, form.tongue).exists(),
        "preview": shown,
        "lang": form.tongue or "zh",
        "hint": told.plainness(shown),
    }


def _reply(
    by: Actor, seen: Seen, opened: reading.Opened | None, sent: Sent
) -> dict[str, Any] | None:
    if not may_answer(seen):
        return None
    language = opened.reply_language if opened else ""
    form = sent.wrong.get("reply")
    if not isinstance(form, ReplyForm):
        form = ReplyForm(unit=by.unit, language=language)
    return reply_context(form, seen.case, by.unit, preview=sent.preview)


def _astray(
    wrong: Mapping[str, BaseForm], acts: set[str], seen: Seen
) -> list[tuple[BaseForm, list[str]]]:
    """Return the forms that have no place on the page any more, with what was typed into them."""
    placed = acts | ({"reply"} if may_answer(seen) else set())
    return [(form, typed_in(form)) for name, form in wrong.items() if name not in placed]


def _units(stands: Around) -> dict[str, Any]:
    way = stands.on_the_way
    waits = way is not None and way.state == HandOver.WAITING
    return {
        "joint": stands.joint,
        "on_the_way": way,
        "on_the_way_state": ("soon", _("waits for the person's leave"))
        if waits
        else ("note", _("the other unit decides")),
        "grants": [
            {"to_unit": one.to_unit, "fields": field_names(one.fields), "until": one.expires_at}
            for one in stands.grants
        ],
    }


def _paper(photo: Attachment, address: str) -> dict[str, Any]:
    kind = photo.media_type.rpartition("/")[2].upper()
    return {"address": address, "kind": kind, "size": photo.size}


def _for_drawer(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target") == "drawer"
