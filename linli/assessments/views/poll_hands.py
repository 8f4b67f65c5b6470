"""Slips and papers: given to units, printed and handed out there, papers counted by two."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions import poll_boxes, poll_slips
from linli.assessments.forms.polls import (
    SLIPS,
    TONGUES,
    BoxForm,
    CountForm,
    GiveForm,
)
from linli.assessments.models import Box, Sheaf
from linli.assessments.queries import polls as found
from linli.assessments.views.polls_console import FORM, READERS, poll_of, within
from linli.assessments.views.ways import DO, form_page, posted
from linli.directory.views.qr import drawn
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private

HANDS = poll_slips.HANDS


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def poll_give(request: HttpRequest, code: str) -> HttpResponse:
    """Give slips or papers to a unit."""
    poll = poll_of(code)
    form = GiveForm(posted(request), poll=poll)
    if form.is_valid():
        give = (
            poll_slips.give_slips if form.cleaned_data["way"] == SLIPS else poll_boxes.give_papers
        )
        try:
            give(by=acting(request), at=now(), **form.given())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Given. The unit prints them on this poll's page."))
            return redirect("assessments:console_poll", code)
    title = _("Give slips or papers")
    words = _("No unit hands out slips about itself.")
    named = {"title": title, "words": words, "button": _("Give them"), "trail": within(poll, title)}
    return form_page(request, form, template=FORM, **named)


@private
@require_http_methods(DO)
@staff_only(*HANDS)
def slips(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Print slips: each code is shown this once, and is kept nowhere."""
    poll, by = poll_of(code), acting(request)
    own = Sheaf.objects.select_related("matter__poll", "unit").filter(unit__name=by.unit)
    sheaf = get_object_or_404(own, pk=number, matter__poll=poll)
    form = CountForm(posted(request), initial={"count": min(sheaf.size - sheaf.made, 100)})
    title = _("Print slips")
    if form.is_valid():
        try:
            codes = poll_slips.make_slips(by=by, at=now(), sheaf=sheaf, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            way = request.build_absolute_uri(reverse("assessments:poll_answer", args=[code]))
            printed = [(one, drawn(f"{way}#{one.replace(' ', '')}")) for one in codes]
            context = {"poll": poll, "sheaf": sheaf, "slips": printed, "way": way}
            return render(request, "assessments/poll_slips.html", context)
    left = _("Of %(size)s slips %(made)s are printed.") % {"size": sheaf.size, "made": sheaf.made}
    words = f"{left} {_('Each code is shown once: print the page, cut it, and let people draw from a bag.')}"
    named = {"title": title, "words": words, "button": _("Make them"), "trail": within(poll, title)}
    return form_page(request, form, template=FORM, **named)


@private
@require_safe
@staff_only(*READERS)
def poll_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show the paper of a poll, to print as often as papers were given."""
    poll = poll_of(code)
    form = poll.form
    language = found.tongue(form, request.GET.get("language", ""))
    context = {
        "poll": poll,
        "asked": list(found.asked_in(form, language)),
        "tongue": language,
        "tongues": [(one, TONGUES.get(one, one)) for one in form.languages],
        "matter": poll.matters.filter(number=_number(request)).first(),
    }
    return render(request, "assessments/poll_paper.html", context)


@private
@require_http_methods(DO)
@staff_only(*HANDS)
def poll_box(request: HttpRequest, code: str, box: str) -> HttpResponse:
    """Enter what one person counted in a box."""
    poll, by = poll_of(code), acting(request)
    own = Box.objects.select_related("matter__poll", "unit").filter(unit__name=by.unit)
    kept = get_object_or_404(own, code=box, matter__poll=poll)
    form = BoxForm(posted(request), asks=poll.form, language=poll.form.languages[0])
    if form.is_valid():
        try:
            after = poll_boxes.count_box(by=by, at=now(), box=kept, counted=form.counted())
        except Refused as refused:
            on_form(form, refused)
        else:
            _say(request, after)
            return redirect("assessments:console_poll", code)
    named = {"poll": poll, "box": kept, "trail": within(poll, _("Count a box"))}
    return form_page(request, form, template="assessments/poll_box.html", **named)


def _say(request: HttpRequest, box: Box) -> None:
    if box.papers is not None:
        messages.success(request, _("Both counts are the same: the box is counted."))
    elif box.first_by:
        messages.success(request, _("Noted. Now another person counts, without seeing this."))
    else:
        messages.error(request, _("The two counts differ. Both are forgotten: count the box anew, both of you."))  # fmt: skip


def _number(request: HttpRequest) -> int:
    said = request.GET.get("matter", "")
    return int(said) if said.isdecimal() and len(said) < 9 else 1
