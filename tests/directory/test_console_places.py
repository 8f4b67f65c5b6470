"""The desk's pages of places: list, one with its week, the form with hours and languages; packages."""

import json
import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.directory import actions
from linli.directory.models import Change, Location, Organization
from linli.directory.queries.drafts import location_draft
from linli.kernel.actors import Role
from tests.directory.test_importing import PACKAGE, as_json, as_zip
from tests.town import directory
from tests.town import services as town
from tests.town.staff import account
from tests.town.told import press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(noon):
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


@pytest.fixture
def clerk(client):
    staff = account(Role.CLERK)
    staff.unit = town.UNIT
    staff.save()
    client.force_login(staff)
    return client


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def english(name, *args):
    return "/en" + url(name, *args).removeprefix("/en")


def form_of(client, name, *args):
    """Return what a browser would send of the form that the page shows."""
    forms = client.get(url(name, *args)).context["forms"]
    sent = {}
    for form in (forms.place, *(one for part in forms.parts for one in part.forms)):
        for field in form:
            value = field.value()
            if value not in (None, False, [], ""):
                sent[field.html_name] = value
    for part in forms.parts:
        for field in part.management_form:
            sent[field.html_name] = field.value()
    return sent


def all_kinds(noon):
    """A place with every kind of hours that a row can say."""
    return town.station(
        at=noon,
        schedules=(
            town.schedule(),
            town.schedule("FREQ=MONTHLY;BYDAY=-1SA", closes_at=time(12), note="律师值班"),
            town.schedule("FREQ=DAILY;COUNT=1", starts_on=date(2026, 12, 5), days_off="open"),
            town.schedule("FREQ=MONTHLY;BYDAY=1SU,3SU", valid_until=date(2027, 1, 1)),
        ),
        languages=town.speaks("ug", (0, 2)) + town.speaks("ug", (1,), "phone") + town.speaks("bo", (4,)),
        access=("step-free",),
        tile=(2, 3),
        phones=(actions.PhoneDraft(number="0937-5550001"),),
    )  # fmt: skip


def test_lists_places_in_a_bounded_number_of_queries(planner, noon, django_assert_max_num_queries):
    for number in range(8):
        town.station(f"第{number}服务站", at=noon, languages=town.speaks("ug") + town.speaks("bo"))

    with django_assert_max_num_queries(12):
        answer = planner.get(english("place_list"))

    assert "8 places" in answer.content.decode()


def test_narrows_the_list_by_what_stands_in_the_address(planner, noon):
    town.station("维语站", at=noon, languages=town.speaks("ug"))
    town.station("故事馆", at=noon - timedelta(days=300), kind="venue")
    closed = town.station("旧站", at=noon)
    actions.close_location(by=town.planner(), at=noon, location=closed, on=noon.date())

    def names(query):
        return {row[0].name for row in planner.get(url("place_list") + query).context["rows"]}

    assert names("") == {"维语站", "故事馆"}
    assert names("?language=ug") == {"维语站"}
    assert names("?kind=venue") == {"故事馆"}
    assert names("?fresh=stale") == {"故事馆"}
    assert names("?closed=on&words=旧") == {"旧站"}
    assert names("?area=620200") == {"维语站", "故事馆"}


def test_shows_a_place_with_its_week(planner, noon):
    location = all_kinds(noon)

    text = planner.get(english("place", location.code)).content.decode()

    assert "09:00–17:30" in text
    assert text.count("by phone") == 1
    assert "way in without steps" in text


def test_keeps_what_a_place_says_when_the_form_is_sent_back_as_it_is(clerk, noon):
    location = all_kinds(noon)

    answer = clerk.post(
        url("place_edit", location.code), form_of(clerk, "place_edit", location.code)
    )

    assert answer.status_code == 302
    assert Change.objects.filter(kind="location").count() == 1
    assert location_draft(Location.objects.get()) == location_draft(location)


def test_edits_hours_and_languages(clerk, noon):
    location = town.station(at=noon)
    sent = form_of(clerk, "place_edit", location.code) | {
        "hours-0-days": ["0", "1"],
        "hours-1-days": ["5"],
        "hours-1-often": "1",
        "hours-1-opens_at": "10:00",
        "hours-1-closes_at": "12:00",
        "hours-1-days_off": "open",
        "speaks-1-language": "ug",
        "speaks-1-mode": "video",
        "speaks-1-days": ["2", "3"],
        "access": ["lift", "ramp"],
    }

    assert clerk.post(url("place_edit", location.code), sent).status_code == 302

    draft = location_draft(Location.objects.get())
    assert [(one.rrule, one.days_off) for one in draft.schedules] == [
        ("FREQ=WEEKLY;BYDAY=MO,TU", "closed"),
        ("FREQ=MONTHLY;BYDAY=1SA", "open"),
    ]
    assert draft.schedules[1].starts_on == date(2026, 11, 22)
    assert {(one.weekday, one.mode) for one in draft.languages if one.language == "ug"} == {
        (2, "video"), (3, "video")
    }  # fmt: skip
    assert set(draft.access) == {"lift", "ramp"}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"area": "火星市"},
        {"tile_row": "2"},
        {"hours-0-days": []},
        {"hours-0-closes_at": "08:00"},
        {"hours-0-often": "rule", "hours-0-rrule": "FREQ=HOURLY"},
        {"hours-0-often": "once", "hours-0-starts_on": ""},
        {"hours-0-opens_at": "early"},
        {"speaks-0-language": "klingon"},
        {"speaks-0-days": []},
        {"access": ["escalator"]},
        {"phones-0-number": "找老王"},
        {"hours-0-starts_on": "2026-01-01", "hours-0-valid_until": "2025-01-01"},
    ],
)
def test_shows_the_form_again_with_what_is_wrong(clerk, noon, changes):
    location = town.station(at=noon)
    sent = form_of(clerk, "place_edit", location.code) | changes

    answer = clerk.post(url("place_edit", location.code), sent)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert location_draft(Location.objects.get()) == location_draft(location)


def test_gives_more_rows_without_keeping_anything(clerk, noon):
    location = town.station(at=noon)
    sent = form_of(clerk, "place_edit", location.code) | {"more": "hours", "name": "新名称"}

    answer = clerk.post(url("place_edit", location.code), sent)

    assert (answer.status_code, len(answer.context["forms"].hours.forms)) == (200, 2 + 3)
    assert Location.objects.get().name == location.name


def test_takes_rows_that_nobody_touched_as_a_browser_sends_them(clerk, noon):
    """A choice of an empty row goes along with its first value: that is not a row yet."""
    organization = town.organization()

    press(
        clerk, url("place_new"), name="新华社区服务站", organization=str(organization.uuid),
        area="620200",
    )  # fmt: skip

    made = Location.objects.get()
    assert (made.schedules.count(), made.languages.count()) == (0, 0)
    press(clerk, url("place_edit", made.code), address="新华街3号")
    made.refresh_from_db()
    assert made.address == "新华街3号"


def test_opens_assures_and_closes_a_place(clerk, noon):
    organization = town.organization()
    sent = form_of(clerk, "place_new") | {
        "name": "铁南社区邻里服务站", "organization": str(organization.uuid), "kind": "station",
        "area": "嘉峪关市",
    }  # fmt: skip

    answer = clerk.post(url("place_new"), sent)

    made = Location.objects.get()
    assert answer.url == url("place", made.code)
    clerk.post(url("place_assure", made.code))
    clerk.post(url("place_close", made.code))
    made.refresh_from_db()
    assert (made.assured_by, made.closed_on) == (town.UNIT, date(2026, 11, 22))
    assert clerk.post(url("place_close", made.code)).status_code == 422


@pytest.mark.parametrize("name", ["place_edit", "place_assure", "place_close"])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_forbids_whoever_does_not_keep_it(client, noon, name, role):
    location = town.station(at=noon)
    client.force_login(account(role))

    assert client.post(url(name, location.code)).status_code == 403
    assert client.get(url("place", location.code)).status_code == 200
    assert Location.objects.get().closed_on is None


def brought(client, data, *, name="package.json", area=""):
    file = SimpleUploadedFile(name, data)
    return client.post(english("package_bring"), {"file": file, "area": area})


def test_looks_at_a_package_and_takes_it_in_after_a_second_word(planner, noon):
    directory.area()
    answer = brought(planner, as_zip(PACKAGE), name="package.zip")
    assert answer.status_code == 302
    look = planner.get(answer.url)
    text = look.content.decode()
    assert "Take in 5 things" in text
    assert not Organization.objects.exists()

    checksum = re.search(r'name="checksum" value="([0-9a-f]+)"', text)[1]
    done = planner.post(answer.url, {"checksum": checksum})

    assert done.status_code == 302
    assert Organization.objects.count() == 1
    again = planner.get(answer.url).content.decode()
    assert "there is nothing to take in" in again


def test_shows_what_a_package_would_change_row_by_row(planner, noon):
    directory.area()
    actions.import_package(
        by=town.planner(), at=noon, draft=actions.PackageDraft(data=as_json(PACKAGE))
    )
    service = PACKAGE["services"][0] | {"name": "失业登记与证明"}
    answer = brought(planner, as_json({"services": [service]}))

    text = planner.get(answer.url).content.decode()

    assert "失业登记</span> → <span" in text
    assert "失业登记与证明" in text


def test_shows_the_errors_of_a_package_and_offers_no_button(planner, noon):
    directory.area()
    wrong = json.loads(json.dumps(PACKAGE))
    wrong["services"][0]["status"] = "open"
    answer = brought(planner, as_json(wrong))

    text = planner.get(answer.url).content.decode()

    assert "1 row has an error." in text
    assert "The state is offered, paused or ended." in text
    assert "checksum" not in text
    assert planner.post(answer.url, {"checksum": ""}).status_code == 422
    assert not Organization.objects.exists()


def test_refuses_a_package_about_persons_and_keeps_nothing(planner, noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    wrong = PACKAGE | {"funding": [{"id": "1", "民族成份": "x"}]}

    answer = brought(planner, as_json(wrong))

    assert answer.status_code == 422
    assert "describes persons" in answer.content.decode()
    assert list(tmp_path.rglob("*")) == []


def test_sets_aside_only_what_is_taken_in(planner, noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    directory.area()

    assert brought(planner, as_zip(PACKAGE), name="p.zip").status_code == 302

    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert "主任" not in kept.read_text()


def test_answers_404_for_a_token_that_nobody_gave(planner):
    assert planner.get(url("package", "made-up")).status_code == 404
