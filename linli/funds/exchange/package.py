"""A published fund's books to take away: a data package of all of it, and a workbook to look into.

Both are written a row at a time. The files of the package are for programs: nothing in a cell is altered.
"""

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import IO, Final, cast
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from linli.funds.models import Fund
from linli.funds.queries import outward
from linli.funds.schemas import fund_tables as tables
from linli.funds.schemas.fund_book import write_book
from linli.kernel.clock import now
from linli.kernel.sheets import XLSX

AGE = 600  # seconds for which a file is new enough, however fast the ledger grows
KEPT = "fund-files"
_TYPES: Final = {".zip": "application/zip", ".xlsx": XLSX}

Write = Callable[[IO[bytes], Fund, datetime], None]


@require_safe
def package(request: HttpRequest, code: str) -> HttpResponseBase:
    return _served(request, _ready(_published(code), "zip", write_package))


@require_safe
def book(request: HttpRequest, code: str) -> HttpResponseBase:
    return _served(request, _ready(_published(code), f"{get_language()}.xlsx", write_book))


def write_package(out: IO[bytes], fund: Fund, at: datetime) -> None:
    """Write the three tables and what declares their columns and keys."""
    accounts = outward.accounts_of(fund)
    with TemporaryDirectory() as folder, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        paths = {name: Path(folder, f"{name}.csv") for name in tables.FIELDS}
        with (
            paths["accounts"].open("w", encoding="utf-8", newline="") as first,
            paths["transactions"].open("w", encoding="utf-8", newline="") as second,
            paths["transfers"].open("w", encoding="utf-8", newline="") as third,
        ):
            files = zip(tables.FIELDS, (first, second, third), strict=True)
            writers = [csv.writer(file) for _name, file in files]
            for writer, name in zip(writers, tables.FIELDS, strict=True):
                writer.writerow(tables.FIELDS[name])
            writers[0].writerows(tables.account_rows(accounts))
            for entry, transfers in tables.entry_rows(accounts, outward.moved_in(fund)):
                writers[1].writerow([_plain(cell) for cell in entry])
                writers[2].writerows(transfers)
        declared = json.dumps(tables.descriptor(fund, at), ensure_ascii=False, indent=1)
        packed.writestr("datapackage.json", declared + "\n")
        for path in paths.values():
            packed.write(path, path.name)


def _plain(cell: tables.Cell) -> tables.Cell:
    return cell.isoformat() if isinstance(cell, datetime) else cell


def _ready(fund: Fund, ending: str, write: Write) -> Path:
    """Return the file as it was made when the ledger last changed, or not long ago; make it where there is none.

    Nobody who asks again makes the ledger be read again.
    """
    folder = settings.HOME / KEPT
    folder.mkdir(exist_ok=True)
    at, changes = now(), f"{outward.last_entry(fund)}.{fund.accounts.count()}"
    wanted = folder / f"{fund.code}.{changes}.{ending}"
    kept = list(folder.glob(f"{fund.code}.*.{ending}"))
    for one in kept:
        if one == wanted or at.timestamp() - one.stat().st_mtime < AGE:
            return one
    with NamedTemporaryFile(dir=folder, delete=False) as out:
        write(cast("IO[bytes]", out), fund, at)
    Path(out.name).replace(wanted)
    for one in kept:
        one.unlink(missing_ok=True)
    return wanted


def _served(request: HttpRequest, path: Path) -> HttpResponseBase:
    tag = f'"{path.name}-{path.stat().st_mtime_ns}"'
    same = get_conditional_response(request, etag=tag)
    name = path.name.split(".")[0] + path.suffix
    response = same or FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=_TYPES[path.suffix]
    )
    response.headers["ETag"] = tag
    patch_cache_control(response, public=True, max_age=AGE)
    return response


def _published(code: str) -> Fund:
    fund = Fund.objects.published().filter(code=code).first()
    if fund is None:
        raise Http404(code)
    return fund
