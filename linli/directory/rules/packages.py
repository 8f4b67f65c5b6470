"""How a package of HSDS 3.1 is laid out: its tables, the columns that we take in, and rules of hours.

A package is the same in every wrapping: CSV files in a ZIP, sheets of an XLSX, tables or nested things in JSON.
Beside HSDS's own columns we take our own (they stand last); whatever else comes is not read and not kept.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

Row = dict[str, str]
Tables = dict[str, list[Row]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "taxonomy_term": ("id", "code", "name", "description", "taxonomy", "parent_id"),
    "organization": ("id", "name", "description", "email", "website", "area", "unit"),
    "service": (
        "id", "organization_id", "name", "alternate_name", "description", "status",
        "eligibility_description", "alert", "assured_date",
        "rules", "promised_days", "statutory_days", "visits", "basis", "instead_id",
    ),
    "location": (
        "id", "organization_id", "name", "alternate_name", "description", "transportation",
        "kind", "area", "tile_row", "tile_column", "assured_date",
    ),
    "service_at_location": ("id", "service_id", "location_id", "description", "window"),
    "address": ("id", "location_id", "address_1", "city"),
    "phone": (
        "id", "location_id", "service_id", "organization_id", "number", "extension", "description"
    ),
    "schedule": (
        "id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "until",
        "count", "wkst", "freq", "interval", "byday", "bymonthday", "opens_at", "closes_at", "notes",
        "days_off", "rrule",
    ),
    "language": ("id", "location_id", "code", "weekday", "mode"),
    "required_document": ("id", "service_id", "document", "form", "copies", "without"),
    "cost_option": ("id", "service_id", "option", "currency", "amount"),
    "service_area": ("id", "service_id", "name", "area"),
    "attribute": ("id", "link_id", "taxonomy_term_id"),
    "accessibility": ("id", "location_id", "description"),
    "stage": ("id", "service_id", "name", "words", "days"),
}  # fmt: skip
# Where a place stands, not a person: HSDS's own columns, which we do not take in.
PLACED = frozenset({"latitude", "longitude"})
_PLURALS = {"taxonomies": "taxonomy", "addresses": "address", "accessibilities": "accessibility"}


def table_of(name: str) -> str:
    """Return the table that a file, a sheet or a key means: "folder/services.csv" is "service"."""
    stem = name.rpartition("/")[2].removesuffix(".csv").strip().lower()
    if stem in COLUMNS:
        return stem
    return _PLURALS.get(stem, stem.removesuffix("s"))


def kept(tables: Tables) -> Tables:
    """Return only the tables and columns that we take in; a column that nobody has stays absent."""
    return {
        table: [{name: row[name] for name in COLUMNS[table] if name in row} for row in rows]
        for table, rows in tables.items()
        if table in COLUMNS
    }


def flattened(table: str, thing: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a nested thing (a service with its organization, places, hours …) by table."""
    row: Row = {}
    own = str(thing.get("id", ""))
    for name, value in thing.items():
        if isinstance(value, Mapping):
            yield from flattened(table_of(name), value)
            row[f"{name}_id"] = str(value.get("id", ""))
        elif isinstance(value, list) and name != "rules":
            for part in value:
                if isinstance(part, Mapping):
                    link = "link_id" if table_of(name) == "attribute" else f"{table}_id"
                    yield from flattened(table_of(name), {link: own, **part})
        else:
            row[name] = _written(value)
    yield table, row


def rrule_of(row: Row) -> str:
    """Return the rule of a row of schedules: our own column, or HSDS's parts put together."""
    if row.get("rrule"):
        return row["rrule"]
    parts = {name: row.get(name, "").upper().replace(" ", "") for name in _PARTS}
    if parts["interval"] == "1":  # as a rule is anyway
        parts["interval"] = ""
    parts["until"] = parts["until"].replace("-", "")
    return ";".join(f"{name.upper()}={value}" for name, value in parts.items() if value)


def day_after(text: str) -> date | None:
    """Return the day after the one that is written, as HSDS names the last valid day; None for none."""
    return date.fromisoformat(text[:10]) + timedelta(days=1) if text else None


def fen_of(text: str) -> int:
    """Return yuan as they are written in fen. Raises ValueError for what is no amount."""
    yuan, _, rest = (text.strip() or "0").partition(".")
    if not yuan.isdigit() or not (rest or "0").isdigit() or len(rest.rstrip("0")) > 2:
        message = f"no amount: {text!r}"
        raise ValueError(message)
    return 100 * int(yuan) + int(f"{rest:0<2}"[:2])


_PARTS = ("freq", "interval", "byday", "bymonthday", "count", "until", "wkst")


def _written(value: Any) -> str:  # noqa: ANN401 - a value of somebody's JSON
    if isinstance(value, bool) or value is None:
        return ""
    return str(value).strip() if isinstance(value, str | int | float) else ""
