"""What the one file tells of a service and of a place: what their pages tell, in plain values."""

from collections.abc import Iterable

from linli.directory.models import Location, Phone, Schedule, Service
from linli.directory.models import ServiceAtLocation as Offer
from linli.directory.rules.hsds import last_day
from linli.directory.rules.offline import Told


def service_told(one: Service) -> Told:
    """Return a guide, with its parts already read."""
    return _known(
        kind="service",
        code=one.code,
        name=one.name,
        other_names=one.other_names,
        organization=one.organization.name,
        status=one.status,
        alert=one.alert,
        description=one.description,
        eligibility=one.eligibility,
        rules=one.rules,
        promised_days=one.promised_days,
        statutory_days=one.statutory_days,
        visits=one.visits,
        papers=[
            _known(name=paper.name, form=paper.form, copies=paper.copies, without=paper.without)
            for paper in one.documents.all()
        ],
        stages=[
            _known(name=stage.name, words=stage.words, days=stage.days)
            for stage in one.stages.all()
        ],
        costs=[
            _known(option=cost.option, fen=cost.amount, currency=cost.currency)
            for cost in one.costs.all()
        ],
        phones=_phones(one.phones.all()),
        basis=one.basis,
        places=[_offer(offer) for offer in one.at_locations.all()],
        assured_on=one.assured_on.isoformat(),
    )


def place_told(one: Location) -> Told:
    """Return a place, with its parts already read."""
    languages: dict[str, list[str]] = {}
    for spoken in one.languages.all():
        languages.setdefault(spoken.language, []).append(f"{spoken.weekday} {spoken.mode}")
    return _known(
        kind="place",
        code=one.code,
        name=one.name,
        other_names=one.other_names,
        organization=one.organization.name,
        kind_of_place=one.kind,
        area=one.area.name,
        address=one.address,
        transport=one.transport,
        description=one.description,
        access=one.access,
        phones=_phones(one.phones.all()),
        hours=_hours(one.schedules.all()),
        languages=languages,
        assured_on=one.assured_on.isoformat(),
    )


def _offer(offer: Offer) -> Told:
    place = offer.location
    return _known(
        code=place.code,
        name=place.name,
        address=place.address,
        window=offer.window,
        note=offer.description,
        hours=_hours(offer.schedules.all()),
    )


def _hours(schedules: Iterable[Schedule]) -> list[Told]:
    return [
        _known(
            rrule=one.rrule,
            opens_at=f"{one.opens_at:%H:%M}",
            closes_at=f"{one.closes_at:%H:%M}",
            starts_on=one.starts_on.isoformat(),
            last_on=last.isoformat() if (last := last_day(one.valid_until)) else None,
            days_off=one.days_off,
            note=one.note,
        )
        for one in schedules
    ]


def _phones(phones: Iterable[Phone]) -> list[str]:
    return [" ".join(filter(None, (one.number, one.extension, one.description))) for one in phones]


def _known(**said: object) -> Told:
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}
