"""Somebody says that something is wrong: the case keeps what, the desk sees it, and the record says when it was put right."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from linli.cases.actions import following, handling
from linli.cases.models import Case, Correction, Draft, Topic
from linli.cases.queries.things import thing_named
from linli.directory import actions as directory_actions
from linli.directory.models import Change
from linli.directory.queries.drafts import service_draft
from linli.flows.corrections_to_record import note_corrections
from linli.kernel.limits import forget_all
from tests.cases.console import desk, main_of, page
from tests.town import cases, facts, guides, services
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(noon):
    forget_all()
    with time_machine.travel(noon, tick=False):
        yield


def topic():
    return cases.topic("correction", kind=Topic.CORRECTION, name="指正信息")


def doubted(thing, *, at, **asked):
    about = thing if isinstance(thing, str) else thing.code
    return cases.taken(at=at, topic=topic(), about=about, **asked)


def answered(case, *, at):
    return handling.reply(by=cases.officer(), at=at, case=case, words="已更正。")


def amended(service, *, at, **changes):
    service.refresh_from_db()
    directory_actions.amend_service(
        by=actor(), at=at, service=service, draft=replace(service_draft(service), **changes)
    )


def corrections(thing):
    return Change.objects.filter(thing=thing.uuid, verb="corrected")


def test_keeps_the_thing_that_a_link_names(client, noon):
    cases.other()
    service = services.service()
    topic()

    address = f"/en/ask/?topic=correction&about={service.code}"
    html = main_of(client.get(address))
    assert service.name in html
    typed = {"words": "电话打不通。", "topic": "correction", "about": service.code}
    client.post("/en/ask/", typed)
    for way in ("topic", "place", "more", "answer"):
        given = {"topic": {"topic": "correction"}, "answer": {"channel": "none"}}.get(way, {})
        client.post(f"/en/ask/{way}/", given)
    check = client.get("/en/ask/check/")
    client.post("/en/ask/check/", {"once": check.context["once"]})

    kept = Correction.objects.select_related("case").get()
    assert (kept.kind, kept.about, kept.corrected_on) == ("service", service.code, None)
    assert kept.case.kind == Topic.CORRECTION
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "about", ["", "nothing", "7K3M-92QD", "fact:7K3M-92QD", "indicator:x", "resident:1"]
)
def test_keeps_nothing_that_is_no_public_thing(noon, about):
    doubted(about, at=noon)

    assert Case.objects.count() == 1
    assert not Correction.objects.exists()


def test_keeps_nothing_for_a_case_of_another_kind(noon):
    cases.asked(at=noon, about=services.service().code)

    assert not Correction.objects.exists()


def test_knows_guides_stations_figures_and_what_they_measure(noon):
    service, station = services.service(), guides.station(at=noon)
    fact = facts.fact(at=noon)
    indicator = fact.indicator

    assert thing_named(service.code)[:2] == ("service", service.code)
    assert thing_named(station.code)[:2] == ("location", station.code)
    assert thing_named(f"fact:{fact.code}")[:2] == ("fact", fact.code)
    assert thing_named(f"indicator:{indicator.code}")[:2] == ("indicator", indicator.code)
    for one in (service.code, station.code, f"fact:{fact.code}", f"indicator:{indicator.code}"):
        assert thing_named(one).about == one
    type(indicator).objects.update(public=False)
    assert thing_named(f"fact:{fact.code}") is thing_named(f"indicator:{indicator.code}") is None


def test_links_the_thing_for_the_desk(noon):
    service = services.service()
    case = doubted(service, at=noon)

    html = main_of(desk(cases.officer()).get(f"/en/console/cases/{case.code}/"))

    assert f'<a href="/en/services/{service.code}/">{service.name}</a>' in html


def test_says_on_the_page_when_it_was_put_right(client, noon):
    service = services.service()
    case = doubted(service, at=noon)
    amended(service, at=noon + timedelta(days=1), alert="电话已更新。")
    answered(case, at=noon + timedelta(days=2))
    assert "Corrected on" not in page(client, f"/services/{service.code}/")

    assert note_corrections(noon + timedelta(days=3)) == 1

    assert Correction.objects.get().corrected_on == (noon + timedelta(days=1)).date()
    assert corrections(service).values_list("at", "by_role").get() == (
        noon + timedelta(days=1), "system",
    )  # fmt: skip
    text = page(client, f"/services/{service.code}/")
    assert "Corrected on Nov. 22, 2026, after somebody said that it was wrong." in text
    assert case.code not in text
    assert note_corrections(noon + timedelta(days=4)) == 0


def test_says_nothing_of_what_was_not_changed(noon):
    service = services.service()
    amended(service, at=noon - timedelta(days=1), alert="早先的更改。")
    answered(doubted(service, at=noon), at=noon)

    assert note_corrections(noon + timedelta(days=1)) == 0
    assert not corrections(service).exists()


def test_waits_for_the_answer_and_forgets_what_was_withdrawn(noon):
    service = services.service()
    first, second = doubted(service, at=noon), doubted(service, at=noon)
    amended(service, at=noon, alert="已更改。")
    assert note_corrections(noon) == 0
    following.withdraw(at=noon, case=second)
    answered(first, at=noon)

    assert note_corrections(noon) == 1
    assert Correction.objects.filter(corrected_on=None).get().case == second


def test_enters_one_correction_for_several_who_saw_the_same(noon):
    service = services.service()
    made = [doubted(service, at=noon) for _ in range(3)]
    amended(service, at=noon, alert="已更改。")
    for case in made:
        answered(case, at=noon)

    assert note_corrections(noon) == 3
    assert corrections(service).count() == 1


def test_corrects_a_station_too(client, noon):
    station = guides.station(at=noon)
    case = doubted(station, at=noon)
    directory_actions.close_location(by=actor(), at=noon, location=station, on=noon.date())
    answered(case, at=noon)

    assert note_corrections(noon) == 1
    assert "Corrected on" in page(client, f"/stations/{station.code}/")


def test_leads_from_a_figure_to_a_correction(client, noon):
    fact = facts.fact(at=noon)

    for address, about in (
        (f"/c/{fact.code}", f"fact:{fact.code}"),
        (f"/facts/{fact.indicator.code}/", f"indicator:{fact.indicator.code}"),
    ):
        html = client.get(f"/en{address}").content.decode()
        assert f'href="/en/ask/?topic=correction&amp;about={about}"' in html


def test_asks_one_question_while_nothing_waits(noon, django_assert_num_queries):
    doubted(services.service(), at=noon)

    with django_assert_num_queries(1):
        assert note_corrections(noon) == 0
