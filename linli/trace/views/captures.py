"""Files of events on the console: which were sent, how far each is, what was wrong with it."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words
from linli.trace.models import Capture
from linli.trace.queries.captures import files_of
from linli.trace.schemas.capture_jobs import fault_words
from linli.trace.views.ways import READERS, trail

ROWS: Final = 25
_LAMPS: Final = {
    Capture.WAITING: "note",
    Capture.RUNNING: "soon",
    Capture.DONE: "done",
    Capture.REFUSED: "late",
}


@require_safe
@staff_only(*READERS)
def captures(request: HttpRequest) -> HttpResponse:
    """List files of events, the newest first."""
    state = request.GET.get("state", "")
    known = dict(Capture.STATES)
    found = files_of(acting(request))
    page = Paginator(found.filter(state=state) if state in known else found, ROWS)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [(one, *stand(one)) for one in shown],
        "states": [("", _("All"), state not in known)]
        + [(name, words, name == state) for name, words in Capture.STATES],
        "narrowed": state in known,
        "address": request.path,
        "trail": trail((_("Files of events"), "")),
    }
    return render(request, "trace/captures.html", context)


@never_cache
@require_safe
@staff_only(*READERS)
def capture(request: HttpRequest, code: str) -> HttpResponse:
    """Show one file: how far it is, and what was wrong with it."""
    found = get_object_or_404(files_of(acting(request)), code=code)
    files = (_("Files of events"), reverse("trace:captures"))
    return render(request, "trace/capture.html", _told(found) | {"trail": trail(files, (code, ""))})


@never_cache
@require_safe
@staff_only(*READERS)
def capture_progress(request: HttpRequest, code: str) -> HttpResponse:
    """Show how far one file is; the whole page again once it is over."""
    found = get_object_or_404(files_of(acting(request)), code=code)
    response = render(request, "trace/_capture_progress.html", _told(found))
    if found.finished_at is not None:
        response["HX-Refresh"] = "true"
    return response


def stand(found: Capture) -> tuple[str, Words]:
    """Return the lamp and the words of how a file stands: what was kept in part is not done."""
    if found.state == Capture.DONE and found.faults:
        return "soon", _("kept in part")
    return _LAMPS[found.state], found.get_state_display()


def _told(found: Capture) -> dict[str, Any]:
    state, words = stand(found)
    return {
        "capture": found,
        "state": state,
        "words": words,
        "percent": 100 * found.worked // found.events if found.events else 0,
        "faults": [(one["path"], one["code"], fault_words(one["code"])) for one in found.faults],
    }
