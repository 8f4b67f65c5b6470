"""Services and places in schema.org's words, for whoever reads pages by program. JSON-LD is data, not a script:
a strict content policy lets it stand.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from linli.directory.models import Location, Organization, Phone, Schedule, Service
from linli.directory.models import ServiceAtLocation as Offer
from linli.directory.rules.hours import weekdays_of
from linli.directory.schemas.hsds_rows import Rows

Told = dict[str, Any]

CONTEXT = "https://schema.org"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OFFICES = {"station", "hall", "centre", "office"}
_SIGNS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def service_told(service: Service, offers: Iterable[Offer], host: str) -> Told:
    """Return a service with who offers it, for which areas, at which price and where."""
    rows = Rows(host)
    areas = [{"@type": "AdministrativeArea", "name": area.name} for area in service.areas.all()]
    prices = [_price(cost.amount, cost.currency, cost.option) for cost in service.costs.all()]
    channels = [_channel(offer, rows) for offer in offers]
    return _known(
        {
            "@context": CONTEXT,
            "@type": "GovernmentService",
            "@id": rows.page_of("service", service.code),
            "url": rows.page_of("service", service.code),
            "name": service.name,
            "alternateName": service.other_names,
            "description": service.description,
            "serviceOperator": _organization(service.organization),
            "areaServed": areas,
            "offers": prices or [_price(0, "CNY", "")],
            "availableChannel": channels,
        }
    )


def place_told(location: Location, host: str) -> Told:
    """Return a place with its address, phones, hours and who runs it."""
    return {"@context": CONTEXT} | _place(location, Rows(host))


def in_page(told: Told) -> SafeString:
    """Return data as it may stand in a page: nothing in it can end the element."""
    said = json.dumps(told, ensure_ascii=False).translate(_SIGNS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(said))  # noqa: S308 - signs of HTML are written as numbers


def _place(location: Location, rows: Rows) -> Told:
    office = location.kind in _OFFICES
    schedules = [*location.schedules.all()]
    hours = [one for schedule in schedules for one in _hours(schedule)]
    kinds: Told = {"@type": "GovernmentOffice"} if office else {"@type": "CivicStructure"}
    runs = {"parentOrganization": _organization(location.organization)} if office else {}
    return _known(
        kinds
        | {
            "@id": rows.page_of("station", location.code),
            "url": rows.page_of("station", location.code),
            "name": location.name,
            "alternateName": location.other_names,
            "description": location.description,
            "address": _known(
                {
                    "@type": "PostalAddress",
                    "streetAddress": location.address,
                    "addressLocality": location.area.name,
                    "addressCountry": "CN",
                }
            ),
            "telephone": [_number(phone) for phone in location.phones.all()],
            "openingHoursSpecification": hours,
        }
        | runs
    )


def _hours(schedule: Schedule) -> list[Told]:
    """Return weekly hours; schema.org has no words for other rules."""
    week = weekdays_of(schedule.rrule)
    if week is None:
        return []
    last = schedule.valid_until and schedule.valid_until - timedelta(days=1)
    return [
        _known(
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [f"{CONTEXT}/{_DAYS[day]}" for day in week],
                "opens": f"{schedule.opens_at:%H:%M:%S}",
                "closes": f"{schedule.closes_at:%H:%M:%S}",
                "validFrom": schedule.starts_on.isoformat(),
                "validThrough": last.isoformat() if last else "",
            }
        )
    ]


def _channel(offer: Offer, rows: Rows) -> Told:
    said = {"@type": "ServiceChannel", "serviceLocation": _place(offer.location, rows)}
    return _known(said | {"name": offer.window, "description": offer.description})


def _organization(organization: Organization) -> Told:
    said = {"@type": "GovernmentOrganization", "name": organization.name}
    return _known(said | {"url": organization.website, "email": organization.email})


def _price(fen: int, currency: str, option: str) -> Told:
    said = {"@type": "Offer", "price": f"{fen / 100:.2f}", "priceCurrency": currency}
    return _known(said | {"name": option})


def _number(phone: Phone) -> str:
    return f"{phone.number};ext={phone.extension}" if phone.extension else phone.number


def _known(told: Told) -> Told:
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}
