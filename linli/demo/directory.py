"""The services and stations of the five places: invented guides and hours, made by the offices' own people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from linli.demo import directory_tables as tables
from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import TOWNS, Town, unit_name
from linli.directory import actions
from linli.directory.actions import (
    LocationDraft,
    OfferDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
    TermDraft,
)
from linli.directory.models import Location, Organization, Service, TaxonomyTerm
from linli.kernel.actors import Actor

THEMES = {
    "jobs": "就业与技能",
    "law": "法律与维权",
    "learning": "学习与育儿",
    "health": "健康",
    "care": "救助与养老",
    "newcomers": "新来居民",
    "business": "开店经营",
    "culture": "文化场馆",
}
MARK = "(示例)"
AT_MOST = 2  # stations of a kind at which one service is offered


class Station(NamedTuple):
    """One place of the demo, with what services need to know of it."""

    key: str
    kind: str
    location: Location


def open_services(*, by: Actor, at: datetime) -> None:
    """Make the organizations, services and stations that are missing."""
    with actions.together(by=by, at=at):
        _open_all(by, at)


def _open_all(by: Actor, at: datetime) -> None:
    _write_terms(by, at)
    services, stations = list(rows("services.tsv")), list(rows("stations.tsv"))
    spoken = list(rows("languages.tsv"))
    for town in TOWNS:
        offices = _offices(town, services, stations)
        run = _organizations(town, offices, by=by, at=at)
        here = [row for row in stations if row[1] == town.code]
        if _whole(town, services, here):
            continue
        places = [
            Station(row[0], row[4], _station(row, run, spoken, number, at))
            for number, row in enumerate(here)
        ]
        _open_in(town, services, run, places, at)


def _whole(town: Town, services: list[list[str]], stations: list[list[str]]) -> bool:
    """Say whether everything of a town is there: then there is nothing to look up one by one."""
    there = Service.objects.filter(organization__area=town.code, organization__name__endswith=MARK)
    offered = [row for row in services if _is_of(row, town)]
    places = Location.objects.filter(area=town.code, name__endswith=MARK)
    return there.count() >= len(offered) and places.count() >= len(stations)


def _write_terms(by: Actor, at: datetime) -> None:
    known = set(TaxonomyTerm.objects.filter(taxonomy="theme").values_list("code", flat=True))
    for code, name in THEMES.items():
        if code not in known:
            actions.write_term(by=by, at=at, draft=TermDraft("theme", code, name))


def _is_of(row: list[str], town: Town) -> bool:
    return row[1] == "*" or town.code in row[1].split(",")


def _offices(town: Town, services: list[list[str]], stations: list[list[str]]) -> list[str]:
    offering = [row[2] for row in services if _is_of(row, town)]
    running = [row[2] for row in stations if row[1] == town.code]
    return list(dict.fromkeys(offering + running))


def _organizations(
    town: Town, offices: list[str], *, by: Actor, at: datetime
) -> dict[str, Organization]:
    known = {one.name: one for one in Organization.objects.filter(area=town.code)}
    made = {}
    for office in offices:
        unit = unit_name(town, office)
        draft = OrganizationDraft(name=unit + MARK, area=town.code, unit=unit)
        found = known.get(draft.name)
        made[office] = found or actions.add_organization(by=by, at=at, draft=draft)
    return made


def _station(
    row: list[str],
    run: dict[str, Organization],
    spoken: list[list[str]],
    number: int,
    at: datetime,
) -> Location:
    key, area, office, name, kind, address, transport, access, tile, hours, phone, words = row
    if found := Location.objects.filter(area=area, name=name + MARK).first():
        return found
    line, column = map(int, tile.split(","))
    draft = LocationDraft(
        organization=run[office].uuid,
        area=area,
        name=name + MARK,
        kind=kind,
        address=address,
        transport=transport,
        description=words,
        access=tuple(access.split()),
        tile=(line, column),
        phones=(PhoneDraft(number=phone),),
        schedules=tables.schedules(hours),
        languages=_with_common(key, hours, spoken),
    )
    # Looked at on different days, as it is in life: some is fresh, some has aged.
    seen = at - timedelta(days=(number * 7 % 17) ** 2)
    return actions.open_location(by=_keeper(run[office]), at=seen, draft=draft)


def _with_common(
    key: str, hours: str, spoken: list[list[str]]
) -> tuple[actions.LanguageDraft, ...]:
    """Return the languages of a station; the common language is spoken whenever it is open."""
    weekly = [rule.split()[0] for rule in hours.split("; ")]
    days = ",".join(day for day in weekly if not any(sign.isdigit() for sign in day))
    return tables.languages(
        [["zh-Hans", days, "in_person"], *(row[1:] for row in spoken if row[0] == key)]
    )


def _open_in(
    town: Town,
    services: list[list[str]],
    run: dict[str, Organization],
    places: list[Station],
    at: datetime,
) -> None:
    made: dict[str, Service] = {}
    known = {
        (one.organization_id, one.name): one
        for one in Service.objects.filter(organization__area=town.code)
    }
    offered = [row for row in services if _is_of(row, town)]
    # An alternative is there before those it stands in for.
    for number, row in enumerate(sorted(offered, key=lambda row: _depth(row, offered))):
        organization = run[row[2]]
        found = known.get((organization.pk, row[4]))
        seen = at - timedelta(days=(number * 37 % 20) ** 2)
        by = _keeper(organization)
        made[row[0]] = found or actions.add_service(
            by=by, at=seen, draft=_guide(row, town, organization, made)
        )
        if found is None:
            for place, window in _where(row, places, number):
                draft = OfferDraft(
                    service=made[row[0]].uuid, location=place.location.uuid, window=window
                )
                actions.offer_service(by=by, at=seen, draft=draft)


def _guide(
    row: list[str], town: Town, organization: Organization, made: dict[str, Service]
) -> ServiceDraft:
    (_, _, _, theme, name, others, words, times, price, papers, steps, rules, instead, _, basis) = (
        row
    )
    promised, statutory, visits = (int(number) if number else None for number in times.split("/"))
    return ServiceDraft(
        organization=organization.uuid,
        name=name,
        other_names=tuple(others.split("、")),
        description=words + MARK,
        terms=(f"theme/{theme}",),
        areas=(town.code,),
        rules=tables.rules(rules, town.code),
        instead=made[instead].uuid if instead in made else None,
        promised_days=promised,
        statutory_days=statutory,
        visits=visits,
        basis=basis,
        documents=tables.documents(papers),
        stages=tables.stages(steps),
        costs=tables.costs(price),
    )


def _depth(row: list[str], offered: list[list[str]]) -> int:
    above = next((other for other in offered if other[0] == row[12]), None)
    return 0 if above is None else 1 + _depth(above, offered)


def _where(row: list[str], places: list[Station], number: int) -> Iterator[tuple[Station, str]]:
    for said in row[13].split():
        there = [place for place in places if said in {place.key, place.kind}]
        start = number % len(there) if there else 0
        for place in (there[start:] + there[:start])[:AT_MOST]:
            window = f"{number % 12 + 1}号窗口" if place.kind == "hall" else ""
            yield place, window


def _keeper(organization: Organization) -> Actor:
    return people.officer(organization.name.removesuffix(MARK))
