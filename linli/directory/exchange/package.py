"""The data package of HSDS: a CSV for each table, and datapackage.json, which declares columns and keys.

Columns of HSDS first, our own last: `linli` takes in what it has written without a difference. The files are
for programs: nothing in a cell is altered for the sake of a spreadsheet.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from linli.directory.models import Location, Organization, Service
from linli.directory.queries import export
from linli.directory.rules.packages import COLUMNS
from linli.directory.schemas import hsds, hsds_rows
from linli.directory.schemas.hsds_rows import Row, Rows

PATHS = {
    "taxonomy": "taxonomies.csv",
    "address": "addresses.csv",
    "accessibility": "accessibility.csv",
    "service_at_location": "service_at_location.csv",
}
_TYPES = {"date": "date", "date-time": "datetime"}
_WHOLE = {"promised_days", "statutory_days", "visits", "tile_row", "tile_column"} | {
    "copies",
    "weekday",
    "days",
}
# What a unit of this house is called means nothing elsewhere.
_OF_THIS_HOUSE = frozenset({"unit"})
_REFERS = {"parent": "", "instead": ""}  # to the same table
_OWN = "Linli's own: not of HSDS."

Pair = tuple[str, Row]


def tables() -> list[str]:
    """Return the names of all tables, HSDS's and the one of our own."""
    return [*hsds.TABLES, "stage"]


def fields_of(table: str) -> list[dict[str, Any]]:
    """Return the columns of a table as a table schema has them."""
    schema = hsds.schema_of(table) if table in hsds.TABLES else {}
    flat = {
        name: said
        for name, said in schema.get("properties", {}).items()
        if said.get("type") in {"string", "number"}
    }
    own = [name for name in COLUMNS.get(table, ()) if name not in {*flat, *_OF_THIS_HOUSE}]
    required = schema.get("required", ["id", "service_id", "name"])
    declared = [_declared(name, said, needed=name in required) for name, said in flat.items()]
    return declared + [_own(name) for name in own]


def descriptor(at: datetime) -> dict[str, Any]:
    """Return datapackage.json."""
    return {
        "profile": "tabular-data-package",
        "name": "linli-hsds",
        "title": "Linli: HSDS 3.1",
        "created": hsds_rows.moment(at),
        "resources": [_resource(table) for table in tables()],
    }


def write_package(folder: Path, at: datetime, rows: Rows) -> list[Path]:
    """Write all tables and their description into a folder that is there."""
    columns = {table: [one["name"] for one in fields_of(table)] for table in tables()}
    paths = {table: folder / _path(table) for table in tables()}
    with ExitStack() as stack:
        writers = {}
        for table, path in paths.items():
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers[table] = csv.DictWriter(file, columns[table], extrasaction="ignore")
            writers[table].writeheader()
        for table, row in _all_rows(rows):
            writers[table].writerow({name: _cell(row.get(name)) for name in columns[table]})
    description = folder / "datapackage.json"
    description.write_text(json.dumps(descriptor(at), ensure_ascii=False, indent=1) + "\n")
    return [description, *paths.values()]


def _all_rows(rows: Rows) -> Iterator[Pair]:
    terms = list(export.terms(export.Wanted()))
    yield from (("taxonomy", hsds_rows.taxonomy(name)) for name in export.taxonomies())
    yield from (("taxonomy_term", hsds_rows.term(term)) for term in terms)
    yield from _metadata(terms)
    for organizations in export.batches(export.every_organization()):
        for one in organizations:
            yield from _of_organization(one)
        yield from _metadata(organizations)
    for places in export.batches(export.whole_places()):
        for place in places:
            yield from _of_place(rows, place)
        yield from _metadata(places)
    for services in export.batches(export.every_service()):
        for service in services:
            yield from _of_service(rows, service)
        yield from _metadata(services)


def _of_organization(one: Organization) -> Iterator[Pair]:
    yield "organization", hsds_rows.organization(one)
    yield from _phones(one.phones.all(), "organization", one.uuid)


def _of_place(rows: Rows, place: Location) -> Iterator[Pair]:
    own = place.uuid
    yield "location", rows.location(place)
    yield "address", rows.address(place)
    yield from _phones(place.phones.all(), "location", own)
    yield from _schedules(place.schedules.all(), "location", own)
    yield from (("language", hsds_rows.language(one, own)) for one in place.languages.all())
    yield from (("accessibility", hsds_rows.accessibility(way, own)) for way in place.access)


def _of_service(rows: Rows, service: Service) -> Iterator[Pair]:
    own = service.uuid
    yield "service", rows.service(service)
    yield from _phones(service.phones.all(), "service", own)
    papers = service.documents.all()
    yield from (("required_document", hsds_rows.document(one, own)) for one in papers)
    yield from (("cost_option", hsds_rows.cost(one, own)) for one in service.costs.all())
    yield from (("stage", hsds_rows.stage(one, own)) for one in service.stages.all())
    yield from (("service_area", hsds_rows.service_area(one, own)) for one in service.areas.all())
    yield from (("attribute", hsds_rows.attribute(one, own)) for one in service.terms.all())
    for offer in service.at_locations.all():
        yield "service_at_location", hsds_rows.offer(offer)
        yield from _schedules(offer.schedules.all(), "service_at_location", offer.uuid)


def _phones(phones: Iterable[Any], of: str, own: object) -> Iterator[Pair]:
    yield from (("phone", hsds_rows.phone(one, of, own)) for one in phones)


def _schedules(schedules: Iterable[Any], of: str, own: object) -> Iterator[Pair]:
    yield from (("schedule", hsds_rows.schedule(one, of, own)) for one in schedules)


def _metadata(things: Iterable[Any]) -> Iterator[Pair]:
    for changes in export.changes_by(one.uuid for one in things).values():
        for change in changes:
            yield from (("metadata", row) for row in hsds_rows.metadata(change))


def _resource(table: str) -> dict[str, Any]:
    fields = fields_of(table)
    refers = [(one["name"], other) for one in fields if (other := _refers(one["name"])) is not None]
    return {
        "name": table,
        "path": _path(table),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": fields,
            "primaryKey": "id",
            "foreignKeys": [
                {"fields": name, "reference": {"resource": other, "fields": "id"}}
                for name, other in refers
            ],
        },
    }


def _refers(column: str) -> str | None:
    stem = column.removesuffix("_id")
    if stem == column:
        return None
    return _REFERS.get(stem, stem if stem in hsds.TABLES else None)


def _path(table: str) -> str:
    return PATHS.get(table, f"{table}s.csv" if table != "metadata" else "metadata.csv")


def _declared(name: str, said: Mapping[str, Any], *, needed: bool) -> dict[str, Any]:
    form = said.get("format", "")
    # An extension may begin with a nought: a number would lose it.
    kind = "string" if name == "extension" else _TYPES.get(form, said["type"])
    constraints: dict[str, Any] = {"enum": said["enum"]} if "enum" in said else {}
    if needed and (form or constraints or kind == "number" or name == "name"):
        constraints["required"] = True
    if name == "id":
        constraints["unique"] = True
    field = {"name": name, "type": kind}
    if kind == "string" and form:
        field["format"] = form
    return field | ({"constraints": constraints} if constraints else {})


def _own(name: str) -> dict[str, Any]:
    kind = "integer" if name in _WHOLE else "date" if name.endswith("_date") else "string"
    return {"name": name, "type": kind, "description": _OWN}


def _cell(value: object) -> str:
    return "" if value is None else str(value)
