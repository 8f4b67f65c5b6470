"""Written reports to take along: DOCX, PDF, HTML, and their figures as XLSX; the drafts of them for staff.

A published edition never changes, so a file is made once and kept: by its paper, in the memory of the process.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.reports.exchange import docx, html, pdf, xlsx
from linli.reports.models import Publication, Written
from linli.reports.queries.papers import draft_of, paper_of
from linli.reports.queries.written import visible_reports
from linli.reports.rules.paper import Paper
from linli.reports.rules.writing.keeping import TRADITIONAL, in_script
from linli.ui.private import private

Make = Callable[[Paper, str], bytes]
KINDS: Final[dict[str, tuple[str, Make]]] = {
    "docx": (docx.TYPE, docx.docx),
    "pdf": (pdf.TYPE, pdf.pdf),
    "html": (html.TYPE, html.html),
    "xlsx": (xlsx.TYPE, xlsx.xlsx),
}
_SCRIPTS: Final = {"zh-hans": "hans", "zh-hant": "hant"}
_OURS: Final = version("linli")
_AGE: Final = 300
# Files that are kept; the one not asked for the longest goes first.
_ROOM: Final = 32
_UNNAMED: Final = re.compile(r"[^\w]+")


@require_safe
def written_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Answer the newest edition of a published report as a file."""
    written = get_object_or_404(Written.objects.public(), code=code)
    digest = (
        Publication.objects.filter(written=written, number=written.edition)
        .values_list("digest", flat=True)
        .get()
    )
    told = (_OURS, digest, written.edition, kind, _language(request), _host(request))
    tag = f'"{sha256(repr(told).encode()).hexdigest()[:32]}"'
    same = get_conditional_response(request, etag=tag)
    response = same if isinstance(same, HttpResponse) else _published(request, written, kind)
    response.headers["ETag"] = tag
    patch_cache_control(response, public=True, max_age=_AGE)
    return response


@private
@require_safe
@staff_only(Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)
def draft_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Answer a report as it would be published now, to those who work with it."""
    written = get_object_or_404(visible_reports(acting(request)), code=code)
    paper = in_script(draft_of(written, at=now()).paper, _language(request))
    made = KINDS[kind][1](paper, _host(request))
    return _file(made, paper, kind, f"draft-{written.code}")


def _published(request: HttpRequest, written: Written, kind: str) -> HttpResponse:
    paper = paper_of(written, language=_language(request))
    return _file(_made(kind, paper, _host(request)), paper, kind, written.code)


@lru_cache(_ROOM)
def _made(kind: str, paper: Paper, host: str) -> bytes:
    return KINDS[kind][1](paper, host)


def _file(data: bytes, paper: Paper, kind: str, code: str) -> HttpResponse:
    response = HttpResponse(data, content_type=KINDS[kind][0])
    script = _SCRIPTS.get(paper.language, paper.language)
    title = _UNNAMED.sub("-", paper.title)[:60].strip("-")
    name = f"{title}-{code}-{script}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003 - Django's
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _language(request: HttpRequest) -> str:
    return TRADITIONAL if request.GET.get("script") == "hant" else ""


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
