"""A draft goes on in the newer version of its template: what has its place there, what is new, what is laid beside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.reports.actions import writing
from linli.reports.forms.writing_moving import MoveForm
from linli.reports.rules.writing.moving import places_kept
from linli.reports.rules.writing.reading import read_text
from linli.reports.views.writing_console import (
    DO,
    WRITERS,
    attempt,
    posted,
    status_of,
    trail,
    written_or_404,
)
from linli.ui.private import private


@private
@require_http_methods(DO)
@staff_only(*WRITERS)
def writing_move(request: HttpRequest, code: str) -> HttpResponse:
    """Move a draft to the newest version of its template. No passage is lost."""
    by = acting(request)
    found = written_or_404(by, code)
    template = found.version.template
    if found.version.number == template.version:
        messages.error(request, _("This is the newest version of the template."))
        return redirect("reports:writing", code)
    newest = template.versions.get(number=template.version)
    texts = (read_text(found.version.text), read_text(newest.text))
    kept = places_kept(*texts)
    passages = [one for one in found.by_hand.all() if one.text.strip()]
    form = MoveForm(posted(request), written=found, texts=texts, passages=passages, kept=kept)  # fmt: skip
    if form.is_valid() and attempt(
        form,
        lambda: writing.move_report(
            by=by, at=now(), written=found, base=form.cleaned_data["base"],
            to=form.cleaned_data["to"] or 0, places=form.places(),
        ),
    ):  # fmt: skip
        messages.success(request, _("Moved. Passages without a place are kept beside the draft."))
        return redirect("reports:writing", code)
    here = (found.title, reverse("reports:writing", args=[code]))
    context = {
        "form": form,
        "written": found,
        "passages": passages,
        "new": [one for one in texts[1].by_hand if one.number not in kept.values()],
        "gone": [one for one in texts[0].by_hand if one.number not in kept],
        "trail": trail(here, (_("Newer version of the template"), "")),
    }
    return render(request, "reports/writing_move.html", context, status=status_of(form))
