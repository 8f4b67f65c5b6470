"""The rows of a package as what they would say of things: only what the package has columns for.

Whatever it does not speak of stays as the directory has it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from linli.directory.rules.drafts import (
    CostDraft,
    DocumentDraft,
    LanguageDraft,
    PhoneDraft,
    ScheduleDraft,
    StageDraft,
)
from linli.directory.rules.hours import weekdays_of
from linli.directory.rules.packages import Row, Tables, day_after, fen_of, rrule_of

Given = dict[str, Any]
_LONG_AGO = date(2000, 1, 1)


class Unreadable(ValueError):
    """A cell that cannot be read; the code says which kind."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Package:
    """The tables of a package, its parts found by what they belong to. areas: codes by code and by name."""

    tables: Tables
    areas: dict[str, str]
    terms: dict[str, str]  # "taxonomy/code" by the id in the package
    index: dict[tuple[str, str], dict[str, list[Row]]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table, none when the package has no such table."""
        return self.tables.get(table, [])

    def organization(self, row: Row) -> Given:
        """Return what a row says of an organization."""
        return _texts(row, "name", "description", "website", "email", "unit") | {
            **self._area(row),
            **self._parts("phones", "phone", "organization_id", row["id"], _phone),
        }

    def service(self, row: Row) -> Given:
        """Return what a row and its parts say of a service."""
        own = row["id"]
        given = _texts(row, "name", "description", "status", "alert", "basis")
        given |= {"organization": uuid_of(row.get("organization_id", ""))}
        given |= _other_names(row) | self._numbers(row)
        if "eligibility_description" in row:
            given["eligibility"] = row["eligibility_description"]
        if "rules" in row:
            given["rules"] = _rules(row["rules"])
        if "instead_id" in row:
            given["instead"] = uuid_of(row["instead_id"]) if row["instead_id"] else None
        given |= self._parts("documents", "required_document", "service_id", own, _document)
        given |= self._parts("costs", "cost_option", "service_id", own, _cost)
        given |= self._parts("stages", "stage", "service_id", own, _stage)
        given |= self._parts("phones", "phone", "service_id", own, _phone)
        given |= self._parts("terms", "attribute", "link_id", own, self._term)
        return given | self._parts("areas", "service_area", "service_id", own, self._area_code)

    def location(self, row: Row) -> Given:
        """Return what a row and its parts say of a place."""
        own = row["id"]
        given = _texts(row, "name", "description", "kind") | self._area(row) | _other_names(row)
        given |= {"organization": uuid_of(row.get("organization_id", ""))}
        if "transportation" in row:
            given["transport"] = row["transportation"]
        if row.get("tile_row") and row.get("tile_column"):
            given["tile"] = (_number(row["tile_row"]), _number(row["tile_column"]))
        for address in self._of("address", "location_id", own)[:1]:
            given["address"] = address.get("address_1", "")
            given.setdefault("area", self.areas.get(address.get("city", ""), ""))
        given |= self._parts("phones", "phone", "location_id", own, _phone)
        given |= self._parts("schedules", "schedule", "location_id", own, _schedule)
        given |= self._parts("access", "accessibility", "location_id", own, _way)
        return given | self._languages(own, given.get("schedules", ()))

    def offer(self, row: Row) -> Given:
        """Return what a row and its hours say of a service at a place."""
        given = _texts(row, "description", "window")
        given |= {name: uuid_of(row.get(f"{name}_id", "")) for name in ("service", "location")}
        return given | self._parts(
            "schedules", "schedule", "service_at_location_id", row["id"], _schedule
        )

    def _of(self, table: str, link: str, own: str) -> list[Row]:
        if (table, link) not in self.index:
            rows: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows(table):
                rows[row.get(link, "")].append(row)
            self.index[table, link] = rows
        return self.index[table, link][own]

    def _parts(
        self, field: str, table: str, link: str, own: str, read: Callable[[Row], Any]
    ) -> Given:
        if table not in self.tables:
            return {}
        return {field: tuple(read(row) for row in self._of(table, link, own))}

    def _numbers(self, row: Row) -> Given:
        names = ("promised_days", "statutory_days", "visits")
        return {name: _number(row[name]) if row[name] else None for name in names if name in row}

    def _area(self, row: Row) -> Given:
        return {"area": self._area_code(row)} if row.get("area") else {}

    def _area_code(self, row: Row) -> str:
        said = row.get("area") or row.get("name", "")
        if said not in self.areas:
            raise Unreadable("unknown_area")
        return self.areas[said]

    def _term(self, row: Row) -> str:
        term = row.get("taxonomy_term_id", "")
        if term not in self.terms:
            raise Unreadable("unknown_term")
        return self.terms[term]

    def _languages(self, own: str, schedules: Iterable[ScheduleDraft]) -> Given:
        if "language" not in self.tables:
            return {}
        week = {day for one in schedules for day in weekdays_of(one.rrule) or ()} or range(7)
        return {
            "languages": tuple(
                LanguageDraft(language=row.get("code", ""), weekday=day, mode=row.get("mode") or "in_person")
                for row in self._of("language", "location_id", own)
                for day in ([_number(row["weekday"])] if row.get("weekday") else sorted(week))
            )
        }  # fmt: skip


def uuid_of(text: str) -> UUID:
    """Return the UUID that is written. Raises Unreadable when it is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Unreadable("not_an_id") from error


def _texts(row: Row, *names: str) -> Given:
    return {name: row[name] for name in names if row.get(name) or (name in row and name != "kind")}


def _other_names(row: Row) -> Given:
    if "alternate_name" not in row:
        return {}
    names = row["alternate_name"].replace(";", "、").split("、")
    return {"other_names": tuple(name.strip() for name in names if name.strip())}


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Unreadable("number_out_of_range")
    return int(text)


def _rules(text: str) -> Any:  # noqa: ANN401 - the grammar judges it
    try:
        found = json.loads(text or "[]")
    except ValueError as error:
        raise Unreadable("not_a_rule") from error
    return tuple(found) if isinstance(found, list) else found


def _part_id(row: Row) -> str:
    return str(uuid_of(row["id"])) if row.get("id") else ""


def _phone(row: Row) -> PhoneDraft:
    return PhoneDraft(uuid=_part_id(row), **_texts(row, "number", "extension", "description"))


def _document(row: Row) -> DocumentDraft:
    given = {name: row[name] for name in ("form", "without") if row.get(name)}
    copies = _number(row["copies"]) if row.get("copies") else 1
    return DocumentDraft(uuid=_part_id(row), name=row.get("document", ""), copies=copies, **given)


def _cost(row: Row) -> CostDraft:
    try:
        amount = fen_of(row.get("amount", ""))
    except ValueError as error:
        raise Unreadable("number_out_of_range") from error
    currency = (row.get("currency") or "CNY").upper()
    return CostDraft(
        uuid=_part_id(row), amount=amount, option=row.get("option", ""), currency=currency
    )


def _stage(row: Row) -> StageDraft:
    days = _number(row["days"]) if row.get("days") else None
    return StageDraft(name=row.get("name", ""), words=row.get("words", ""), days=days)


def _schedule(row: Row) -> ScheduleDraft:
    try:
        return ScheduleDraft(
            uuid=_part_id(row),
            rrule=rrule_of(row),
            opens_at=time.fromisoformat(row.get("opens_at", "")[:5]),
            closes_at=time.fromisoformat(row.get("closes_at", "")[:5]),
            starts_on=_first_day(row),
            valid_until=day_after(row.get("valid_to", "")),
            days_off=row.get("days_off") or "closed",
            note=row.get("notes", ""),
        )
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable("not_a_time") from error


def _first_day(row: Row) -> date:
    said = row.get("dtstart") or row.get("valid_from")
    return date.fromisoformat(said[:10]) if said else _LONG_AGO


def _way(row: Row) -> str:
    return row.get("description", "")
