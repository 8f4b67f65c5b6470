"""Places: opened, amended, assured, closed; which services are offered there."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from linli.directory import actions, queries
from linli.directory.models import (
    Change,
    LanguageHours,
    Location,
    Phone,
    Schedule,
    ServiceAtLocation,
)
from linli.directory.queries.drafts import location_draft, offer_draft
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import services as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
TABLES = (Location, Schedule, LanguageHours, Phone, ServiceAtLocation, Change)
OTHERS = "嘉峪关市教育局"


def refused(code, deed, **given):
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    with pytest.raises(Refused) as refusal:
        deed(**given)
    assert refusal.value.code == code
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before


def amended(location, *, by=None, at=town.NOON, seen=None, **changes):
    draft = replace(location_draft(location), **changes)
    by = by or town.planner()
    return actions.amend_location(by=by, at=at, location=location, draft=draft, seen=seen)


def history(thing):
    return [(one.verb, one.was, one.becomes) for one in reversed(queries.changes_of(thing.uuid))]


def test_opens_a_place_with_hours_languages_and_ways_in(noon):
    languages = town.speaks("ug", (0, 2)) + town.speaks("bo", (1,), "video")
    made = town.station(
        at=noon, access=("step-free", "lift"), tile=(2, 3), languages=languages,
        phones=(actions.PhoneDraft(number="0937-6221111", description="值班电话"),),
    )  # fmt: skip

    location = Location.objects.get(code=made.code)
    said = location_draft(location).said()
    assert said["schedules"] == [
        {
            "rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "opens_at": "09:00",
            "closes_at": "17:30",
            "starts_on": "2024-01-01",
            "valid_until": None,
            "days_off": "closed",
            "note": "",
        }
    ]
    assert said["languages"] == [
        {"language": "bo", "weekday": 1, "mode": "video"},
        {"language": "ug", "weekday": 0, "mode": "in_person"},
        {"language": "ug", "weekday": 2, "mode": "in_person"},
    ]
    assert (said["access"], said["tile"]) == (["lift", "step-free"], [2, 3])
    assert (location.assured_on, location.assured_by) == (date(2026, 11, 21), town.planner().unit)
    assert [verb for verb, _, _ in history(location)] == ["added"]


def test_writes_nothing_for_languages_in_another_order(noon):
    languages = town.speaks("ug", (0, 2)) + town.speaks("bo", (1,), "video")
    location = town.station(at=noon, languages=languages)

    amended(location, languages=languages[::-1])

    assert len(history(location)) == 1


def test_changes_hours_and_languages_and_keeps_what_stays(noon):
    location = town.station(at=noon, languages=town.speaks("ug", (0, 2)))
    row, spoken = location.schedules.get(), location.languages.get(weekday=2)

    amended(
        location,
        schedules=(
            town.schedule(closes_at=time(18)),
            town.schedule((5,), closes_at=time(12), days_off="open"),
        ),
        languages=town.speaks("ug", (2, 4)),
    )

    first, second = location.schedules.all()
    assert (first.uuid, first.closes_at) == (row.uuid, time(18))
    assert (second.rrule, second.days_off) == ("FREQ=WEEKLY;BYDAY=SA", "open")
    assert location.languages.get(weekday=2).pk == spoken.pk
    assert [one.weekday for one in location.languages.all()] == [2, 4]
    assert set(history(location)[1][2]) == {"schedules", "languages"}


def test_assures_and_closes_a_place_and_changes_it_no_more(noon):
    location = town.station(at=noon)
    later = noon + timedelta(days=150)

    assert queries.station_page(location.code, later.date()).fresh.state == "ageing"
    actions.assure_location(by=town.clerk(), at=later, location=location)
    actions.close_location(by=town.clerk(), at=later, location=location, on=later.date())

    location.refresh_from_db()
    assert (location.assured_by, location.closed_on) == (town.UNIT, later.date())
    assert [verb for verb, _, _ in history(location)] == ["added", "assured", "closed"]
    assert list(queries.stations()) == []
    given = {"by": town.planner(), "at": later, "location": location}
    refused("already_closed", actions.close_location, on=later.date(), **given)
    draft = town.station_draft("新名称")
    refused("already_closed", actions.amend_location, draft=draft, **given)


@pytest.mark.parametrize(
    "by", [town.officer(OTHERS), town.clerk(OTHERS), actor(Role.SUPERVISOR, unit=town.UNIT)]
)
def test_refuses_whoever_does_not_keep_it(noon, by):
    location, service = town.station(at=noon), town.service(at=noon)
    offer = town.offer(service, location, at=noon)
    other = town.station("永乐社区邻里服务站", at=noon)
    given = {"by": by, "at": noon}

    draft = town.station_draft("新名称")
    refused("not_allowed", actions.open_location, draft=draft, **given)
    refused("not_allowed", actions.amend_location, location=location, draft=draft, **given)
    refused("not_allowed", actions.assure_location, location=location, **given)
    refused("not_allowed", actions.close_location, location=location, on=noon.date(), **given)
    offered = actions.OfferDraft(service=service.uuid, location=other.uuid)
    refused("not_allowed", actions.offer_service, draft=offered, **given)
    refused("not_allowed", actions.amend_offer, offer=offer, draft=offered, **given)
    refused("not_allowed", actions.drop_offer, offer=offer, **given)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_name", {"name": ""}),
        ("too_long", {"address": "长" * 201}),
        ("unknown_kind", {"kind": "home"}),
        ("unknown_way_in", {"access": ("step-free", "escalator")}),
        ("not_on_the_map", {"tile": (100, 3)}),
        ("unknown_area", {"area": "999999"}),
        ("unknown_language", {"languages": town.speaks("维吾尔语")}),
        ("unknown_way_of_speaking", {"languages": town.speaks("ug", mode="fax")}),
        ("unknown_way_of_speaking", {"languages": town.speaks("ug", (7,))}),
        ("language_stands_twice", {"languages": town.speaks("ug", (1, 1))}),
        ("not_a_rule_of_days", {"schedules": (town.schedule("FREQ=HOURLY"),)}),
        ("closes_before_it_opens", {"schedules": (town.schedule(closes_at=time(9)),)}),
        ("unknown_days_off", {"schedules": (town.schedule(days_off="maybe"),)}),
        (
            "ends_before_it_begins",
            {"schedules": (town.schedule(valid_until=date(2023, 1, 1)),)},
        ),
        ("not_a_number", {"phones": (actions.PhoneDraft(number="?"),)}),
    ],
)
def test_refuses_a_draft_with_a_fault(noon, code, changes):
    location = town.station(at=noon)
    draft = replace(location_draft(location), **changes)
    given = {"by": town.planner(), "at": noon, "draft": draft}

    refused(code, actions.amend_location, location=location, **given)
    refused(code, actions.open_location, **given)


def test_refuses_what_somebody_else_has_changed_meanwhile(noon):
    location = town.station(at=noon)
    amended(location, at=noon + timedelta(hours=1), seen=noon, address="祁连街2号")

    refused(
        "changed_meanwhile", actions.amend_location, by=town.planner(), at=noon,
        location=location, draft=town.station_draft("新名称"), seen=noon,
    )  # fmt: skip


def test_refuses_an_organization_that_is_not_there_and_an_id_twice(noon):
    location = town.station(at=noon, phones=(actions.PhoneDraft(number="0937-1"),))
    draft = replace(location_draft(location), organization=location.uuid)
    refused("unknown_organization", actions.open_location, by=town.planner(), at=noon, draft=draft)

    draft = replace(location_draft(location), name="别处")  # brings the ids of another's parts
    refused("id_stands_twice", actions.open_location, by=town.planner(), at=noon, draft=draft)


def test_offers_a_service_at_a_place_in_hours_of_its_own(noon):
    service, location = town.service(at=noon), town.station(at=noon)
    offer = town.offer(
        service, location, at=noon, window="3号窗口", schedules=(town.schedule((1,)),)
    )
    draft = replace(offer_draft(offer), window="5号窗口")
    actions.amend_offer(by=town.officer(), at=noon, offer=offer, draft=draft)
    actions.amend_offer(by=town.officer(), at=noon, offer=offer, draft=draft)

    offer.refresh_from_db()
    assert offer.window == "5号窗口"
    assert [one.rrule for one in offer.schedules.all()] == ["FREQ=WEEKLY;BYDAY=TU"]
    assert [verb for verb, _, _ in history(offer)] == ["added", "amended"]
    assert [
        one.service.name for one in queries.station_page(location.code, noon.date()).offers
    ] == ["失业登记"]

    actions.drop_offer(by=town.officer(), at=noon, offer=offer)

    assert not ServiceAtLocation.objects.exists()
    assert history(offer)[-1][:2] == ("dropped", offer_draft(offer).said() | {"schedules": [
        {
            "rrule": "FREQ=WEEKLY;BYDAY=TU", "opens_at": "09:00", "closes_at": "17:30",
            "starts_on": "2024-01-01", "valid_until": None, "days_off": "closed", "note": "",
        }
    ]})  # fmt: skip


def test_refuses_to_offer_what_or_where_there_is_nothing(noon):
    service, location = town.service(at=noon), town.station(at=noon)
    offer = town.offer(service, location, at=noon)
    draft = actions.OfferDraft(service=service.uuid, location=location.uuid)
    given = {"by": town.planner(), "at": noon}

    refused("offered_there_already", actions.offer_service, draft=draft, **given)
    lost = replace(draft, service=location.uuid)
    refused("unknown_service", actions.offer_service, draft=lost, **given)
    lost = replace(draft, location=service.uuid)
    refused("unknown_location", actions.offer_service, draft=lost, **given)
    closed = town.station("永乐社区邻里服务站", at=noon)
    actions.close_location(at=noon, by=town.planner(), location=closed, on=noon.date())
    lost = replace(draft, location=closed.uuid)
    refused("unknown_location", actions.offer_service, draft=lost, **given)
    wrong = replace(draft, window="长" * 41)
    refused("too_long", actions.amend_offer, offer=offer, draft=wrong, **given)


def test_lists_stations_of_a_place_in_a_bounded_number_of_queries(
    noon, django_assert_max_num_queries
):
    for number in range(6):
        town.station(f"第{number}服务站", at=noon, languages=town.speaks("ug") + town.speaks("bo"))

    with django_assert_max_num_queries(4):
        said = [
            (
                one.organization.name,
                one.area.name,
                len(one.schedules.all()),
                len(one.languages.all()),
            )
            for one in queries.stations("620200")
        ]

    assert said == [("嘉峪关市就业服务中心", "嘉峪关市", 1, 10)] * 6
    assert list(queries.stations("510106")) == []
    assert queries.languages_spoken("620200") == ["bo", "ug"]
