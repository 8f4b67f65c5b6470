"""What is said of an organization, a service or a place when it is written: plain values, no database.

`said` is what its history keeps. Everything else is named by code: areas by theirs, terms as
"taxonomy/code", organizations, services and places by UUID. A part (a paper, a price, a phone …) may
bring its own UUID along, so that it stays itself through an exchange; "" leaves that open.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, time
from typing import Any
from uuid import UUID

Said = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a thing. uuid: which one it is, "" for whichever fits."""

    uuid: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneDraft(Part):
    """One number of an office."""

    number: str
    extension: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDraft(Part):
    """One paper to bring."""

    name: str
    form: str = "original"
    copies: int = 1
    without: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDraft(Part):
    """One step of how a service goes."""

    name: str
    words: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDraft(Part):
    """One price, in fen."""

    amount: int
    option: str = ""
    currency: str = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDraft(Part):
    """One rule of opening hours."""

    rrule: str
    opens_at: time
    closes_at: time
    starts_on: date
    valid_until: date | None = None
    days_off: str = "closed"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageDraft(Part):
    """One language on one weekday in one way."""

    language: str
    weekday: int
    mode: str = "in_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationDraft:
    """What is said of an organization. unit: the name of the unit that it is, "" for none of this house."""

    name: str
    area: str
    unit: str = ""
    description: str = ""
    website: str = ""
    email: str = ""
    phones: tuple[PhoneDraft, ...] = ()

    def said(self) -> Said:
        """Return it as its history keeps it."""
        return said(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDraft:
    """What is said of a service: the guide as people read it."""

    organization: UUID
    name: str
    other_names: tuple[str, ...] = ()
    description: str = ""
    status: str = "active"
    terms: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    eligibility: str = ""
    instead: UUID | None = None
    promised_days: int | None = None
    statutory_days: int | None = None
    visits: int | None = None
    basis: str = ""
    alert: str = ""
    documents: tuple[DocumentDraft, ...] = ()
    stages: tuple[StageDraft, ...] = ()
    costs: tuple[CostDraft, ...] = ()
    phones: tuple[PhoneDraft, ...] = ()

    def said(self) -> Said:
        """Return it as its history keeps it."""
        return said(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationDraft:
    """What is said of a place. tile: row and column on the town's schematic map."""

    organization: UUID
    area: str
    name: str
    kind: str = "station"
    other_names: tuple[str, ...] = ()
    address: str = ""
    transport: str = ""
    description: str = ""
    access: tuple[str, ...] = ()
    tile: tuple[int, int] | None = None
    phones: tuple[PhoneDraft, ...] = ()
    schedules: tuple[ScheduleDraft, ...] = ()
    languages: tuple[LanguageDraft, ...] = ()

    def said(self) -> Said:
        """Return it as its history keeps it."""
        return said(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """What is said of a service at one place; without schedules it keeps the hours of the place."""

    service: UUID
    location: UUID
    window: str = ""
    description: str = ""
    schedules: tuple[ScheduleDraft, ...] = ()

    def said(self) -> Said:
        """Return it as its history keeps it."""
        return said(self)


Draft = OrganizationDraft | ServiceDraft | LocationDraft | OfferDraft


def said(draft: Draft) -> Said:
    """Return a draft as plain JSON: no UUIDs of parts, what has no order in one order."""
    return {
        one.name: sorted(_plain(getattr(draft, one.name)), key=str)
        if one.name in _UNORDERED
        else _plain(getattr(draft, one.name))
        for one in fields(draft)
    }


def differences(was: Said, becomes: Said) -> tuple[Said, Said]:
    """Return what two states of one thing say differently: the old and the new."""
    names = [name for name in becomes if name not in was or was[name] != becomes[name]]
    return {name: was[name] for name in names if name in was}, {
        name: becomes[name] for name in names
    }


# Steps and papers have their order; these are kept in whatever order the database gives them.
_UNORDERED = frozenset({"terms", "areas", "access", "costs", "phones", "schedules", "languages"})


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of any field of a draft
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Part):
        return {name: _plain(one) for name, one in asdict(value).items() if name != "uuid"}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value) if isinstance(value, UUID | date) else value
