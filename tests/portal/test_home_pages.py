"""The way in: what is open, what is new, how much is public; made in few queries, and kept while nothing changes."""

import pytest

from linli.ui.kept import pages
from tests.town import guides as town
from tests.town import plans, recalls, reports

pytestmark = pytest.mark.django_db


def test_counts_what_is_public_and_nothing_else(client, noon):
    reports.published(at=noon)
    reports.report(at=noon, text=reports.JIAYUGUAN)
    plans.accepted(at=noon)
    town.service(at=noon)

    page = client.get("/")
    counts = {step.counts: count for step, count in page.context["steps"]}

    assert (counts["reports"], counts["promises"], counts["services"]) == (1, 1, 1)
    assert (page.context["promised"], page.context["proven"]) == (1, 1)
    assert counts[""] is None


def test_tells_what_is_new_and_leads_a_place_to_its_report(client, noon):
    kept = reports.report(at=noon)
    shown = reports.published(at=noon, text=reports.JIAYUGUAN)

    page = client.get("/")
    ways = {place.code: address for place, address in page.context["places"]}

    assert [one.address for one in page.context["news"]] == [f"/reports/{shown.code}/"]
    assert ways["620200"] == f"/reports/{shown.code}/"
    assert ways["620100"] == ""
    assert kept.title not in page.content.decode()


def test_warns_of_recalls_in_force(client, noon):
    running = recalls.running(recalls.chain(noon).beef, at=noon)

    assert [one.address for one in client.get("/").context["recalls"]] == [
        f"/food/recalls/{running.code}/"
    ]


def test_is_made_in_seven_queries_and_kept(client, noon, django_assert_max_num_queries):
    town.station(at=noon)
    client.get("/")  # the hours of the day at which places open are asked once an edition
    reports.published(at=noon)
    pages.forget()

    with django_assert_max_num_queries(7):
        client.get("/")
    with django_assert_max_num_queries(2):
        client.get("/")


def test_is_made_anew_once_something_is_published(client, noon):
    town.station(at=noon)
    assert client.get("/").context["news"] == []

    reports.published(at=noon)

    assert len(client.get("/").context["news"]) == 1
