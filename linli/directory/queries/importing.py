"""What would become of every thing in a package: new, changed, known already, or an error. Nothing is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from linli.directory.models import (
    Area,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
    Unit,
)
from linli.directory.queries.drafts import PARTS_OF_LOCATION, PARTS_OF_SERVICE, Thing, draft_of
from linli.directory.queries.package_drafts import Given, Package, Unreadable, uuid_of
from linli.directory.rules.checking import faults
from linli.directory.rules.drafts import (
    Draft,
    LocationDraft,
    OfferDraft,
    OrganizationDraft,
    Said,
    ServiceDraft,
    differences,
)
from linli.directory.rules.eligibility_grammar import texts_of
from linli.directory.rules.packages import Row, Tables
from linli.kernel.traits import TRAIT


class Fate(StrEnum):
    """What becomes of a thing."""

    NEW, CHANGES, KNOWN, ERROR = "new", "changes", "known", "error"


class Coming(NamedTuple):
    """One thing of a package with its fate. wrong: the error's code; was, becomes: what changes."""

    table: str
    number: int
    name: str
    fate: Fate
    wrong: str = ""
    uuid: UUID = UUID(int=0)
    draft: Draft | None = None
    assured_on: date | None = None
    was: Said | None = None
    becomes: Said | None = None


class ComingTerm(NamedTuple):
    """One word to sort by that a package brings along."""

    taxonomy: str
    code: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Run:
    """All things of a package with their fates, and the words to sort by that are new."""

    things: list[Coming]
    terms: list[ComingTerm]

    def count(self) -> dict[str, int]:
        """Return how many things meet each fate."""
        counted = Counter(thing.fate for thing in self.things)
        return {fate.value: counted[fate] for fate in Fate}

    def of(self, fate: str) -> list[Coming]:
        """Return the things of one fate, all for none."""
        return [thing for thing in self.things if not fate or thing.fate == fate]

    @property
    def checksum(self) -> str:
        """A text that differs when, for whatever reason, anything would meet another fate."""
        told = [(*one[:5], str(one.uuid), one.was, one.becomes) for one in self.things]
        return hashlib.sha256(json.dumps([told, self.terms], default=str).encode()).hexdigest()


_SHAPES: dict[str, tuple[type[Any], type[Any], tuple[str, ...]]] = {
    "organization": (Organization, OrganizationDraft, ("phones",)),
    "service": (Service, ServiceDraft, PARTS_OF_SERVICE),
    "location": (Location, LocationDraft, PARTS_OF_LOCATION),
    "service_at_location": (ServiceAtLocation, OfferDraft, ("schedules",)),
}


def dry_run(tables: Tables, *, area: Area | None = None) -> Run:
    """Return what would become of a package. area: of whatever says no place of its own."""
    terms, new_terms = _terms(tables)
    package = Package(tables, _areas(), terms)
    looking = _Looking(package, area.code if area else "", {*terms.values()})
    return Run([one for table in _SHAPES for one in looking.over(table)], new_terms)


class _Looking:
    """One look over a package. coming: ids of what is there or would be, by table."""

    def __init__(self, package: Package, area: str, terms: set[str]) -> None:
        self.package, self.area, self.terms = package, area, terms
        self.areas = set(package.areas.values())
        self.coming: dict[str, set[UUID]] = {}
        self.names = dict(Organization.objects.values_list("name", "uuid"))
        self.units = set(Unit.objects.working().values_list("name", flat=True))

    def over(self, table: str) -> Iterator[Coming]:
        model, kind, parts = _SHAPES[table]
        joined = model.objects.prefetch_related(*parts)
        if table in {"service", "location"}:
            joined = joined.select_related("organization")
        there: dict[UUID, Thing] = {one.uuid: one for one in joined}
        rows = self.package.rows(table)
        given_ids = {row.get("id", "") for row in rows}
        # An alternative may stand anywhere in the table.
        self.coming[table] = set(there) | {UUID(one) for one in given_ids if _is_uuid(one)}
        seen: set[UUID] = set()
        for number, row in enumerate(rows, 2):
            try:
                yield self._one(table, number, row, kind, there, seen)
            except Unreadable as error:
                yield Coming(table, number, row.get("name", ""), Fate.ERROR, error.code)

    def _one(
        self,
        table: str,
        number: int,
        row: Row,
        kind: type[Any],
        there: dict[UUID, Thing],
        seen: set[UUID],
    ) -> Coming:
        uuid = uuid_of(row.get("id", ""))
        if uuid in seen:
            raise Unreadable("id_stands_twice")
        seen.add(uuid)
        known = there.get(uuid)
        draft = self._draft(table, row, kind, known)
        self._check(uuid, draft)
        was = draft_of(known).said() if known else {}
        old, new = differences(was, draft.said())
        fate = Fate.NEW if known is None else Fate.CHANGES if new else Fate.KNOWN
        name = row.get("name", "") or str(getattr(draft, "window", ""))
        assured = _day(row.get("assured_date", ""))
        return Coming(table, number, name, fate, "", uuid, draft, assured, old, new)

    def _draft(self, table: str, row: Row, kind: type[Any], known: Thing | None) -> Draft:
        read: dict[str, Callable[[Row], Given]] = {
            "organization": self.package.organization,
            "service": self.package.service,
            "location": self.package.location,
            "service_at_location": self.package.offer,
        }
        given = read[table](row)
        if known is not None:
            draft: Draft = replace(draft_of(known), **given)
            return draft
        if table in {"organization", "location"}:
            given["area"] = given.get("area") or self.area
        if "name" in kind.__dataclass_fields__:
            given.setdefault("name", "")
        fresh: Draft = kind(**given)
        return fresh

    def _check(self, uuid: UUID, draft: Draft) -> None:
        for code in faults(draft):
            raise Unreadable(code)
        if isinstance(draft, OrganizationDraft):
            self._check_organization(uuid, draft)
        elif isinstance(draft, OfferDraft):
            self._known("service", draft.service)
            self._known("location", draft.location)
        else:
            self._known("organization", draft.organization)
        if isinstance(draft, ServiceDraft):
            self._check_service(uuid, draft)
        elif isinstance(draft, OrganizationDraft | LocationDraft) and draft.area not in self.areas:
            raise Unreadable("unknown_area")

    def _check_organization(self, uuid: UUID, draft: OrganizationDraft) -> None:
        if self.names.setdefault(draft.name, uuid) != uuid:
            raise Unreadable("name_taken")
        if draft.unit and draft.unit not in self.units:
            raise Unreadable("unknown_unit")

    def _check_service(self, uuid: UUID, draft: ServiceDraft) -> None:
        if any(map(TRAIT.search, texts_of(draft.rules))):
            raise Unreadable("trait_of_a_person")
        if draft.instead == uuid:
            raise Unreadable("instead_of_itself")
        if draft.instead:
            self._known("service", draft.instead)
        if not set(draft.terms) <= self.terms:
            raise Unreadable("unknown_term")

    def _known(self, table: str, uuid: UUID) -> None:
        if uuid not in self.coming[table]:
            raise Unreadable(f"unknown_{table}")


def _areas() -> dict[str, str]:
    """Return the codes of standing areas by code and by name; a name borne twice means none."""
    standing = Area.objects.filter(until_year__isnull=True).values_list("code", "name")
    by_name: dict[str, str] = {}
    for code, name in standing:
        by_name[name] = "" if name in by_name else code
    return {name: code for name, code in by_name.items() if code} | {
        code: code for code, _ in standing
    }


def _terms(tables: Tables) -> tuple[dict[str, str], list[ComingTerm]]:
    """Return the names of terms by their ids, here and in the package, and those that are new."""
    here = {str(term.uuid): f"{term.taxonomy}/{term.code}" for term in TaxonomyTerm.objects.all()}
    names, new = dict(here), []
    for row in tables.get("taxonomy_term", []):
        taxonomy, code = row.get("taxonomy", ""), row.get("code") or row.get("id", "")
        if not taxonomy or len(taxonomy) > 40 or len(code) > 40 or not row.get("name"):
            continue
        if row.get("id") not in here:
            names[row.get("id", "")] = f"{taxonomy}/{code}"
            if f"{taxonomy}/{code}" not in here.values():
                new.append(ComingTerm(taxonomy, code, row["name"][:60], row.get("description", "")))
    return names, new


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError as error:
        raise Unreadable("not_a_time") from error
