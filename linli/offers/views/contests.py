"""A contest for everybody: what it is and until when, send a work in, the wall. Nobody is asked who they are."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.clock import now
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone
from linli.kernel.text import Words
from linli.offers.actions import entering
from linli.offers.forms.contests import WorkForm
from linli.offers.models import Contest, Entry
from linli.offers.models.contest import KINDS
from linli.offers.queries import works
from linli.offers.queries.jury import jury
from linli.ui.private import private

ON_A_PAGE = 24
SAID: dict[str, Words] = {
    "hang": gettext_lazy("It may hang on the wall."),
    "down": gettext_lazy("It was taken down."),
    "back": gettext_lazy("It was destroyed for good."),
}
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "audio/wav": "wav"}


@never_cache
@require_safe
def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Say what it is, until when, and what came of it."""
    at, found = now(), contest_on_show(code)
    context = _told(found, at) | {
        "winners": works.winners(found) if found.judged_at else [],
        "jury": jury(found) if found.judged_at else None,
        "criteria": list(found.criteria.all()),
        "hang": works.on_wall(found).count(),
        "said": SAID["back"] if request.GET.get("said") == "back" else "",
    }
    return render(request, "offers/contest_page.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@once
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Take a work, and show its number and mark this once."""
    at, found = now(), contest_on_show(code)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        allow_knock("entry", source_of(request), at=at, burst=120, per_hour=300)
    form = WorkForm(posted, request.FILES or None, contest=found)
    if form.is_valid():
        try:
            sent = entering.send_in(at=at, contest=found, work=form.work())
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            context = _told(found, at) | {"entry": sent.entry, "mark": sent.mark}
            return render(request, "offers/contest_sent.html", context)
    if not form.is_bound:
        form.fields.pop("sure")
    context = _told(found, at) | {"form": form, "once": new_key()}
    status = 422 if form.is_bound else 200
    return render(request, "offers/contest_send.html", context, status=status)


@never_cache
@require_safe
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Show the works that hang: those whose makers let them, now."""
    at, found = now(), contest_on_show(code)
    page = Paginator(works.on_wall(found), ON_A_PAGE).get_page(request.GET.get("page"))
    context = _told(found, at) | {
        "page": page,
        "works": works.opened(page.object_list, found, at),
    }
    return render(request, "offers/contest_wall.html", context)


@never_cache
@require_safe
def wall_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One picture or recording that hangs on the wall."""
    found = contest_on_show(code)
    return as_file(get_object_or_404(works.on_wall(found), number=number), found, now())


def contest_on_show(code: str) -> Contest:
    """Return a contest that the public sees; 404 for every other."""
    return get_object_or_404(works.published_contests(now()), offer__code=code)


def as_file(entry: Entry, of: Contest, at: datetime) -> HttpResponse:
    """Return the file of a work, which we wrote ourselves, to be seen or heard; 404 when it is gone."""
    try:
        data = works.file_of(entry, of, at) if entry.digest else b""
    except (FileNotFoundError, Gone) as missing:
        raise Http404 from missing
    if not data:
        raise Http404
    response = HttpResponse(data, content_type=entry.media_type)
    name = f"{entry.number}.{_EXTENSIONS.get(entry.media_type, 'bin')}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _told(found: Contest, at: datetime) -> dict[str, object]:
    return {
        "contest": found,
        "offer": found.offer,
        "open": at < found.closes_at,
        "kinds": [words for kind, words in KINDS if kind in found.kinds],
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Courses, events, appointments"), reverse("offers:list")),
            (found.offer.title, ""),
        ],
    }
