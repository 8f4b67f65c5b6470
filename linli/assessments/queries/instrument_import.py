"""A file read as an instrument: XLSX, CSV or JSON, with what is wrong in which line. Nothing is written."""

from codecs import BOM_UTF8
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from linli.assessments.queries.form_faults import never_kept
from linli.assessments.rules.instrument_json import BadDocument, read_json
from linli.assessments.rules.instrument_table import BadHead, Brought, Wrong, read_table
from linli.assessments.rules.instruments import Form
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from linli.kernel.traits import refuse_traits


class ReadFile(NamedTuple):
    """What a file holds, and what is wrong: a line is 0 where the file has none, the column is then a key."""

    form: Form
    wrongs: list[Wrong]


def read_file(data: bytes, taken: set[str]) -> ReadFile:
    """Return what a file holds. `taken`: keys of other editions, which rows without a key do not take again.

    Refuses: not_an_instrument for a JSON file that is none, with the place; no_columns; unknown_column;
    not_a_table; too_many_rows; trait_of_a_person.
    """
    is_json = data.removeprefix(BOM_UTF8).lstrip()[:1] == b"{"
    brought = _json(data) if is_json else _table(data, taken)
    hard = (
        Wrong(line := brought.lines.get(one.where, 0), "" if line else one.where, one.code)
        for one in never_kept(brought.form)
    )
    return ReadFile(brought.form, [*brought.wrongs, *hard])


def _json(data: bytes) -> Brought:
    refuse_traits((), (), data.decode("utf-8", errors="replace"))
    try:
        return Brought(read_json(data))
    except BadDocument as bad:
        said = _("This is no instrument of ours: look at %(place)s.")
        place = bad.path or _("its beginning")
        raise Refused("not_an_instrument", said % {"place": place}) from bad


def _table(data: bytes, taken: set[str]) -> Brought:
    sheet = read_sheet(data)
    try:
        return read_table(sheet.columns, [*zip(sheet.lines, sheet.rows, strict=True)], taken)
    except BadHead as bad:
        said = {
            "no_columns": _("The column %(name)s is missing. Take the file of an instrument."),
            "unknown_column": _("Nobody knows the column %(name)s: leave it out."),
        }
        raise Refused(bad.code, said[bad.code] % {"name": bad.column}) from bad
