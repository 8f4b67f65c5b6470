"""What every activity of IATI has: who reports, its names, who takes part, its place, in the order of the schema."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from linli.directory.exchange.hsds import own_host
from linli.directory.models import Area
from linli.funds.models import Account
from linli.funds.rules import flows
from linli.funds.schemas import iati_parts as xml
from linli.funds.schemas.iati_money import party

FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
PLANNED, RUNNING, CLOSED, SUSPENDED = "1", "2", "4", "6"
PARENT, CHILD = "1", "2"
_WEB_PAGE = "A12"


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who publishes, and at which moment."""

    body: xml.Body
    at: datetime

    @property
    def until(self) -> date:
        """The last day that is told: whoever judges the file reads days in Greenwich, where it begins later."""
        return self.at.astimezone(UTC).date()

    def identifier(self, kind: str, code: str) -> str:
        """Return the identifier of an activity: the reporter's own, then what and which."""
        return f"{self.body.ref}-{kind}-{code}"


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity; its transactions are made when they are asked for."""

    identifier: str
    marks: dict[str, str]
    head: list[xml.Element]
    transactions: Iterator[xml.Element]
    tail: list[xml.Element] = field(default_factory=list)


def marks(by: Reporter, hierarchy: str, changed: Iterable[datetime | None]) -> dict[str, str]:
    """Return the marks of an activity: how deep it stands, and when it last changed."""
    last = min(by.at, max(one for one in changed if one))
    return {
        "hierarchy": hierarchy,
        "default_currency": xml.CURRENCY,
        "last_updated_datetime": xml.moment(last),
    }


def names(by: Reporter, identifier: str, title: str, description: str) -> list[xml.Element]:
    """Return what an activity begins with. What has no description is described by its title."""
    return [
        xml.text("iati-identifier", identifier),
        xml.organisation("reporting-org", by.body),
        xml.words("title", title),
        xml.words("description", description.strip() or title, type="1"),
    ]


def taking_part(role: str, bodies: Iterable[xml.Body]) -> list[xml.Element]:
    """Return organisations in a role, each once."""
    return [xml.organisation("participating-org", one, role=role) for one in dict.fromkeys(bodies)]


def place(area: Area) -> list[xml.Element]:
    """Return where the money goes: the country, and the place in it by its name."""
    return [
        xml.element("recipient-country", code=xml.COUNTRY),
        xml.element("location", xml.words("name", area.name)),
    ]


def sector(code: str) -> xml.Element:
    """Return what the money is for: the whole of it in one sector."""
    return xml.element("sector", vocabulary="1", code=code, percentage="100")


def page(address: str, title: str) -> xml.Element:
    """Return where the same is told to people."""
    return xml.element(
        "document-link",
        xml.words("title", title),
        xml.element("category", code=_WEB_PAGE),
        xml.element("language", code="zh"),
        format="text/html",
        url=f"{own_host()}{address}",
    )


def givers(accounts: Iterable[Account]) -> list[xml.Body]:
    """Return whom money comes from."""
    return [party(one) for one in accounts if one.kind in flows.OUTSIDE]


def getters(accounts: Iterable[Account]) -> list[xml.Body]:
    """Return which bodies are paid."""
    return [xml.body_of(one.unit) for one in accounts if one.kind == flows.PAID and one.unit]
