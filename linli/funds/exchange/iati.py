"""IATI 2.03: `linli export iati DIR`, and the two files where whoever gathers them looks for them.

What is served lies ready: nobody's request reads the ledger. A tick renews it (`tasks.py`).
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from linli.funds.schemas import iati_files
from linli.kernel.clock import now
from linli.kernel.exporting import Export

AGE = 600  # seconds for which whoever gathers need not ask again


def write_iati(folder: Path, at: datetime) -> list[Path]:
    """Write the activities, the organisation, and what is to be said against them."""
    return iati_files.write_all(folder, at)


@require_safe
def activities(request: HttpRequest) -> HttpResponseBase:
    return _served(iati_files.ACTIVITIES)


@require_safe
def organisation(request: HttpRequest) -> HttpResponseBase:
    return _served(iati_files.ORGANISATION)


def _served(name: str) -> FileResponse:
    """Serve a file that lies ready; before the first tick it is made at once."""
    path = settings.HOME / iati_files.KEPT / name
    if not path.parent.exists():
        iati_files.renew(now())
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise Http404(name) from error
    response = FileResponse(file, content_type="application/xml")
    response.headers["Last-Modified"] = http_date(path.stat().st_mtime)
    response.headers["Cache-Control"] = f"public, max-age={AGE}"
    return response


IATI = Export("iati", write_iati)
