"""The entities of our profile of HSDS 3.1, field by field: what the API describes and the data package declares.

Left out for good are contacts, which are persons, and coordinates: docs/directory.md says why.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Email = Annotated[str, Field(json_schema_extra={"format": "email"})]
Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def _say_no_null(schema: dict[str, Any]) -> None:
    """What is not known is left out, never null: the description says so too."""
    for field in schema.get("properties", {}).values():
        field.pop("default", None)
        if kinds := [one for one in field.pop("anyOf", []) if one != {"type": "null"}]:
            field.update(kinds[0])


class Entity(Schema):
    """One thing that others know by its id."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_say_no_null)

    id: UUID


class Metadata(Entity):
    """One change of one field. Of telephones and addresses we tell that they changed, not what they were."""

    resource_id: UUID
    resource_type: str
    last_action_date: date
    last_action_type: str
    field_name: str
    previous_value: str
    replacement_value: str
    updated_by: str


class Changed(Entity):
    """One thing that tells how it changed."""

    metadata: list[Metadata] | None = None


class Taxonomy(Entity):
    """One way of sorting services."""

    name: str
    description: str


class TaxonomyTerm(Entity):
    """One word of a taxonomy."""

    code: str
    name: str
    description: str
    parent_id: UUID | None = None
    taxonomy: str
    taxonomy_id: UUID
    language: str
    taxonomy_detail: Taxonomy | None = None


class Attribute(Entity):
    """One word that a thing is sorted by."""

    link_id: UUID
    taxonomy_term_id: UUID
    link_type: str
    link_entity: str
    taxonomy_term: TaxonomyTerm | None = None


class Phone(Entity):
    """One number of an office."""

    location_id: UUID | None = None
    service_id: UUID | None = None
    organization_id: UUID | None = None
    number: str
    extension: float | None = None
    type: str
    description: str | None = None


class Schedule(Entity):
    """One rule of opening hours."""

    location_id: UUID | None = None
    service_at_location_id: UUID | None = None
    valid_from: date
    valid_to: date | None = None
    dtstart: date
    timezone: float
    until: date | None = None
    count: float | None = None
    wkst: Day | None = None
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    interval: float | None = None
    byday: str | None = None
    bymonthday: str | None = None
    description: str | None = None
    opens_at: str
    closes_at: str
    notes: str | None = None


class Language(Entity):
    """One language spoken at a place."""

    location_id: UUID
    name: str
    code: str
    note: str | None = None


class Address(Entity):
    """Where a place is."""

    location_id: UUID
    address_1: str
    city: str
    region: str | None = None
    state_province: str
    postal_code: str
    country: str
    address_type: Literal["physical", "postal", "virtual"]


class Accessibility(Entity):
    """One way into a place."""

    location_id: UUID
    description: str
    details: str | None = None


class RequiredDocument(Entity):
    """One paper to bring."""

    service_id: UUID
    document: str


class CostOption(Entity):
    """One price."""

    service_id: UUID
    option: str | None = None
    currency: str
    amount: float


class ServiceArea(Entity):
    """One area that a service is for; the extent is its code in GB/T 2260."""

    service_id: UUID
    name: str
    extent: str
    extent_type: str


class Location(Changed):
    """One place that the public may come to."""

    location_type: Literal["physical", "postal", "virtual"]
    url: Url
    organization_id: UUID
    name: str
    alternate_name: str | None = None
    description: str | None = None
    transportation: str | None = None
    external_identifier: str
    external_identifier_type: str
    languages: list[Language] | None = None
    addresses: list[Address] | None = None
    accessibility: list[Accessibility] | None = None
    phones: list[Phone] | None = None
    schedules: list[Schedule] | None = None


class Organization(Changed):
    """One organization that offers services; in full with its places, and its services short or whole."""

    name: str
    description: str
    email: Email | None = None
    website: Url | None = None
    phones: list[Phone] | None = None
    locations: list[Location] | None = None
    services: list["Service"] | None = None


class ServiceAtLocation(Changed):
    """One service at one place, in a list of such things with both."""

    service_id: UUID
    location_id: UUID
    description: str | None = None
    schedules: list[Schedule] | None = None
    location: Location | None = None
    service: "Service | None" = None


class Service(Changed):
    """One thing that somebody may ask an organization for."""

    organization_id: UUID
    name: str
    alternate_name: str | None = None
    description: str | None = None
    url: Url
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    application_process: str | None = None
    eligibility_description: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: date
    alert: str | None = None
    last_modified: datetime
    organization: Organization | None = None
    phones: list[Phone] | None = None
    service_areas: list[ServiceArea] | None = None
    service_at_locations: list[ServiceAtLocation] | None = None
    cost_options: list[CostOption] | None = None
    required_documents: list[RequiredDocument] | None = None
    attributes: list[Attribute] | None = None


class MinimalService(Entity):
    """One service, only to know whether it changed."""

    last_modified: datetime


# The tables of the package, in the order in which one may read them.
TABLES: dict[str, type[Entity]] = {
    "taxonomy": Taxonomy,
    "taxonomy_term": TaxonomyTerm,
    "organization": Organization,
    "service": Service,
    "location": Location,
    "service_at_location": ServiceAtLocation,
    "address": Address,
    "phone": Phone,
    "schedule": Schedule,
    "language": Language,
    "accessibility": Accessibility,
    "required_document": RequiredDocument,
    "cost_option": CostOption,
    "service_area": ServiceArea,
    "attribute": Attribute,
    "metadata": Metadata,
}


def schema_of(table: str) -> dict[str, Any]:
    """Return the JSON schema of one table's entity, also when others refer back to it."""
    schema = TABLES[table].model_json_schema()
    name = schema.get("$ref", "").rpartition("/")[2]
    return schema["$defs"][name] if name else schema
