"""Following with code and passphrase: what one sees, what one may do, and that nobody else can."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases.actions import handing, handling, reading
from linli.cases.models import Attachment, Case, HandOver, Rating
from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.kernel.log_file import Entry, read_line
from linli.kernel.models import Grant, Look
from tests.town import asking as town
from tests.town import directory
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
UNIT = "嘉峪关市城市管理局"
OFFICER = actor(Role.OFFICER, name="李四不可见", unit=UNIT)


@pytest.fixture(autouse=True)
def _town():
    forget_all()
    with time_machine.travel(town.AT, tick=False):
        town.town()
        yield


@pytest.fixture
def receipt():
    return town.asked()


@pytest.fixture
def let_in(client, receipt):
    enter(client, receipt)
    return client


def enter(client, receipt):
    typed = {"code": receipt.case.code, "passphrase": receipt.passphrase}
    response = client.post("/en/follow/", typed)
    assert response.url == address(receipt)


def address(receipt, rest=""):
    return f"/en/follow/{receipt.case.code}/{rest}"


def do(client, receipt, deed, **data):
    return client.post(address(receipt, f"{deed}/"), data | {"sent": "1"})


def answered(receipt, words="灯已修好，十二月一日前复查。"):
    handling.take(by=OFFICER, at=town.AT, case=receipt.case)
    handling.reply(by=OFFICER, at=town.AT, case=receipt.case, words=words)
    receipt.case.refresh_from_db()


def test_opens_with_code_and_passphrase(let_in, receipt):
    page = let_in.get(address(receipt)).content.decode()

    assert receipt.case.code in page
    assert "10 working days left" in page
    assert "2026-12-04" in page
    assert town.SAID in page


@pytest.mark.parametrize("typed", ["wrong", "unknown", "over", "malformed"])
def test_answers_unknown_wrong_and_over_alike(client, receipt, typed):
    code, passphrase = receipt.case.code, "0000 0000 0000 0000"
    at = town.AT
    if typed == "unknown":
        code = "7K3M-92QD"
    if typed == "over":
        passphrase = receipt.passphrase
        at = town.AT + timedelta(days=2000)
    if typed == "malformed":
        code, passphrase = "x", "y"

    with time_machine.travel(at, tick=False):
        response = client.post("/en/follow/", {"code": code, "passphrase": passphrase})

    assert response.status_code == 422
    assert str(response.context["form"].errors).count("do not belong together") == 1
    assert "following" not in response.cookies


def test_shows_the_door_to_who_brings_the_code_alone(client, receipt):
    def door(code):
        page = client.get(f"/en/follow/{code}/")
        assert page.status_code == 200
        plain = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
        return plain.replace(code, "CODE")

    known = door(receipt.case.code)

    assert 'value="CODE"' in known
    assert town.SAID not in known
    assert known == door("7K3M-92QD")


def test_opens_one_case_with_the_ticket_of_one(let_in, receipt):
    other = town.asked(words="CNRY other")

    assert "CNRY" not in let_in.get(address(other)).content.decode()
    assert let_in.get(address(other, "data.json")).url == address(other)
    assert let_in.post(address(other, "urge/")).url == address(other)
    other.case.refresh_from_db()
    assert other.case.urged == 0


def test_closes_the_door_after_half_an_hour(let_in, receipt):
    with time_machine.travel(town.AT + timedelta(minutes=31), tick=False):
        assert town.SAID not in let_in.get(address(receipt)).content.decode()


def test_keeps_the_door_open_while_somebody_is_there(let_in, receipt):
    for minutes in (20, 40, 60):
        with time_machine.travel(town.AT + timedelta(minutes=minutes), tick=False):
            assert town.SAID in let_in.get(address(receipt)).content.decode()


def test_slows_down_who_tries_one_code_and_spares_the_others(client, receipt):
    wrong = {"code": receipt.case.code, "passphrase": "1"}
    answers = [client.post("/en/follow/", wrong) for _ in range(7)]

    assert [answer.status_code for answer in answers] == [422] * 6 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "no-store" in answers[-1].headers["Cache-Control"]
    enter(client, town.asked())


def test_carries_nothing_but_an_opaque_ticket(let_in, receipt):
    carried = let_in.cookies.output() + str(dict(let_in.session))

    assert receipt.case.code not in carried
    assert receipt.passphrase.replace(" ", "") not in carried
    ticket = let_in.cookies["following"]
    assert ticket["httponly"]
    assert ticket["max-age"] == 1800


@pytest.mark.parametrize("rest", ["", "data.json", "looks.json", "add/", "grant/", "forget/"])
def test_lets_nobody_keep_a_page(let_in, receipt, rest):
    response = let_in.get(address(receipt, rest))

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_names_offices_and_never_staff(let_in, receipt):
    answered(receipt)

    page = let_in.get(address(receipt)).content.decode()

    assert UNIT in page
    assert "灯已修好" in page
    assert OFFICER.name not in page


def test_keeps_the_units_own_notes_back(let_in, receipt):
    handling.note(by=OFFICER, at=town.AT, case=receipt.case, words="NOTE 内部")

    assert "NOTE" not in let_in.get(address(receipt)).content.decode()


def test_shows_why_the_promised_day_moved(let_in, receipt):
    handling.take(by=OFFICER, at=town.AT, case=receipt.case)
    handling.extend(
        by=OFFICER, at=town.AT, case=receipt.case, days=3, kind="expert", words="等鉴定"
    )

    page = let_in.get(address(receipt)).content.decode()

    assert "An expert must look at it" in page
    assert "2026-12-09" in page
    assert "first promised:" in page


def test_shows_that_the_clocks_stand_still_and_why(let_in, receipt):
    handling.take(by=OFFICER, at=town.AT, case=receipt.case)
    handling.pause(by=OFFICER, at=town.AT, case=receipt.case, kind="papers", words="请补材料")

    page = let_in.get(address(receipt)).content.decode()

    assert "Waiting for papers" in page
    assert page.count("stands still") == 3


def test_adds_words_and_a_photo(let_in, receipt):
    photo = SimpleUploadedFile("a.jpg", town.photo(), "image/jpeg")

    response = let_in.post(address(receipt, "add/"), {"words": "又坏了一盏", "photos": [photo]})

    assert response.url == address(receipt, "?said=added")
    page = let_in.get(response.url).content.decode()
    assert "又坏了一盏" in page
    (kept,) = Attachment.objects.all()
    assert let_in.get(address(receipt, f"photos/{kept.code}/")).status_code == 200
    receipt.case.refresh_from_db()
    assert receipt.case.due_at == receipt.case.first_due_at


def test_refuses_what_is_no_photo_and_adds_nothing(let_in, receipt):
    file = SimpleUploadedFile("a.jpg", b"MZ no photo", "image/jpeg")

    response = let_in.post(address(receipt, "add/"), {"words": "又坏了一盏", "photos": [file]})

    assert response.status_code == 422
    assert receipt.case.steps.count() == 1


def test_adds_once_however_often_it_is_sent(let_in, receipt):
    page = let_in.get(address(receipt, "add/")).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]

    for _ in range(2):
        let_in.post(address(receipt, "add/"), {"words": "又坏了一盏", "once": once})

    assert receipt.case.steps.filter(verb="added").count() == 1


@pytest.mark.parametrize(("deed", "data"), [("add", {}), ("object", {}), ("grant", {})])
def test_sends_an_empty_form_back(let_in, receipt, deed, data):
    before = receipt.case.steps.count()

    assert let_in.post(address(receipt, f"{deed}/"), data).status_code == 422
    assert receipt.case.steps.count() == before


def test_urges_once_a_day(let_in, receipt):
    assert do(let_in, receipt, "urge").url == address(receipt, "?said=urged")

    again = do(let_in, receipt, "urge")

    assert again.status_code == 422
    receipt.case.refresh_from_db()
    assert receipt.case.urged == 1


def test_withdraws(let_in, receipt):
    do(let_in, receipt, "withdraw")

    receipt.case.refresh_from_db()
    assert receipt.case.state == Case.WITHDRAWN
    assert not Grant.objects.filter(revoked_at=None).exists()


def test_objects_to_an_answer(let_in, receipt):
    answered(receipt)

    do(let_in, receipt, "object", words="还是不亮")

    receipt.case.refresh_from_db()
    assert (receipt.case.state, receipt.case.reopened) == (Case.WORKING, 1)


def test_refuses_to_object_before_there_is_an_answer(let_in, receipt):
    response = do(let_in, receipt, "object", words="还是不亮")

    assert response.status_code == 422
    receipt.case.refresh_from_db()
    assert receipt.case.state == Case.RECEIVED


@pytest.mark.parametrize(("grade", "solved"), [(g, s) for g in range(1, 6) for s in ("yes", "no")])
def test_closes_and_gives_any_grade(let_in, receipt, grade, solved):
    answered(receipt)
    do(let_in, receipt, "close")
    response = do(let_in, receipt, "rate")
    assert re.fullmatch(r"/en/rate/[^/]+/", response.url)
    let_in.cookies.clear()

    done = let_in.post(response.url, {"grade": grade, "solved": solved})

    assert done.url == "/en/rate/thanks/"
    (rating,) = Rating.objects.all()
    assert (rating.grade, rating.solved, rating.unit.name) == (grade, solved, UNIT)


def test_offers_no_grade_before_the_person_closed(let_in, receipt):
    answered(receipt)

    assert "follow_rate" not in let_in.get(address(receipt)).content.decode()
    assert do(let_in, receipt, "rate").status_code == 422
    receipt.case.refresh_from_db()
    assert not receipt.case.rating_offered


def test_shows_who_looked_and_asks_why(let_in, receipt):
    reading.read(by=OFFICER, at=town.AT, case=receipt.case, purpose="handle")
    look = Look.objects.get()
    page = let_in.get(address(receipt)).content.decode()
    assert "Unit officer" in page
    assert "to handle the case" in page

    response = let_in.post(address(receipt, f"looks/{look.code}/why/"))

    assert response.url == "/en/ask/receipt/"
    why = Case.objects.exclude(pk=receipt.case.pk).get()
    assert why.kind == "complaint"
    assert why.code in let_in.get(response.url).content.decode()


def test_does_not_ask_why_about_somebody_elses_look(let_in, receipt):
    other = town.asked()
    reading.read(by=OFFICER, at=town.AT, case=other.case, purpose="handle")

    response = let_in.post(address(receipt, f"looks/{Look.objects.get().code}/why/"))

    assert response.status_code == 404
    assert Case.objects.count() == 2


def test_writes_no_look_when_the_person_reads(let_in, receipt):
    let_in.get(address(receipt))

    assert not Look.objects.exists()


def test_takes_a_leave_back_and_nobody_reads_any_more(let_in, receipt):
    (grant,) = Grant.objects.all()

    response = let_in.post(address(receipt, f"grants/{grant.code}/"))

    assert response.url == address(receipt, "?said=revoked")
    with pytest.raises(Exception, match="no_grant"):
        reading.read(by=OFFICER, at=town.AT, case=receipt.case, purpose="handle")
    assert "ended" in let_in.get(address(receipt)).content.decode()


def test_names_no_day_of_a_leave_after_the_last_day_of_the_case(let_in, receipt):
    (grant,) = Grant.objects.all()
    answered(receipt)

    do(let_in, receipt, "close")

    page = let_in.get(address(receipt)).content.decode()
    receipt.case.subject.refresh_from_db()
    assert f"until {receipt.case.subject.purge_on}" in page
    assert str(grant.expires_at.date()) not in page


def test_takes_no_leave_back_that_is_of_another_case(let_in, receipt):
    other = town.asked()
    grant = Grant.objects.get(about=other.case.code)

    assert let_in.post(address(receipt, f"grants/{grant.code}/")).status_code == 404
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_gives_leave_to_one_more_unit(let_in, receipt):
    unit = directory.unit("嘉峪关市法律援助中心")

    do(let_in, receipt, "grant", unit=unit.code, fields_given=["words"], days="7")

    grant = Grant.objects.get(to_unit=unit.name)
    assert grant.fields == ["words"]
    assert grant.expires_at - grant.given_at == timedelta(days=7)


def test_lets_the_person_decide_about_a_hand_over(let_in, receipt):
    hand_over = handing.hand_on(
        by=OFFICER,
        at=town.AT,
        case=receipt.case,
        unit=directory.unit("嘉峪关市法律援助中心"),
        kind="competence",
        words="属于法律援助",
        fields=["words"],
    )
    assert hand_over.state == HandOver.WAITING
    page = let_in.get(address(receipt)).content.decode()
    assert "May it be handed on?" in page
    assert "It would read: <strong>What was said</strong></p>" in page

    let_in.post(address(receipt, f"leave/{hand_over.code}/"), {"leave": "yes"})

    hand_over.refresh_from_db()
    assert hand_over.state == HandOver.PROPOSED


def test_keeps_the_case_where_it_is_without_leave(let_in, receipt):
    hand_over = handing.hand_on(
        by=OFFICER,
        at=town.AT,
        case=receipt.case,
        unit=directory.unit("嘉峪关市法律援助中心"),
        kind="competence",
        words="属于法律援助",
        fields=["words"],
    )

    let_in.post(address(receipt, f"leave/{hand_over.code}/"), {"leave": "no"})

    hand_over.refresh_from_db()
    assert hand_over.state == HandOver.ENDED
    assert Grant.objects.count() == 1


def test_hands_out_everything_that_is_kept(client):
    receipt = town.asked(
        words="CNRY-words",
        wish="CNRY-wish",
        place="CNRY-place",
        reply_language="bo",
        contact=town.asking.Contact("email", "cnry@example.org"),
    )
    town.asked(words="CNRY-other")
    reading.read(by=OFFICER, at=town.AT, case=receipt.case, purpose="handle")
    answered(receipt, "CNRY-answer")
    handling.note(by=OFFICER, at=town.AT, case=receipt.case, words="CNRY-note")
    enter(client, receipt)

    assert "CNRY-note" not in client.get(address(receipt)).content.decode()
    response = client.get(address(receipt, "data.json"))

    told = json.loads(response.content)
    text = response.content.decode()
    for canary in ("words", "wish", "place", "answer", "note"):
        assert f"CNRY-{canary}" in text
    assert "cnry@example.org" in text
    assert "CNRY-other" not in text
    assert told["said"]["reply_language"] == "bo"
    assert [step["verb"] for step in told["steps"]][:1] == ["asked"]
    assert len(told["looks"]) >= 1
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_opens_the_line_of_the_log_for_its_person(let_in, receipt):
    reading.read(by=OFFICER, at=town.AT, case=receipt.case, purpose="handle")

    (told,) = json.loads(let_in.get(address(receipt, "looks.json")).content)["looks"]

    entry = read_line(told["line"])
    assert isinstance(entry, Entry)
    assert entry.holds()
    assert UNIT in entry.row


def test_forgets_everything_at_once(let_in, receipt, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = do(let_in, receipt, "forget")

    assert response.url == "/en/follow/gone/"
    assert let_in.get(response.url).status_code == 200
    assert let_in.get(address(receipt, "data.json")).url == address(receipt)
    typed = {"code": receipt.case.code, "passphrase": receipt.passphrase}
    assert let_in.post("/en/follow/", typed).status_code == 422


def test_leaves_and_forgets_on_this_device(let_in, receipt):
    let_in.post("/en/ask/leave/")

    assert town.SAID not in let_in.get(address(receipt)).content.decode()


def test_knows_no_deed_but_its_own(let_in, receipt):
    assert let_in.get(address(receipt, "assign/")).status_code == 404


def test_asks_few_questions_of_the_database(let_in, receipt, django_assert_max_num_queries):
    for _ in range(5):
        reading.read(by=OFFICER, at=town.AT, case=receipt.case, purpose="handle")
        handling.note(by=OFFICER, at=town.AT, case=receipt.case, words="x")

    with django_assert_max_num_queries(12):
        let_in.get(address(receipt))
