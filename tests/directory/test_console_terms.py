"""The desk's pages of words to sort by, of organizations that close, and of hours that an offer has for itself."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from linli.directory import actions
from linli.directory.models import Change, Organization, Schedule, ServiceAtLocation, TaxonomyTerm
from linli.directory.queries.drafts import offer_draft
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import services as town
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(noon):
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


def url(name, *args):
    return "/en" + reverse(f"directory:{name}", args=args).removeprefix("/en")


# Words to sort by


def test_lists_words_with_what_hangs_on_them(planner, django_assert_max_num_queries):
    town.full_service()
    town.term("housing", "住房")
    planner.get(url("term_list"))

    with django_assert_max_num_queries(6):
        html = planner.get(url("term_list")).content.decode()

    assert html.index("住房") < html.index("就业")
    assert 'href="/en/console/services/?term=jobs">1</a>' in html


def test_adds_and_amends_a_word(planner):
    wide = town.term()
    given = {
        "taxonomy": "theme",
        "code": "training",
        "name": "培训",
        "description": "",
        "above": "jobs",
    }

    assert planner.post(url("term_new"), given).status_code == 302
    made = TaxonomyTerm.objects.get(code="training")
    assert (made.name, made.parent) == ("培训", wide)

    planner.post(url("term_edit", made.uuid), {"name": "技能培训", "description": "含证书"})

    made.refresh_from_db()
    assert (made.name, made.description, made.parent, made.code) == (
        "技能培训", "含证书", None, "training",
    )  # fmt: skip
    assert [one.verb for one in Change.objects.filter(thing=made.uuid)] == ["added", "amended"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "jobs"}, "Another word bears this code."),
        ({"taxonomy": "venue", "above": "jobs"}, "The wider word is of another taxonomy."),
        ({"code": "两字"}, "Enter a valid"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_refuses_a_word_that_is_none(planner, changed, sentence):
    town.term()
    given = {"taxonomy": "theme", "code": "new", "name": "新"} | changed

    answer = planner.post(url("term_new"), given)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert TaxonomyTerm.objects.count() == 1


def test_refuses_a_word_above_itself(planner, noon):
    wide = town.term()
    draft = actions.TermDraft("theme", "training", "培训", above="jobs")
    actions.write_term(by=town.planner(), at=noon, draft=draft)

    answer = planner.post(url("term_edit", wide.uuid), {"name": "就业", "above": "training"})

    assert answer.status_code == 422
    assert "A word cannot stand above itself." in answer.content.decode()
    wide.refresh_from_db()
    assert wide.parent is None


def test_takes_a_word_away_on_which_nothing_hangs(planner):
    term = town.term()

    answer = planner.post(url("term_close", term.uuid))

    assert answer.status_code == 302
    assert not TaxonomyTerm.objects.exists()
    kept = Change.objects.filter(thing=term.uuid).last()
    assert (kept.verb, kept.was["name"], kept.was["code"]) == ("dropped", "就业", "jobs")


def test_keeps_a_word_that_still_sorts(planner):
    town.full_service()
    term = TaxonomyTerm.objects.get()
    assert "1 service is sorted by it" in planner.get(url("term_edit", term.uuid)).content.decode()

    answer = planner.post(url("term_close", term.uuid))

    assert answer.status_code == 422
    assert "sort them by another first" in answer.content.decode()
    assert TaxonomyTerm.objects.exists()


@pytest.mark.parametrize(
    ("build", "by", "code"),
    [
        (lambda _at: town.full_service(), town.planner, "still_sorts"),
        (
            lambda at: actions.write_term(
                by=town.planner(), at=at, draft=actions.TermDraft("theme", "n", "窄", above="jobs")
            ),
            town.planner,
            "still_above",
        ),
        (lambda _at: None, town.officer, "not_allowed"),
        (lambda _at: None, town.clerk, "not_allowed"),
    ],
)
def test_refuses_to_take_a_word_away(noon, build, by, code):
    term = town.term()
    build(noon)
    before = Change.objects.count()

    with pytest.raises(Refused) as refused:
        actions.close_term(by=by(), at=noon, term=term)

    assert refused.value.code == code
    assert TaxonomyTerm.objects.filter(pk=term.pk).exists()
    assert Change.objects.count() == before


def test_takes_a_word_away_that_sorted_only_what_has_ended(noon):
    service = town.full_service()
    actions.end_service(by=town.planner(), at=noon, service=service)

    actions.close_term(by=town.planner(), at=noon, term=TaxonomyTerm.objects.get())

    assert not TaxonomyTerm.objects.exists()


# Organizations that close


def test_closes_an_organization_on_which_nothing_hangs(planner, noon):
    organization = town.organization()
    page = planner.get(url("organization_edit", organization.uuid)).content.decode()
    assert "Nothing hangs on it." in page

    assert planner.post(url("organization_close", organization.uuid)).status_code == 302

    organization.refresh_from_db()
    assert organization.closed_on == (noon + timedelta(days=1)).date()
    page = planner.get(url("organization_edit", organization.uuid)).content.decode()
    assert "Closed for good on 2026-11-22." in page


def test_keeps_an_organization_open_that_still_offers_and_says_what(planner):
    organization = town.organization()
    town.service()
    town.station()

    page = planner.get(url("organization_edit", organization.uuid)).content.decode()
    answer = planner.post(url("organization_close", organization.uuid))

    assert answer.status_code == 422
    assert "1 service is still offered" in page
    assert "1 place is still open" in page
    assert "End its services and close its places first" in answer.content.decode()
    assert Organization.objects.get(pk=organization.pk).closed_on is None


def test_lists_the_places_of_one_organization(planner):
    organization = town.organization()
    ours = town.station()
    other = town.organization("嘉峪关市法律援助中心", unit="")
    theirs = town.station("法援大厅", organization=other)

    page = planner.get(f"{url('place_list')}?organization={organization.uuid}").content.decode()
    table = page.partition("<tbody")[2]

    assert ours.name in table
    assert theirs.name not in table


def test_closes_no_organization_twice(planner, noon):
    organization = town.organization()
    actions.close_organization(
        by=town.planner(), at=noon, organization=organization, on=noon.date()
    )

    answer = planner.post(url("organization_close", organization.uuid))

    assert answer.status_code == 422
    assert "It is closed already." in answer.content.decode()
    assert Organization.objects.get().closed_on == noon.date()


# Hours of one service at one place


@pytest.fixture
def offered():
    return town.offer(town.service(), town.station(), window="3号窗口")


def rows(*hours, initial=0, **offer):
    given = {"window": "3号窗口", "description": ""} | offer
    given |= {"hours-TOTAL_FORMS": str(len(hours)), "hours-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(hours):
        shown = {"often": "week", "days_off": "closed"} | row
        given |= {f"hours-{number}-{name}": value for name, value in shown.items()}
    return given


def address(offer):
    return url("offer_edit", offer.service.code, offer.uuid)


def test_gives_a_service_hours_of_its_own_and_a_day_that_differs(planner, offered):
    week = {"days": ["1", "3"], "opens_at": "09:00", "closes_at": "12:00"}
    once = {"often": "once", "starts_on": "2026-12-26", "opens_at": "14:00", "closes_at": "16:00"}

    answer = planner.post(address(offered), rows(week, once | {"days_off": "open"}))

    assert answer.status_code == 302
    told = [
        (one.rrule, one.opens_at, one.starts_on, one.days_off)
        for one in Schedule.objects.filter(offer=offered)
    ]
    assert told == [
        ("FREQ=WEEKLY;BYDAY=TU,TH", time(9), date(2026, 11, 22), "closed"),
        ("FREQ=DAILY;COUNT=1", time(14), date(2026, 12, 26), "open"),
    ]
    page = planner.get(address(offered)).content.decode()
    assert "its own" in page
    assert 'value="2026-12-26"' in page


def test_goes_back_to_the_hours_of_the_place(planner, offered, noon):
    draft = offer_draft(offered)
    actions.amend_offer(
        by=town.planner(), at=noon, offer=offered,
        draft=actions.OfferDraft(
            service=draft.service, location=draft.location, schedules=(town.schedule(),)
        ),
    )  # fmt: skip
    kept = Schedule.objects.get(offer=offered)
    row = {
        "uuid": str(kept.uuid), "days": ["0"], "opens_at": "09:00", "closes_at": "17:30",
        "DELETE": "on",
    }  # fmt: skip

    planner.post(address(offered), rows(row, initial=1))

    assert not Schedule.objects.filter(offer=offered).exists()
    assert "as the place" in planner.get(address(offered)).content.decode()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"days": ["0"], "opens_at": "12:00", "closes_at": "09:00"}, "It closes before it opens."),
        ({"opens_at": "09:00", "closes_at": "12:00"}, "Choose at least one day."),
        (
            {"often": "once", "opens_at": "09:00", "closes_at": "12:00"},
            "Say on which day.",
        ),
        (
            {"often": "rule", "rrule": "FREQ=SOMETIMES", "opens_at": "09:00", "closes_at": "12:00"},
            "The opening days are no rule that we can read.",
        ),
        (
            {
                "days": ["0"], "opens_at": "09:00", "closes_at": "12:00",
                "starts_on": "2026-12-01", "valid_until": "2026-11-30",
            },
            "The hours end before they begin.",
        ),
    ],
)  # fmt: skip
def test_refuses_hours_that_are_none(planner, offered, row, sentence):
    answer = planner.post(address(offered), rows(row))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Schedule.objects.filter(offer=offered).exists()


def test_asks_for_more_rows_without_keeping_anything(planner, offered):
    answer = planner.post(address(offered), rows({"window": "5号窗口"}) | {"more": "hours"})

    assert answer.status_code == 200
    assert answer.content.decode().count('class="part"') == 4
    assert ServiceAtLocation.objects.get().window == "3号窗口"


def test_lets_those_keep_it_who_offer_the_service(client, offered):
    staff = account(Role.OFFICER)
    client.force_login(staff)
    assert client.get(address(offered)).status_code == 403

    staff.unit = town.UNIT
    staff.save()
    assert client.get(address(offered)).status_code == 200
