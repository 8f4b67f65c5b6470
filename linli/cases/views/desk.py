"""A case on the console: its page and drawer, its papers, and what the unit that answers does with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.cases.actions import handling, reading
from linli.cases.forms import handling as forms
from linli.cases.models import Attachment, Case, Leader
from linli.cases.queries.desk import ASKED, HELPS, part_of
from linli.cases.views.desk_acts import most_more
from linli.cases.views.desk_frame import HANDLERS, Sent, case_or_404, deed, done
from linli.cases.views.desk_page import reply_context, show
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

_PURPOSES = {HELPS: "help", ASKED: "decide"}


@require_safe
@staff_only(*HANDLERS)
def desk(request: HttpRequest, code: str) -> HttpResponse:
    return show(request, case_or_404(request, code))


@require_safe
@staff_only(*HANDLERS)
def paper(request: HttpRequest, code: str, key: str) -> HttpResponse:
    case = case_or_404(request, code)
    photo = get_object_or_404(Attachment, case=case, code=key)
    by = acting(request)
    purpose = _PURPOSES.get(part_of(case, by.unit), "handle")
    data = reading.open_photo(by=by, at=now(), case=case, photo=photo, purpose=purpose)
    return attached(photo, data)


def attached(photo: Attachment, data: bytes) -> HttpResponse:
    """Answer with a paper as a download: what somebody sent never runs under our name."""
    extension = photo.media_type.rpartition("/")[2]
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{photo.code}.{extension}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@deed
def reveal(request: HttpRequest, case: Case) -> HttpResponse:
    """Answer with how to reach the person, this once: it is in no session, address or message."""
    form = forms.RevealForm(request.POST)
    if not form.is_valid():
        return show(request, case, Sent({"reveal": form}, 422))
    reason = form.cleaned_data["reason"]
    try:
        contact = reading.reveal_contact(by=acting(request), at=now(), case=case, reason=reason)
    except Refused as refused:
        on_form(form, refused)
        return show(request, case, Sent({"reveal": form}, refused.status))
    return show(request, case, Sent(contact=contact))


@deed
def take(request: HttpRequest, case: Case) -> HttpResponse:
    def do() -> str:
        handling.take(by=acting(request), at=now(), case=case)
        return _("Your unit has it in hand.")

    return done(request, case, ("take", None), do, show)


@deed
def reply(request: HttpRequest, case: Case) -> HttpResponse:
    by, act = acting(request), request.POST.get("act", "send")
    form = forms.ReplyForm(request.POST, unit=by.unit)
    if act in {"fill", "preview"}:
        return _drafted(request, case, form, act)

    def do() -> str:
        handling.reply(by=by, at=now(), case=case, words=form.cleaned_data["words"])
        return _("Answered. The person closes the case, or objects.")

    return done(request, case, ("reply", form), do, show)


def _drafted(request: HttpRequest, case: Case, form: forms.ReplyForm, act: str) -> HttpResponse:
    """Answer with the draft: a template put into it, or as the person would read it."""
    by, preview = acting(request), act == "preview"
    form.is_valid()
    template = form.cleaned_data.get("template") if act == "fill" else None
    if template:
        data = request.POST.copy()
        data["reply-words"] = f"{form.typed}\n\n{template.words}".strip()
        form = forms.ReplyForm(data, unit=by.unit)
    if not preview or form.typed:
        form.errors.clear()
    if request.headers.get("HX-Target") == "reply":
        context = {"reply": reply_context(form, case, by.unit, preview=preview)}
        return render(request, "cases/console/_reply.html", context)
    return show(request, case, Sent({"reply": form}, preview=preview))


@deed
def note(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.NoteForm(request.POST)

    def do() -> str:
        handling.note(by=acting(request), at=now(), case=case, **form.cleaned_data)
        return _("Noted. It is not on the person's page, but in the copy that they may take.")

    return done(request, case, ("note", form), do, show)


@deed
def pause(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.PauseForm(request.POST)

    def do() -> str:
        handling.pause(by=acting(request), at=now(), case=case, **form.cleaned_data)
        return _("The clocks stand still. The person reads why.")

    return done(request, case, ("pause", form), do, show)


@deed
def resume(request: HttpRequest, case: Case) -> HttpResponse:
    def do() -> str:
        handling.resume(by=acting(request), at=now(), case=case)
        return _("The clocks run again.")

    return done(request, case, ("resume", None), do, show)


@deed
def extend(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.ExtendForm(request.POST, most=most_more(case))

    def do() -> str:
        handling.extend(by=acting(request), at=now(), case=case, **form.cleaned_data)
        return _("Extended. The first promised day stays beside the new one.")

    return done(request, case, ("extend", form), do, show)


@deed
def assign(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.TopicForm(request.POST, case=case)

    def do() -> str:
        topic = form.cleaned_data["topic"]
        way = handling.assign(by=acting(request), at=now(), case=case, topic=topic)
        if way is None:
            return _("It has another topic. Your unit still answers.")
        return _("It has another topic, and is on its way to %(unit)s.") % {"unit": way.to_unit}

    return done(request, case, ("assign", form), do, show)


@deed
def leader(request: HttpRequest, case: Case) -> HttpResponse:
    leaders = Leader.objects.filter(unit=case.unit, until_on=None)
    form = forms.LeaderForm(request.POST, leaders=leaders)

    def do() -> str:
        handling.name_leader(by=acting(request), at=now(), case=case, **form.cleaned_data)
        return _("Named. The person reads who answers for it.")

    return done(request, case, ("leader", form), do, show)
