"""Things of the directory as rows of HSDS's tables, our own columns last. Plain values, nothing nested.

The API shows the same rows without our own columns, one inside the other (`hsds_nested`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.directory import models
from linli.directory.rules.hsds import HOURS_FROM_UTC, ages_of, derived_id, last_day, parts_of
from linli.directory.schemas.telling import LANGUAGE_NAMES, WAYS_IN

Row = dict[str, Any]

# What somebody withdrew because it was a person's own must not come back as history.
_KEPT_TO_OURSELVES = frozenset({"phones", "email", "website"})
_TABLES = {"offer": "service_at_location", "term": "taxonomy_term"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows for one reader. host: in front of addresses, no slash at its end; areas: names by code."""

    host: str
    areas: dict[str, str] = field(default_factory=dict)

    def page_of(self, kind: str, code: str) -> str:
        """Return the address of a page, in the language that the town speaks."""
        with override(settings.LANGUAGE_CODE):
            return self.host + reverse(f"directory:{kind}", args=[code])

    def service(self, service: models.Service) -> Row:
        """Return the row of a service."""
        instead = service.instead
        return {
            "id": str(service.uuid),
            "organization_id": str(service.organization.uuid),
            "name": service.name,
            "alternate_name": "、".join(service.other_names),
            "description": service.description,
            "url": self.page_of("service", service.code),
            "status": service.status,
            "application_process": "\n".join(_stages(service)),
            "eligibility_description": service.eligibility,
            **ages_of(service.rules),
            "assured_date": service.assured_on.isoformat(),
            "alert": service.alert,
            "last_modified": moment(service.last_modified),
            "rules": json.dumps(service.rules, ensure_ascii=False) if service.rules else "",
            "promised_days": service.promised_days,
            "statutory_days": service.statutory_days,
            "visits": service.visits,
            "basis": service.basis,
            "instead_id": str(instead.uuid) if instead else "",
        }

    def location(self, location: models.Location) -> Row:
        """Return the row of a place."""
        return {
            "id": str(location.uuid),
            "location_type": "physical",
            "url": self.page_of("station", location.code),
            "organization_id": str(location.organization.uuid),
            "name": location.name,
            "alternate_name": "、".join(location.other_names),
            "description": location.description,
            "transportation": location.transport,
            "external_identifier": location.code,
            "external_identifier_type": "Linli",
            "kind": location.kind,
            "area": location.area_id,
            "tile_row": location.tile_row,
            "tile_column": location.tile_column,
            "assured_date": location.assured_on.isoformat(),
        }

    def address(self, location: models.Location) -> Row:
        """Return where a place is, by street and area, never by coordinates."""
        city, province = location.area_id[:4] + "00", location.area_id[:2] + "0000"
        return {
            "id": derived_id(location.uuid, "address"),
            "location_id": str(location.uuid),
            "address_1": location.address,
            "city": self.areas.get(city) or location.area.name,
            "region": location.area.name,
            "state_province": self.areas.get(province, ""),
            "postal_code": "",
            "country": "CN",
            "address_type": "physical",
        }


def organization(one: models.Organization) -> Row:
    """Return the row of an organization."""
    return {
        "id": str(one.uuid),
        "name": one.name,
        "description": one.description,
        "email": one.email,
        "website": one.website,
        "area": one.area_id,
    }


def offer(one: models.ServiceAtLocation) -> Row:
    """Return the row of a service at a place."""
    return {
        "id": str(one.uuid),
        "service_id": str(one.service.uuid),
        "location_id": str(one.location.uuid),
        "description": one.description,
        "window": one.window,
    }


def phone(one: models.Phone, of: str, uuid: object) -> Row:
    """Return the row of a number of an organization, a service or a place."""
    return {
        "id": str(one.uuid),
        f"{of}_id": str(uuid),
        "number": one.number,
        "extension": one.extension,
        "type": "voice",
        "description": one.description,
    }


def schedule(one: models.Schedule, of: str, uuid: object) -> Row:
    """Return the row of a rule of hours of a place or of a service at it."""
    last = last_day(one.valid_until)
    return {
        "id": str(one.uuid),
        f"{of}_id": str(uuid),
        "valid_from": one.starts_on.isoformat(),
        "valid_to": last.isoformat() if last else "",
        "dtstart": one.starts_on.isoformat(),
        "timezone": HOURS_FROM_UTC,
        **parts_of(one.rrule),
        "description": _holidays(one),
        "opens_at": _hour(one.opens_at),
        "closes_at": _hour(one.closes_at),
        "notes": one.note,
        "days_off": one.days_off,
        "rrule": one.rrule,
    }


def language(one: models.LanguageHours, uuid: object) -> Row:
    """Return the row of one language at a place on one weekday. code: its BCP 47 tag."""
    return {
        "id": derived_id(uuid, one.language, one.weekday, one.mode),
        "location_id": str(uuid),
        "name": str(LANGUAGE_NAMES.get(one.language, one.language)),
        "code": one.language,
        "weekday": one.weekday,
        "mode": one.mode,
    }


def accessibility(way: str, uuid: object) -> Row:
    """Return the row of one way into a place."""
    said = {"description": way, "details": str(WAYS_IN.get(way, way))}
    return {"id": derived_id(uuid, way), "location_id": str(uuid), **said}


def document(one: models.RequiredDocument, uuid: object) -> Row:
    """Return the row of a paper."""
    own = {"form": one.form, "copies": one.copies, "without": one.without}
    return {"id": str(one.uuid), "service_id": str(uuid), "document": one.name, **own}


def cost(one: models.CostOption, uuid: object) -> Row:
    """Return the row of a price."""
    return {
        "id": str(one.uuid),
        "service_id": str(uuid),
        "option": one.option,
        "currency": one.currency,
        "amount": one.amount / 100,
    }


def stage(one: models.Stage, uuid: object) -> Row:
    """Return the row of a step, in a table of our own."""
    said = {"name": one.name, "words": one.words, "days": one.days}
    return {"id": derived_id(uuid, "stage", one.position), "service_id": str(uuid), **said}


def service_area(area: models.Area, uuid: object) -> Row:
    """Return the row of an area that a service is for."""
    said = {"name": area.name, "extent": area.code, "extent_type": "text", "area": area.code}
    return {"id": derived_id(uuid, area.code), "service_id": str(uuid), **said}


def attribute(term: models.TaxonomyTerm, uuid: object) -> Row:
    """Return the row of a word that a service is sorted by."""
    return {
        "id": derived_id(uuid, term.uuid),
        "link_id": str(uuid),
        "taxonomy_term_id": str(term.uuid),
        "link_type": term.taxonomy,
        "link_entity": "service",
    }


def taxonomy_id(name: str) -> str:
    """Return the id of a taxonomy, which we know by its name."""
    return derived_id("taxonomy", name)


def taxonomy(name: str) -> Row:
    """Return the row of a taxonomy."""
    return {"id": taxonomy_id(name), "name": name, "description": ""}


def term(one: models.TaxonomyTerm) -> Row:
    """Return the row of a word of a taxonomy."""
    return {
        "id": str(one.uuid),
        "code": one.code,
        "name": one.name,
        "description": one.description,
        "parent_id": str(one.parent.uuid) if one.parent else "",
        "taxonomy": one.taxonomy,
        "taxonomy_id": taxonomy_id(one.taxonomy),
        "language": "zh",
    }


def metadata(change: models.Change) -> Iterator[Row]:
    """Yield a row for each field that a change touched. Who changed it is a unit, never a person."""
    for name in dict.fromkeys((*change.was, *change.becomes)):
        old, new = ("" if name in _KEPT_TO_OURSELVES else _value(said.get(name)) for said in (change.was, change.becomes))  # fmt: skip
        if name in _KEPT_TO_OURSELVES or old != new:
            yield {
                "id": derived_id(change.thing, change.pk, name),
                "resource_id": str(change.thing),
                "resource_type": _TABLES.get(change.kind, change.kind),
                "last_action_date": moment(change.at)[:10],
                "last_action_type": change.verb,
                "field_name": name,
                "previous_value": old,
                "replacement_value": new,
                "updated_by": change.by_unit or change.by_role,
            }


def moment(at: datetime) -> str:
    """Return a moment as UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _hour(at: time) -> str:
    return f"{at:%H:%M}+{HOURS_FROM_UTC:02}:00"


def _holidays(one: models.Schedule) -> str:
    if one.days_off == "open":
        return _("Open on public holidays as well.")
    return _("Closed on public holidays; open on the working days that make up for them.")


def _stages(service: models.Service) -> Iterator[str]:
    for number, one in enumerate(service.stages.all(), 1):
        yield f"{number}. {one.name}" + (f"：{one.words}" if one.words else "")


def _value(said: object) -> str:
    if said in (None, "", [], {}):
        return ""
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
