"""The directory in one signed file: the file, its note, and the page that says what it is and how to verify it."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.directory.actions.offline import make_offline_file
from linli.directory.models import Service
from linli.directory.queries.offline import Kept, kept
from linli.kernel import city_key
from linli.kernel.actors import system
from linli.kernel.clock import now

AT_ONCE = 2000  # services: more are made by the clock alone, nobody waits for them


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show what the file is, how large, how old, and how to verify it."""
    key = city_key.signer().key
    context = {
        "kept": _there(),
        "key": str(key),
        "fingerprint": city_key.fingerprint(key),
        "trail": [(_("Home"), reverse("portal:home")), (_("The directory to take along"), "")],
    }
    return render(request, "directory/offline.html", context)


@require_safe
def offline_file(request: HttpRequest) -> HttpResponseBase:
    """Answer the file."""
    there = _there()
    if there is None:
        raise Http404
    tag = f'"{there.statement.digest[:32]}"'
    same = get_conditional_response(request, etag=tag)
    if same is None:
        response: HttpResponseBase = FileResponse(
            there.file.open("rb"),
            as_attachment=True,
            filename="directory.sqlite3",
            content_type="application/vnd.sqlite3",
        )
    else:
        response = same
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "public, no-cache"
    return response


@require_safe
def offline_note(request: HttpRequest) -> HttpResponse:
    """Answer the signed note about the file."""
    there = _there()
    if there is None:
        raise Http404
    response = HttpResponse(there.note.read_text(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="directory.note"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _there() -> Kept | None:
    """Return the file; make it when there is none yet and it takes no time worth speaking of."""
    there = kept()
    if there is None and Service.objects.count() <= AT_ONCE:
        return make_offline_file(by=system("directory"), at=now())
    return there
