"""Asking, one question a page: own words first, everything else may stay open."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.actions.draft_photos import MOST_PHOTOS, add_photo, drop_photo
from linli.cases.forms.asking import (
    UNKNOWN,
    AnswerForm,
    MoreForm,
    PlaceForm,
    TopicForm,
    WordsForm,
)
from linli.cases.models import Draft, Topic
from linli.cases.queries.asking import OTHER, known, parts_of, photo_of, places_of
from linli.cases.queries.things import Thing, thing_named
from linli.cases.rules.concerns import is_concern
from linli.cases.rules.suggesting import Suggestion, suggested
from linli.cases.views.ask_frame import (
    Asking,
    asking_of,
    begin,
    door_of,
    go_on,
    keep,
    show,
    stations_for,
)
from linli.cases.views.slips import as_file
from linli.cases.views.tickets import private
from linli.kernel.refusals import Refused
from linli.kernel.uploads import rebuild
from linli.ui.languages import language_of

page = require_http_methods(["GET", "HEAD", "POST"])


@private
@page
def what(request: HttpRequest) -> HttpResponse:
    """What is it about? A button or a link elsewhere may bring a topic along, never words."""
    asking = asking_of(request)
    codes = {one.code: one for one in asking.topics}
    if request.method == "POST" and request.POST.get("begin") in codes:
        return begin(request, asking, codes[request.POST["begin"]])
    linked = request.POST.get("topic") or request.GET.get("topic")
    chosen = codes.get(linked or asking.answers.get("topic", ""))
    if chosen:
        asking.answers["topic"] = chosen.code
    about = _about(request, asking, chosen)
    sent = request.POST if request.method == "POST" else None
    form = WordsForm(sent, initial={"words": asking.answers.get("words", "")})
    if sent is not None and form.is_valid():
        answers = {"words": form.cleaned_data["words"], "about": _named(about, asking)}
        return go_on(request, asking, "what", answers)
    return show(request, asking, "what", {"form": form, "chosen": chosen, "about": about})


def _about(request: HttpRequest, asking: Asking, chosen: Topic | None) -> Thing | None:
    """Return the public thing that is said to be wrong: a link names it, the draft remembers it."""
    if chosen is None or chosen.kind != Topic.CORRECTION:
        return None
    named = request.POST.get("about") or request.GET.get("about")
    return thing_named(named or asking.answers.get("about", ""))


def _named(about: Thing | None, asking: Asking) -> str:
    """Return how the answers name what it is about; a concern about food stays what it was begun from."""
    before: str = asking.answers.get("about", "")
    return about.about if about else before if is_concern(before) else ""


@private
@page
def topic(request: HttpRequest) -> HttpResponse:
    """Which topic fits? What was written suggests some, and says why."""
    asking = asking_of(request)
    if asking.draft is None:
        return redirect("cases:ask_what")
    form = TopicForm(
        request.POST if request.method == "POST" else None,
        codes=[one.code for one in asking.topics],
    )
    if request.method == "POST" and form.is_valid():
        return go_on(request, asking, "topic", {"topic": form.cleaned_data["topic"] or UNKNOWN})
    fitting = suggested(asking.answers.get("words", ""), known(asking.topics))
    return show(request, asking, "topic", {"form": form} | _choices(asking, fitting))


def _choices(asking: Asking, fitting: list[Suggestion]) -> dict[str, Any]:
    by_code = {one.code: one for one in asking.topics}
    chosen = asking.answers.get("topic", "")
    first = [{"topic": by_code[one.code], "because": one.because[:3]} for one in fitting]
    if chosen in by_code and chosen not in {one.code for one in fitting}:
        first.insert(0, {"topic": by_code[chosen], "because": ()})
    shown = {one["topic"].code for one in first} | {OTHER}  # type: ignore[attr-defined]
    groups: dict[str, list[Topic]] = {}
    for one in asking.topics:
        if one.code not in shown:
            groups.setdefault(one.group, []).append(one)
    return {"fitting": first, "groups": groups.items(), "chosen": chosen, "unknown": UNKNOWN}


@private
@page
def place(request: HttpRequest) -> HttpResponse:
    """Where? From a list or in words."""
    asking = asking_of(request)
    if asking.draft is None:
        return redirect("cases:ask_what")
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        areas=parts_of(asking.town, asking.at),
        locations=places_of(asking.town),
        initial={name: asking.answers.get(name) for name in ("area", "location", "place")},
    )
    if form.is_valid():
        given = form.cleaned_data
        answers = {
            "area": given["area"].code if given["area"] else "",
            "location": given["location"].code if given["location"] else "",
            "place": given["place"],
        }
        return go_on(request, asking, "place", answers)
    return show(request, asking, "place", {"form": form})


@private
@page
def more(request: HttpRequest) -> HttpResponse:
    """What shows it, and what should come of it? Files are drawn anew at once and kept sealed."""
    asking = asking_of(request)
    if asking.draft is None:
        return redirect("cases:ask_what")
    sent = request.POST if request.method == "POST" else None
    form = MoreForm(sent, request.FILES or None, initial={"wish": asking.answers.get("wish", "")})
    if form.is_valid():
        dropped = request.POST.get("drop", "")
        if dropped:
            drop_photo(by=door_of(request)[0], at=asking.at, draft=asking.draft, code=dropped)
        _add(request, form, asking, asking.draft)
        answers = {"wish": form.cleaned_data.get("wish", "")}
        if not form.errors and ("add" in request.POST or dropped):
            return keep(request, asking, answers, "cases:ask_more")
        if not form.errors:
            return go_on(request, asking, "more", answers)
    return show(request, asking, "more", {"form": form, "room": MOST_PHOTOS})


def _add(request: HttpRequest, form: MoreForm, asking: Asking, draft: Draft) -> None:
    """Draw the files anew and keep them; what cannot be taken is said on the form."""
    by, _channel = door_of(request)
    files: list[UploadedFile[Any]] = form.cleaned_data["photos"]
    for file in files:
        try:
            made = rebuild(file.read(), name=file.name or "")
            add_photo(by=by, at=asking.at, draft=draft, photo=made)
        except Refused as refused:
            form.add_error("photos", str(refused.sentence))


@private
@require_safe
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """One photo or paper of the draft, for whoever holds it."""
    asking = asking_of(request)
    kept = asking.draft.photos if asking.draft else []
    found = next((one for one in kept if one["code"] == code), None)
    if asking.draft is None or found is None:
        raise Http404
    return as_file(photo_of(asking.draft, found, asking.at), code)


@private
@page
def answer(request: HttpRequest) -> HttpResponse:
    """How may the answer come, in which language, and who may read what?"""
    asking = asking_of(request)
    if asking.draft is None:
        return redirect("cases:ask_what")
    stations = stations_for(request, asking)
    initial = {"channel": "none", "reply_language": language_of(get_language()).tag}
    if door_of(request)[1] == "station":
        initial["station"] = next(iter(stations), "")
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial=initial | asking.answers.get("answer", {}),
        stations=stations,
    )
    if form.is_valid():
        given = form.cleaned_data
        kept = {name: given[name] for name in ("pass_on", "show_contact", "public")}
        way = given["channel"] or "none"
        kept |= {"channel": way, "reply_language": given["reply_language"]}
        kept |= {way: given[way]} if way != "none" else {}
        return go_on(request, asking, "answer", {"answer": kept})
    return show(request, asking, "answer", {"form": form})
