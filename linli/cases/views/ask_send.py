"""The end of asking: check, send, the receipt; and the ways out: later, elsewhere, at once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.actions.asking import Asked, Contact, ask
from linli.cases.actions.draft_photos import discard
from linli.cases.actions.drafts import open_draft, save_draft
from linli.cases.forms.asking import TONGUES, AnswerForm, HeldForm
from linli.cases.models import Case, Draft, Topic
from linli.cases.queries.asking import photo_of, unit_of
from linli.cases.rules.reasons import BY_DEFAULT, PASSING_ON
from linli.cases.views.ask_frame import (
    CLERKS_LANGUAGE,
    Asking,
    asking_of,
    door_of,
    show,
    stations_for,
)
from linli.cases.views.slips import slip_of
from linli.cases.views.tickets import ASKING, FOLLOWING, RECEIPT, private
from linli.directory.models import Area, Location
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, on_form
from linli.kernel.subjects import Gone
from linli.kernel.working_days import due_at


@private
@require_http_methods(["GET", "HEAD", "POST"])
@once
def check(request: HttpRequest) -> HttpResponse:
    """Show the answers before they are sent, and send them."""
    asking = asking_of(request)
    if asking.draft is None or not asking.answers.get("words") or asking.topic is None:
        return redirect("cases:ask_what")
    if request.method == "POST":
        return _sent(request, asking, asking.draft, asking.topic)
    topic, given = asking.topic, asking.answers.get("answer", {})
    context = {
        "topic": topic,
        "given": given,
        "way": dict(AnswerForm.CHANNELS)[given.get("channel", "none")],
        "station": stations_for(request, asking).get(given.get("station", ""), ""),
        "tongue": dict(TONGUES).get(given.get("reply_language", ""), ""),
        "area": Area.objects.filter(pk=asking.answers.get("area") or None).first(),
        "location": Location.objects.filter(code=asking.answers.get("location")).first(),
        "due_at": due_at(asking.at, topic.case_days),
        "once": new_key(),
    }
    return show(request, asking, "check", context)


def _sent(request: HttpRequest, asking: Asking, draft: Draft, topic: Topic) -> HttpResponse:
    by, channel = door_of(request)
    try:
        with transaction.atomic():
            asked = _asked(asking, draft, topic, channel)
            discard(by=by, at=asking.at, draft=draft)
            receipt = ask(by=by, at=asking.at, asked=asked)
    except Gone:  # sent a moment ago, by the same button
        return redirect("cases:ask_receipt")
    return receipt_for(receipt.case, receipt.passphrase, asking.at)


def receipt_for(case: Case, passphrase: str, at: datetime) -> HttpResponse:
    """Lead to the receipt, with the ticket that tells the passphrase for half an hour."""
    response = redirect("cases:ask_receipt")
    ASKING.take_back(response)
    RECEIPT.hand(response, {"code": case.code, "passphrase": passphrase}, at)
    return response


def _asked(asking: Asking, draft: Draft, topic: Topic, channel: str) -> Asked:
    answers = asking.answers
    given = answers.get("answer", {})
    location = Location.objects.filter(code=answers.get("location")).first()
    area = Area.objects.filter(pk=answers.get("area") or None).first()
    ticked = {"show_contact": "contact", "pass_on": PASSING_ON}
    more = tuple(granted for name, granted in ticked.items() if given.get(name))
    return Asked(
        topic=topic,
        area=area or (location.area if location else topic.unit.area),
        location=location,
        words=answers["words"],
        wish=answers.get("wish", ""),
        place=answers.get("place", ""),
        contact=_contact(given),
        told_by=unit_of(given.get("station", "")),
        reply_language=given.get("reply_language", ""),
        photos=tuple(photo_of(draft, one, asking.at) for one in draft.photos),
        channel=channel,
        about=answers.get("about", ""),
        fields_granted=BY_DEFAULT + more,
        public=bool(given.get("public")),
    )


def _contact(given: dict[str, Any]) -> Contact | None:
    way = given.get("channel", "none")
    return Contact(way, given[way]) if way in {"email", "sms"} else None


@private
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Say what happens next and when. Who has no ticket any more looks it up with the code."""
    at = now()
    held = RECEIPT.held(request, at)
    case = (
        Case.objects.select_related("topic", "unit", "told_by")
        .filter(code=held.get("code"))
        .first()
    )
    if case is None:
        return redirect("cases:follow")
    address = request.build_absolute_uri(reverse("cases:follow_case", args=[case.code]))
    context = {
        "case": case,
        "passphrase": held["passphrase"],
        "slip": slip_of(address),
        "address": address,
        "at_station": door_of(request)[1] == "station",
        "sensitive": case.topic.sensitive,
    }
    return render(request, "cases/public/receipt.html", context)


@private
@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Tell the code and the passphrase that open the draft elsewhere, for a week."""
    asking = asking_of(request)
    if asking.draft is None:
        return redirect("cases:ask_what")
    by, _channel = door_of(request)
    # Who has seen the code may come back: leaving does not destroy it any more.
    save_draft(by=by, at=asking.at, draft=asking.draft, answers=asking.answers | {"kept": True})
    address = request.build_absolute_uri(reverse("cases:ask_resume"))
    context = {
        "code": asking.draft.code,
        "passphrase": asking.answers.get("passphrase", ""),
        "address": address,
        "sensitive": asking.sensitive,
    }
    return render(request, "cases/public/later.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Open a draft that was begun elsewhere."""
    at, form = now(), HeldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        allow_knock("draft", read_code(code) or code, at=at, burst=5, per_hour=20)
        allow_knock("draft-door", source_of(request), at=at, burst=100, per_hour=600)
        try:
            typed = form.cleaned_data["passphrase"]
            draft = open_draft(at=at, code=code, passphrase=typed)
        except Refused as refused:
            on_form(form, refused)
        else:
            response = redirect("cases:ask_check")
            ASKING.hand(response, {"draft": draft.code}, at)
            return response
    status = 422 if form.is_bound else 200
    return render(request, "cases/public/resume.html", {"form": form}, status=status)


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once: the draft is destroyed unless it was kept for later, and the browser forgets."""
    asking = asking_of(request)
    if asking.draft is not None and not asking.answers.get("kept"):
        by, _channel = door_of(request)
        discard(by=by, at=asking.at, draft=asking.draft)
    response = redirect(_way_out(request))
    for ticket in (ASKING, FOLLOWING, RECEIPT):
        ticket.take_back(response)
    return response


def _way_out(request: HttpRequest) -> str:
    """Return where one goes on: the start page, or the clerk's window for the next in line."""
    if door_of(request)[1] != "station":
        return reverse("portal:home")
    with override(request.session.get(CLERKS_LANGUAGE, get_language())):
        return reverse("cases:window")
