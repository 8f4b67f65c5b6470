"""A vacancy in schema.org's words (JobPosting), for whoever reads pages by program."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import override

from linli.directory.schemas.schemaorg import CONTEXT
from linli.offers.models import Vacancy

Told = dict[str, Any]


def posting_told(vacancy: Vacancy, host: str) -> Told:
    """Return a vacancy as a JobPosting. host: in front of addresses, no slash at its end."""
    with override(settings.LANGUAGE_CODE):
        address = host + reverse("offers:vacancy", args=[vacancy.code])
    last = datetime.combine(vacancy.valid_until, time(23, 59, 59), get_current_timezone())
    return {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "@id": address,
        "url": address,
        "title": vacancy.title,
        "description": vacancy.description or vacancy.title,
        "identifier": _value("PropertyValue", name=vacancy.unit.name, value=vacancy.code),
        "datePosted": vacancy.posted_on.isoformat(),
        "validThrough": last.isoformat(),
        "employmentType": vacancy.employment,
        "totalJobOpenings": vacancy.posts,
        "hiringOrganization": _employer(vacancy),
        "jobLocation": _place(vacancy),
        "directApply": False,
    } | _asked_and_paid(vacancy)


def _employer(vacancy: Vacancy) -> Told:
    employer = vacancy.organization
    said = {"sameAs": employer.website} if employer.website else {}
    return _value("Organization", name=employer.name, **said)


def _place(vacancy: Vacancy) -> Told:
    area = vacancy.area
    region = {"addressRegion": area.parent.name} if area.parent else {}
    return _value(
        "Place",
        address=_value("PostalAddress", addressLocality=area.name, addressCountry="CN", **region),
    )


def _asked_and_paid(vacancy: Vacancy) -> Told:
    told: Told = {"qualifications": vacancy.requirements} if vacancy.requirements else {}
    pay = {"minValue": vacancy.pay_from, "maxValue": vacancy.pay_to}
    known = {name: value for name, value in pay.items() if value is not None}
    if known:
        value = _value("QuantitativeValue", unitText="MONTH", **known)
        told["baseSalary"] = _value("MonetaryAmount", currency="CNY", value=value)
    return told


def _value(kind: str, **said: object) -> Told:
    return {"@type": kind, **said}
