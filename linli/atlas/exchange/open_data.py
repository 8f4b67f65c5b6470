"""The files of open data: a data set as CSV or Parquet with its package, all of it in one signed file."""

from typing import TypeVar

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.atlas.actions.open_files import make
from linli.atlas.queries.catalogue import Listed, listed, publisher
from linli.atlas.queries.open_files import ALL, Made, folder, made
from linli.atlas.schemas.packages import package as packaged
from linli.atlas.schemas.packing import VERIFIER, pack_all
from linli.facts.models import Fact
from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.kernel.refusals import Refused

Answer = TypeVar("Answer", bound=HttpResponseBase)
AT_ONCE = 20_000  # facts: of more the clock alone packs everything, nobody waits for it
_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


@require_safe
def file(request: HttpRequest, code: str, ending: str) -> HttpResponseBase:
    """Give a data set as a table."""
    if ending not in _TYPES:
        raise Http404
    there = _made(_of_ours(code))
    return _given(request, there, ending, f"{code}.{ending}", _TYPES[ending])


@require_safe
def package(request: HttpRequest, code: str) -> HttpResponse:
    """Give what declares the columns of a data set; its CSV is named by its whole address."""
    one = _of_ours(code)
    there = Listed(one.data_set, _made(one))
    host = f"{request.scheme}://{request.get_host()}"
    csv = host + reverse("open_data:file", args=[code, "csv"])
    told = packaged(there, publisher(), csv)
    return _for_everybody(
        JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    )


@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """Give all data sets in one file, with the signed list of what is in it."""
    return _given(request, _all(), "zip", "linli-open-data.zip", "application/zip")


@require_safe
def everything_note(request: HttpRequest) -> HttpResponse:
    """Give the signed list alone, to be kept."""
    _all()
    note = (folder() / f"{ALL}.note").read_text()
    return _for_everybody(HttpResponse(note, content_type="text/plain; charset=utf-8"))


@require_safe
def verifier(request: HttpRequest) -> HttpResponseBase:
    """Give the one file that checks such a file."""
    source = VERIFIER.open("rb")
    return FileResponse(source, as_attachment=True, content_type="text/x-python; charset=utf-8")


def _of_ours(code: str) -> Listed:
    one = listed(code)
    if one is None or one.data_set.table is None:
        raise Http404(code)
    return one


def _made(one: Listed) -> Made:
    at = now()
    if one.made and one.made.is_fresh(at):
        return one.made
    return make(by=system("open data"), at=at, data_set=one.data_set)


def _all() -> Made:
    at, there = now(), made(ALL)
    if there:
        return there
    if Fact.objects.count() > AT_ONCE:
        raise Refused(
            "not_made_yet", _("This file is made at night. Come back tomorrow."), status=503
        )
    return pack_all(by=system("open data"), at=at)


def _given(request: HttpRequest, there: Made, ending: str, name: str, media: str) -> HttpResponseBase:  # fmt: skip
    tag = f'"{there.forms[ending].digest[:32]}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = FileResponse(
            there.path(ending).open("rb"), as_attachment=True, filename=name, content_type=media
        )
    answer.headers["ETag"] = tag
    return _for_everybody(answer)


def _for_everybody(answer: Answer) -> Answer:
    patch_cache_control(answer, public=True, max_age=300)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
