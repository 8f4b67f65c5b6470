"""Things of the directory as the API of HSDS tells them: one inside the other, only what the profile knows.

What is not known is left out. Things come with their parts already read (`queries/export.py`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from linli.directory import models
from linli.directory.rules.hsds import derived_id
from linli.directory.schemas import hsds, hsds_rows
from linli.directory.schemas.hsds_rows import Row, Rows
from linli.directory.schemas.telling import MODES, SHORT_WEEKDAYS

Told = dict[str, Any]
Changes = Mapping[UUID, list[models.Change]]


@dataclass(frozen=True, slots=True)
class Nested:
    """Tells things to one reader. changes: of the things that are told in full, by UUID."""

    rows: Rows
    changes: Changes = field(default_factory=dict)

    def service(self, one: models.Service, *, full: bool = True) -> Told:
        """Return a service with who offers it, in full with all that belongs to it."""
        told = self._service(one, full=full)
        told["organization"] = _fit("organization", hsds_rows.organization(one.organization))
        return told

    def organization(self, one: models.Organization, *, full: bool, whole: bool = False) -> Told:
        """Return an organization; in full with its places and services, those whole when asked for."""
        told = _fit("organization", hsds_rows.organization(one))
        if full:
            services = one.services.all()
            told |= _known(
                phones=_phones(one.phones.all(), "organization", one.uuid),
                locations=[self.location(place) for place in one.locations.all()],
                services=[self._service(service, full=whole) for service in services],
                metadata=self._metadata(one.uuid),
            )
        return told

    def offer(self, one: models.ServiceAtLocation, *, full: bool = True) -> Told:
        """Return a service at a place, with the place. The window stands in front of the description."""
        row = hsds_rows.offer(one)
        row["description"] = " · ".join(part for part in (one.window, one.description) if part)
        told = _fit("service_at_location", row)
        told["location"] = self.location(one.location, full=full)
        if full:
            told |= _known(
                schedules=_schedules(one.schedules.all(), "service_at_location", one.uuid),
                metadata=self._metadata(one.uuid),
            )
        return told

    def offer_with_service(self, one: models.ServiceAtLocation, *, full: bool) -> Told:
        """Return a service at a place with both, as a list of such things shows them."""
        service = self.service(one.service, full=False)
        if full:
            service |= self._parts(one.service)
        return self.offer(one, full=full) | {"service": service}

    def location(self, one: models.Location, *, full: bool = True) -> Told:
        """Return a place, in full with its hours, languages, phones and ways in."""
        told = _fit("location", self.rows.location(one))
        if full:
            ways = [hsds_rows.accessibility(way, one.uuid) for way in one.access]
            told |= _known(
                languages=list(_languages(one)),
                addresses=[_fit("address", self.rows.address(one))],
                accessibility=[_fit("accessibility", way) for way in ways],
                phones=_phones(one.phones.all(), "location", one.uuid),
                schedules=_schedules(one.schedules.all(), "location", one.uuid),
                metadata=self._metadata(one.uuid),
            )
        return told

    def _service(self, one: models.Service, *, full: bool) -> Told:
        told = _fit("service", self.rows.service(one))
        if full:
            offers = [self.offer(offer) for offer in one.at_locations.all()]
            told |= _known(service_at_locations=offers) | self._parts(one)
        return told

    def _parts(self, one: models.Service) -> Told:
        papers = (hsds_rows.document(paper, one.uuid) for paper in one.documents.all())
        prices = (hsds_rows.cost(price, one.uuid) for price in one.costs.all())
        areas = (hsds_rows.service_area(area, one.uuid) for area in one.areas.all())
        return _known(
            phones=_phones(one.phones.all(), "service", one.uuid),
            required_documents=[_fit("required_document", row) for row in papers],
            cost_options=[_fit("cost_option", row) for row in prices],
            service_areas=[_fit("service_area", row) for row in areas],
            attributes=[_attribute(term, one.uuid) for term in one.terms.all()],
            metadata=self._metadata(one.uuid),
        )

    def _metadata(self, uuid: UUID) -> list[Told]:
        return [row for change in self.changes.get(uuid, ()) for row in hsds_rows.metadata(change)]


def term(one: models.TaxonomyTerm) -> Told:
    """Return a word of a taxonomy, with the taxonomy."""
    told = _fit("taxonomy_term", hsds_rows.term(one))
    told["taxonomy_detail"] = hsds_rows.taxonomy(one.taxonomy)
    return told


def _attribute(one: models.TaxonomyTerm, uuid: UUID) -> Told:
    return _fit("attribute", hsds_rows.attribute(one, uuid)) | {"taxonomy_term": term(one)}


def _phones(phones: Iterable[models.Phone], of: str, uuid: UUID) -> list[Told]:
    return [_phone(hsds_rows.phone(one, of, uuid)) for one in phones]


def _phone(row: Row) -> Told:
    """Return a number; HSDS has extensions as numbers, so that any other is said in words."""
    extension = row.pop("extension")
    if extension.isascii() and extension.isdigit() and not extension.startswith("0"):
        row["extension"] = int(extension)
    elif extension:
        row["description"] = " ".join(filter(None, (row["description"], f"#{extension}")))
    return _fit("phone", row)


def _schedules(schedules: Iterable[models.Schedule], of: str, uuid: UUID) -> list[Told]:
    told = []
    for row in (hsds_rows.schedule(one, of, uuid) for one in schedules):
        if "freq" not in row:
            row["description"] = f"{row['rrule']} · {row['description']}"
        told.append(_fit("schedule", row))
    return told


def _languages(one: models.Location) -> Iterator[Told]:
    """Yield the languages of a place: ISO 639 code, and on which days in which way in words."""
    for tag, spoken in groupby(one.languages.all(), key=lambda spoken: spoken.language):
        week = list(spoken)
        row = hsds_rows.language(week[0], one.uuid)
        days = (f"{SHORT_WEEKDAYS[said.weekday]} ({MODES[said.mode]})" for said in week)
        own = {"id": derived_id(one.uuid, tag), "code": tag.partition("-")[0]}
        yield _fit("language", row | own | {"note": f"{tag}: {', '.join(days)}"})


def _fit(table: str, row: Row) -> Told:
    """Return what the profile knows of a row; of what is empty, only what must be there."""
    fields = hsds.TABLES[table].model_fields
    return {
        name: value
        for name, value in row.items()
        if name in fields and (value not in (None, "") or fields[name].is_required())
    }


def _known(**lists: list[Told]) -> Told:
    return {name: told for name, told in lists.items() if told}
