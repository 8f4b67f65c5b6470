"""Make the files of open data: CSV and Parquet of a data set, written a row at a time; and all of them in one, signed.

Made again when they are old, kept when nothing changed; whoever asks while they are made gets those from before.
"""

import csv
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
from django.conf import settings
from django.utils.translation import override
from pyarrow import parquet

from linli.atlas.queries.open_files import ALL, Form, Made, folder, made, noted
from linli.atlas.rules.files.cells import Cell, typed, written
from linli.atlas.rules.files.signing import listing
from linli.kernel import city_key
from linli.kernel.actors import Actor
from linli.kernel.notes import signed
from linli.kernel.open_data import KEPT_BACK, Column, DataSet, Table
from linli.kernel.own_address import own_address
from linli.kernel.turns import turn
from linli.kernel.whole import write_whole

NOTE: Final = "SIGNED.txt"
_AT_A_TIME: Final = 5000
_LONG_AGO: Final = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # in a packed file, so that the same files are the same bytes
_ARROW: Final = {
    "string": pa.string(),
    "integer": pa.int64(),
    # Fifteen digits is the most that any figure has: a double keeps every one of them.
    "number": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("s", tz="Asia/Shanghai"),
}


def make(*, by: Actor, at: datetime, data_set: DataSet) -> Made:
    """Make the files of a data set that has a table; those of before stay when nothing changed.

    Refuses: nothing; a clock does this, or whoever asks first.
    """
    if data_set.table is None:
        raise ValueError(data_set.code)
    with turn(folder() / "turn"), override(settings.LANGUAGE_CODE):
        there = made(data_set.code)
        # Somebody else may have made it while this one waited for the turn.
        return there if there and there.is_fresh(at) else _make(data_set, data_set.table, at, there)


def remake(*, by: Actor, at: datetime, data_set: DataSet) -> Made:
    """Make the files of a data set however new they are.

    Refuses: nothing; a clock does this.
    """
    if data_set.table is None:
        raise ValueError(data_set.code)
    with turn(folder() / "turn"), override(settings.LANGUAGE_CODE):
        return _make(data_set, data_set.table, at, made(data_set.code))


def pack(
    *, by: Actor, at: datetime, files: Mapping[str, Path | bytes], rows: int, digest: str
) -> Made:
    """Pack files into one, with the signed list of their digests. digest: what they say, apart from when they were made.

    Refuses: nothing; a clock does this, or whoever asks first.
    """
    with turn(folder() / "turn"):
        began, there = time.monotonic(), made(ALL)
        if there and (folder() / f"{ALL}.of").read_text() == digest:
            return _noted(Made(ALL, at, there.changed_at, there.took, rows, there.forms))
        beside = folder() / f"{ALL}.new"
        note = str(signed(listing(own_address(), at, _digests(files)), [city_key.signer()]))
        with ZipFile(beside, "w", ZIP_DEFLATED) as packed:
            for name, data in sorted({**files, NOTE: note.encode()}.items()):
                packed.writestr(
                    ZipInfo(name, _LONG_AGO),
                    data if isinstance(data, bytes) else data.read_bytes(),
                    ZIP_DEFLATED,
                )
        (folder() / f"{ALL}.note").write_text(note)
        write_whole(folder() / f"{ALL}.of", digest)
        took = time.monotonic() - began
        return _kept(Made(ALL, at, at, took, rows, {}), {"zip": beside}, there)


def _make(data_set: DataSet, table: Table, at: datetime, there: Made | None) -> Made:
    began, folder_ = time.monotonic(), folder()
    text, columnar = (folder_ / f"{data_set.code}.{ending}.new" for ending in ("csv", "parquet"))
    rows = _write(table, text, columnar)
    changed = there.changed_at if there and _form(text) == there.forms.get("csv") else at
    took = time.monotonic() - began
    beside = {"csv": text, "parquet": columnar}
    return _kept(Made(data_set.code, at, changed, took, rows, {}), beside, there)


def _write(table: Table, text: Path, columnar: Path) -> int:
    """Write both forms in one walk over the rows; return how many there are."""
    schema = pa.schema([_field(one) for one in table.columns])
    code, count = KEPT_BACK if table.kept_back else "", 0
    rows = (
        [typed(column.kind, cell, code) for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows(own_address())
    )
    with (
        text.open("w", encoding="utf-8", newline="") as out,
        parquet.ParquetWriter(columnar, schema, compression="zstd") as columns,
    ):
        writer = csv.writer(out)
        writer.writerow([column.name for column in table.columns])
        for some in _batches(rows):
            writer.writerows([written(cell) for cell in row] for row in some)
            columns.write_table(_arrow(table, schema, some, code))
            count += len(some)
    return count


def _arrow(table: Table, schema: pa.Schema, rows: list[list[Cell]], code: str) -> pa.Table:
    found: list[Any] = []
    for at, column in enumerate(table.columns):
        cells = [None if code and row[at] == code else row[at] for row in rows]
        if column.kind == "number":
            cells = [None if cell is None else float(cell) for cell in cells]  # type: ignore[arg-type, misc]
        found.append(pa.array(cells, schema.field(at).type))
    return pa.Table.from_arrays(found, schema=schema)


def _field(column: Column) -> pa.Field:
    title = {"title": str(column.title)}
    return pa.field(column.name, _ARROW[column.kind], nullable=not column.needed, metadata=title)


def _batches(rows: Iterable[list[Cell]]) -> Iterator[list[list[Cell]]]:
    each = iter(rows)
    while some := list(islice(each, _AT_A_TIME)):
        yield some


def _kept(new: Made, beside: Mapping[str, Path], there: Made | None) -> Made:
    """Put files in the place of those from before: first the new ones, then the note, then the old ones go."""
    forms = {ending: _form(path) for ending, path in beside.items()}
    now_ = Made(new.code, new.made_at, new.changed_at, new.took, new.rows, forms)
    before = {there.path(ending) for ending in there.forms} if there else set()
    for ending, path in beside.items():
        path.replace(now_.path(ending))
    _noted(now_)
    for path in before - {now_.path(ending) for ending in forms}:
        path.unlink(missing_ok=True)
    return now_


def _noted(one: Made) -> Made:
    write_whole(folder() / f"{one.code}.json", noted(one))
    return one


def _form(path: Path) -> Form:
    with path.open("rb") as file:
        return Form(path.stat().st_size, file_digest(file, "sha256").hexdigest())


def _digests(files: Mapping[str, Path | bytes]) -> dict[str, str]:
    return {
        name: sha256(data).hexdigest() if isinstance(data, bytes) else _form(data).digest
        for name, data in files.items()
    }
