"""Asking, page by page, without JavaScript: only words are needed, and nothing personal lies about."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases.actions import reading
from linli.cases.models import Case, Draft
from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.kernel.models import Grant
from tests.town import asking as town
from tests.town import directory, services
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town():
    forget_all()
    with time_machine.travel(town.AT, tick=False):
        yield town.town()


def walked(client, **answers):
    """Go all the way to checking; each page is sent as it stands unless `answers` fills it."""
    response = client.post("/en/ask/", {"words": town.SAID} | answers.get("what", {}))
    for page in ("topic", "place", "more", "answer"):
        assert response.status_code == 302
        assert response.url == f"/en/ask/{page}/"
        response = client.post(response.url, answers.get(page, {}))
    assert response.url == "/en/ask/check/"
    return client.get(response.url)


def sent(client, page):
    once = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    return client.post("/en/ask/check/", {"once": once})


def opened_by(client):
    page = client.get("/en/ask/receipt/").content.decode()
    code = re.search(r'class="claim"><bdi dir="ltr">([^<]+)', page)[1]
    passphrase = re.search(r"claim--long\"><bdi dir=\"ltr\">([\d ]+)", page)[1]
    return code, passphrase


def test_asks_with_words_alone(client):
    response = sent(client, walked(client))

    assert response.url == "/en/ask/receipt/"
    (case,) = Case.objects.all()
    assert (case.topic.code, case.area_id, case.channel) == ("other", "620200", "web")
    assert not case.public
    code, passphrase = opened_by(client)
    held = reading.open_held(at=town.AT, code=code, passphrase=passphrase)
    told = reading.own(at=town.AT, case=held)
    assert (told.words, told.wish, told.place) == (town.SAID, "", "")
    assert told.contact == {}


@pytest.mark.parametrize(
    "kept",
    [
        {"topic": {"topic": "lamp"}},
        {"place": {"area": "620200001"}},
        {"place": {"place": "3号楼"}},
        {"more": {"wish": "修好"}},
        {"answer": {"channel": "none", "reply_language": "ug"}},
        {"answer": {"channel": "email", "email": "a@example.org"}},
        {"answer": {"pass_on": "on"}},
        {"answer": {"public": "on"}},
    ],
    ids=lambda kept: "-".join(f"{page}.{name}" for page, asked in kept.items() for name in asked),
)
def test_asks_with_any_one_answer_more(client, kept):
    sent(client, walked(client, **kept))

    assert Case.objects.count() == 1


WHOLE = {
    "topic": {"topic": "lamp"},
    "place": {"area": "620200001", "place": "3号楼"},
    "more": {"wish": "修好"},
    "answer": {
        "channel": "email",
        "email": "a@example.org",
        "reply_language": "ug",
        "pass_on": "on",
        "show_contact": "on",
        "public": "on",
    },
}


@pytest.mark.parametrize(
    ("page", "name"),
    [(page, name) for page, asked in WHOLE.items() for name in asked if name != "email"],
)
def test_asks_with_any_one_answer_less(client, page, name):
    kept = WHOLE | {page: {one: said for one, said in WHOLE[page].items() if one != name}}

    sent(client, walked(client, **kept))

    assert Case.objects.count() == 1


def test_keeps_every_answer_where_it_belongs(client):
    page = walked(
        client,
        topic={"topic": "lamp"},
        place={"area": "620200001", "place": "3号楼东侧"},
        more={"wish": "换新灯"},
        answer={
            "channel": "sms",
            "sms": "１３８ 0013 8000",
            "reply_language": "ug",
            "pass_on": "on",
            "show_contact": "on",
            "public": "on",
        },
    )
    sent(client, page)

    case = Case.objects.get()
    told = reading.own(at=town.AT, case=case)
    assert (case.topic.code, case.area_id, case.public) == ("lamp", "620200001", True)
    assert (told.wish, told.place, told.reply_language) == ("换新灯", "3号楼东侧", "ug")
    assert told.contact == {"sms": "13800138000"}
    grant = Grant.objects.get()
    assert set(grant.fields) >= {"words", "contact", "passing_on"}
    assert grant.to_unit == case.unit.name


def test_grants_neither_contact_nor_passing_on_unasked(client):
    sent(client, walked(client, answer={"channel": "email", "email": "a@example.org"}))

    assert set(Grant.objects.get().fields) == {"words", "wish", "place", "photos", "reply_language"}


def test_suggests_a_topic_and_says_why(client):
    client.post("/en/ask/", {"words": town.SAID})

    page = client.get("/en/ask/topic/").content.decode()

    first = page.index('value="lamp"')
    assert first < page.index('value="unknown"') < page.index('value="work-wages"')
    assert '<q lang="zh">路灯</q>' in page


def test_takes_no_empty_words(client):
    response = client.post("/en/ask/", {"words": " "})

    assert response.status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("page", "data", "field"),
    [
        ("answer", {"channel": "email"}, "email"),
        ("answer", {"channel": "email", "email": "nowhere"}, "email"),
        ("answer", {"channel": "sms"}, "sms"),
        ("answer", {"channel": "sms", "sms": "call me"}, "sms"),
        ("topic", {"topic": "no-such"}, "topic"),
        ("place", {"area": "110000"}, "area"),
    ],
)
def test_sends_an_answer_back_that_leads_nowhere(client, page, data, field):
    client.post("/en/ask/", {"words": town.SAID})
    before = bytes(Draft.objects.get().answers)

    response = client.post(f"/en/ask/{page}/", data)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert bytes(Draft.objects.get().answers) == before


@pytest.mark.parametrize("page", ["topic", "place", "more", "answer", "check", "later"])
def test_begins_at_the_beginning_without_a_draft(client, page):
    ask = client.post if page == "later" else client.get

    assert ask(f"/en/ask/{page}/").url == "/en/ask/"


def test_sends_once_however_often_the_button_is_pressed(client):
    page = walked(client)

    first, second = sent(client, page), sent(client, page)

    assert Case.objects.count() == 1
    assert first["Location"] == second["Location"] == "/en/ask/receipt/"
    assert second.cookies["receipt"].value == first.cookies["receipt"].value


def test_leads_to_the_receipt_when_the_draft_was_sent_meanwhile(client):
    """The control of the one above: without the key of the form it is the draft that is sent once."""
    walked(client)
    cookies = client.cookies.output()
    client.post("/en/ask/check/")
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))

    client.post("/en/ask/check/")

    assert Case.objects.count() == 1


def test_shows_the_receipt_again_to_this_browser_alone(client):
    sent(client, walked(client))
    assert opened_by(client) == opened_by(client)

    client.cookies.clear()

    assert client.get("/en/ask/receipt/").url == "/en/follow/"


def test_forgets_the_passphrase_after_half_an_hour(client):
    sent(client, walked(client))

    with time_machine.travel(town.AT + timedelta(minutes=31), tick=False):
        assert client.get("/en/ask/receipt/").url == "/en/follow/"


def test_keeps_photos_sealed_and_passes_them_on(client, django_capture_on_commit_callbacks):
    client.post("/en/ask/", {"words": town.SAID})
    photo = SimpleUploadedFile("IMG_20261120_home.jpg", town.photo(), "image/jpeg")
    response = client.post("/en/ask/more/", {"photos": [photo], "add": "1"})

    (kept,) = Draft.objects.get().photos
    assert response.url == "/en/ask/more/"
    shown = client.get(f"/en/ask/photos/{kept['code']}/")
    assert shown.headers["Content-Type"] == kept["type"] == "image/png"
    assert "IMG" not in str(kept)

    with django_capture_on_commit_callbacks(execute=True):
        sent(client, client.get("/en/ask/check/"))
    (attached,) = Case.objects.get().attachments.all()
    assert attached.media_type == "image/png"
    assert not Draft.objects.exists()


def test_refuses_what_is_no_photo_and_keeps_the_others(client):
    client.post("/en/ask/", {"words": town.SAID})
    files = [
        SimpleUploadedFile("a.jpg", town.photo(), "image/jpeg"),
        SimpleUploadedFile("b.jpg", b"MZ no photo", "image/jpeg"),
    ]

    response = client.post("/en/ask/more/", {"photos": files})

    assert response.status_code == 422
    assert len(Draft.objects.get().photos) == 1


def test_takes_three_photos_and_no_fourth(client):
    client.post("/en/ask/", {"words": town.SAID})

    def bring(count):
        files = [SimpleUploadedFile(f"{n}.jpg", town.photo(), "image/jpeg") for n in range(count)]
        return client.post("/en/ask/more/", {"photos": files}).status_code

    assert [bring(4), bring(3), bring(1)] == [422, 302, 422]
    assert len(Draft.objects.get().photos) == 3


def test_removes_a_photo(client):
    client.post("/en/ask/", {"words": town.SAID})
    photo = SimpleUploadedFile("a.jpg", town.photo(), "image/jpeg")
    client.post("/en/ask/more/", {"photos": [photo], "add": "1"})
    (kept,) = Draft.objects.get().photos

    client.post("/en/ask/more/", {"drop": kept["code"]})

    assert Draft.objects.get().photos == []
    assert client.get(f"/en/ask/photos/{kept['code']}/").status_code == 404


def test_shows_a_drafts_photo_to_its_holder_alone(client):
    client.post("/en/ask/", {"words": town.SAID})
    photo = SimpleUploadedFile("a.jpg", town.photo(), "image/jpeg")
    client.post("/en/ask/more/", {"photos": [photo], "add": "1"})
    (kept,) = Draft.objects.get().photos

    client.cookies.clear()

    assert client.get(f"/en/ask/photos/{kept['code']}/").status_code == 404


def test_goes_on_elsewhere_with_code_and_passphrase(client):
    client.post("/en/ask/", {"words": town.SAID})
    later = client.post("/en/ask/later/").content.decode()
    code = re.search(r'class="claim"><bdi dir="ltr">([^<]+)', later)[1]
    passphrase = re.search(r"claim--long\"><bdi dir=\"ltr\">([\d ]+)", later)[1]
    client.post("/en/ask/leave/")
    assert client.get("/en/ask/check/").url == "/en/ask/"

    response = client.post("/en/ask/resume/", {"code": code.lower(), "passphrase": passphrase})

    assert response.url == "/en/ask/check/"
    assert town.SAID in client.get(response.url).content.decode()


def test_answers_a_wrong_passphrase_as_an_unknown_code(client):
    client.post("/en/ask/", {"words": town.SAID})
    code = Draft.objects.get().code
    answers = [
        client.post("/en/ask/resume/", {"code": typed, "passphrase": "0000 0000 0000 0000"})
        for typed in (code, "7K3M-92QD")
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert len({str(answer.context["form"].errors) for answer in answers}) == 1


def test_drops_the_draft_when_somebody_leaves(client):
    client.post("/en/ask/", {"words": town.SAID})

    response = client.post("/en/ask/leave/")

    assert response.url == "/en/"
    assert not Draft.objects.exists()
    assert response.cookies["asking"]["max-age"] == 0


def test_offers_to_leave_at_once_where_the_topic_is_sensitive(client):
    client.post("/en/ask/", {"words": town.SAID})
    assert "data-leave" not in client.get("/en/ask/place/").content.decode()

    client.post("/en/ask/topic/", {"topic": "legal"})

    for page in ("what", "topic", "place", "more", "answer", "check"):
        address = "/en/ask/" if page == "what" else f"/en/ask/{page}/"
        assert "data-leave" in client.get(address).content.decode(), page


def test_brings_a_topic_along_without_an_address_that_tells(client):
    response = client.post("/en/ask/", {"begin": "legal"})

    assert response.url == "/en/ask/"
    assert "legal" not in client.cookies.output()
    assert not Draft.objects.exists()
    assert "data-leave" in client.get(response.url).content.decode()
    client.post("/en/ask/", {"words": town.SAID})
    assert 'value="legal" checked' in client.get("/en/ask/topic/").content.decode()


@pytest.mark.parametrize("code", ["lamp", "legal"])
def test_brings_a_topic_along_from_a_guide(client, code):
    client.get("/en/ask/", {"topic": code})
    client.post(f"/en/ask/?topic={code}", {"words": town.SAID})

    assert f'value="{code}" checked' in client.get("/en/ask/topic/").content.decode()


@pytest.mark.parametrize("sent", [{"begin": "no-such"}, {"begin": ""}])
def test_begins_with_no_topic_that_there_is_not(client, sent):
    assert client.post("/en/ask/", sent).status_code == 422
    assert not Draft.objects.exists()


def test_keeps_nothing_personal_in_addresses_cookies_or_sessions(client):
    page = walked(client, answer={"channel": "email", "email": "canary@example.org"})
    sent(client, page)
    _code, passphrase = opened_by(client)

    carried = client.cookies.output() + str(dict(client.session))
    for said in (
        town.SAID,
        "canary",
        passphrase,
        passphrase.replace(" ", ""),
        Case.objects.get().code,
    ):
        assert said not in carried
    assert client.cookies["receipt"]["httponly"]
    assert client.cookies["receipt"]["samesite"] == "Lax"


@pytest.mark.parametrize("path", ["", "topic/", "place/", "more/", "answer/", "check/", "resume/"])
def test_lets_nobody_keep_a_page(client, path):
    client.post("/en/ask/", {"words": town.SAID})

    assert "no-store" in client.get(f"/en/ask/{path}").headers["Cache-Control"]


def test_seals_the_draft(client):
    client.post("/en/ask/", {"words": "CNRY-words"})

    assert b"CNRY" not in bytes(Draft.objects.get().answers)


def test_asks_at_the_window_for_whoever_stands_there(client):
    client.force_login(account(Role.CLERK))

    sent(client, walked(client))

    case = Case.objects.get()
    assert case.channel == "station"
    assert Grant.objects.get().given_how == "counter"
    assert "next in line" in client.get("/en/ask/receipt/").content.decode()


def test_asks_as_oneself_when_staff_is_signed_in_who_stands_at_no_window(client):
    client.force_login(account(Role.PLANNER))

    sent(client, walked(client))

    assert Case.objects.get().channel == "web"


def test_slows_down_who_begins_without_end(client):
    answers = {
        client.post("/en/ask/resume/", {"code": "7K3M-92QD", "passphrase": "1"}).status_code
        for _ in range(8)
    }

    assert answers == {422, 429}


def test_says_no_passphrase_in_the_square(client):
    sent(client, walked(client))
    context = client.get("/en/ask/receipt/").context

    assert context["address"].endswith(f"/en/follow/{context['case'].code}/")
    assert context["passphrase"].replace(" ", "") not in context["address"]
    assert "<svg" in context["slip"]


def test_lets_a_station_tell_who_leaves_no_address(client):
    office = services.organization("嘉峪关市法律援助中心", unit="嘉峪关市法律援助中心")
    place, unit = services.station(organization=office), office.unit
    client.post("/en/ask/", {"words": town.SAID})
    assert place.name in client.get("/en/ask/answer/").content.decode()

    sent(client, walked(client, answer={"channel": "station", "station": unit.code}))

    case = Case.objects.get()
    assert (case.told_by, case.news_at, case.contact) == (unit, None, None)
    assert unit.name in client.get("/en/ask/receipt/").content.decode()


def test_asks_which_station_when_there_are_several(client):
    services.station()
    office = services.organization("嘉峪关市法律援助中心", unit="嘉峪关市法律援助中心")
    services.station("法援大厅", organization=office, kind="hall")
    client.post("/en/ask/", {"words": town.SAID})

    answered = client.post("/en/ask/answer/", {"channel": "station"})

    assert answered.status_code == 422
    assert "Choose the station, or another way." in answered.content.decode()


def test_offers_no_station_where_there_is_none(client):
    client.post("/en/ask/", {"words": town.SAID})

    page = client.get("/en/ask/answer/").content.decode()

    assert 'value="station"' not in page
    assert client.post("/en/ask/answer/", {"channel": "station"}).status_code == 422


def test_offers_the_own_window_first_at_a_station(client):
    services.station()
    clerk = account(Role.CLERK)
    own = directory.unit(clerk.unit)
    client.force_login(clerk)

    sent(client, walked(client, answer={"channel": "station", "station": own.code}))

    assert Case.objects.get().told_by == own


def test_forgets_the_station_when_another_way_is_chosen(client):
    services.station()
    unit = services.organization().unit
    walked(client, answer={"channel": "station", "station": unit.code})
    client.post("/en/ask/answer/", {"channel": "none", "station": unit.code})

    sent(client, client.get("/en/ask/check/"))

    assert Case.objects.get().told_by is None
