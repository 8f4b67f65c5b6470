"""Editions as files: a table to work on, and the document itself, byte for byte what its digest is of."""

from base64 import b64encode
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from linli.assessments.models import Edition
from linli.assessments.queries.instruments import visible_editions
from linli.assessments.rules.instrument_rows import columns, rows
from linli.assessments.rules.instruments import canonical
from linli.kernel.actors import Role
from linli.kernel.doors import acting, staff_only
from linli.kernel.sheets import XLSX, write_xlsx

READERS = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)


@require_safe
@staff_only(*READERS)
def edition_xlsx(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give an edition as a table, which can be brought again."""
    edition = _edition(request, code, number)
    form = edition.form
    data = write_xlsx(columns(form), rows(form), title="测评表")
    return _file(data, XLSX, f"instrument-{code}-{number}.xlsx")


@require_safe
@staff_only(*READERS)
def edition_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give an edition as its document, which can be brought again."""
    edition = _edition(request, code, number)
    return _file(
        canonical(edition.document), "application/json", f"instrument-{code}-{number}.json"
    )


@require_safe
def public_edition_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give an adopted edition as its document: the SHA-256 of the file is the digest that its page shows."""
    edition = get_object_or_404(Edition.objects.adopted(), instrument__code=code, number=number)
    data = canonical(edition.document)
    response = HttpResponse(data, content_type="application/json")
    response["Repr-Digest"] = f"sha-256=:{b64encode(sha256(data).digest()).decode()}:"
    response["ETag"] = f'"{edition.digest}"'
    return response


def _edition(request: HttpRequest, code: str, number: int) -> Edition:
    found = visible_editions(acting(request))
    return get_object_or_404(found, instrument__code=code, number=number)


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
