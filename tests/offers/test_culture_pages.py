"""Contests, quizzes and neighbours for everybody, through pages that need no JavaScript."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.offers.actions import entering, hours, pairing
from linli.offers.models import Booking, Entry, Neighbour, Pair, Question, SpentVisit
from tests.town import culture, offers

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MARK = re.compile(r'claim--long"><bdi dir="ltr">([\d ]{19})<')


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "files"
    forget_all()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def contest():
    return culture.contest(at=AT)


def page(response):
    return response.content.decode()


def way(contest):
    return f"/en/contests/{contest.offer.code}/"


def send(client, contest, **said):
    given = {"kind": "text", "title": "我的邻居", "words": "楼下的灯总是亮着。"} | said
    return client.post(f"{way(contest)}send/", given)


def marked(client, contest, **said):
    """Send a work in; return its row and the mark that the page showed."""
    response = send(client, contest, **said)
    assert response.status_code == 200
    return response.context["entry"], MARK.search(page(response))[1]


def let_in(client, contest, entry, mark):
    return client.post(f"{way(contest)}mine/", {"number": entry.number, "mark": mark})


class TestSend:
    def test_asks_for_no_name_and_shows_the_mark_once(self, client, contest):
        form = client.get(f"{way(contest)}send/").context["form"]
        assert list(form.fields) == ["kind", "title", "words", "file", "shown"]

        entry, mark = marked(client, contest)

        assert entering.own(at=AT, contest=contest, number=entry.number, mark=mark) == entry
        assert client.get(f"{way(contest)}send/").status_code == 200
        assert mark not in page(client.get(way(contest)))

    def test_acts_once_when_a_form_is_sent_twice(self, client, contest):
        key = client.get(f"{way(contest)}send/").context["once"]

        first, again = (send(client, contest, once=key) for _ in range(2))

        assert page(first) == page(again)
        assert Entry.objects.count() == 1

    def test_warns_of_a_name_before_it_is_sent(self, client, contest):
        said = {"words": "我叫王小明，电话13900001111。"}

        response = send(client, contest, **said)

        assert response.status_code == 422
        assert [str(one) for one in response.context["form"].warned] == [
            "a telephone number", "words that come before a name",
        ]  # fmt: skip
        assert Entry.objects.count() == 0
        assert send(client, contest, sure="on", **said).status_code == 200
        assert Entry.objects.count() == 1

    def test_draws_a_picture_anew(self, client, contest):
        out = io.BytesIO()
        notes = Image.Exif()
        notes[0x010E] = "secret place"
        Image.new("RGB", (90, 60), "teal").save(out, "JPEG", exif=notes)
        file = SimpleUploadedFile("我的照片.jpg", out.getvalue())

        entry, mark = marked(client, contest, kind="image", words="", file=file)
        let_in(client, contest, entry, mark)
        shown = client.get(f"{way(contest)}mine/file/")

        assert b"secret" in out.getvalue()
        assert b"secret" not in shown.content
        assert Image.open(io.BytesIO(shown.content)).size == (90, 60)
        assert shown["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_takes_a_recording_and_nothing_that_cannot_be_written_anew(self, client, contest):
        good = SimpleUploadedFile("a.wav", culture.recording() + b"hidden")
        for name, data in (("a.mp3", b"ID3\x04" * 99), ("a.ogg", b"OggS" * 99), ("b.wav", b"RIFF")):
            bad = SimpleUploadedFile(name, data)
            response = send(client, contest, kind="audio", words="", file=bad)
            assert response.status_code == 422
            assert list(response.context["form"].errors) == ["file"]
        assert Entry.objects.count() == 0

        entry, _mark = marked(client, contest, kind="audio", words="", file=good)
        assert entry.media_type == "audio/wav"

    def test_refuses_a_picture_where_none_is_given_and_a_pdf(self, client, contest):
        pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
        for file in ({}, {"file": pdf}):
            response = send(client, contest, kind="image", words="", **file)
            assert response.status_code == 422
        assert Entry.objects.count() == 0

    def test_takes_none_after_the_end(self, client, contest):
        with time_machine.travel(contest.closes_at, tick=False):
            assert send(client, contest).status_code == 422
            assert "form" in client.get(f"{way(contest)}send/").context
        assert Entry.objects.count() == 0

    def test_knows_no_contest_that_is_not_published(self, client):
        hidden = culture.contest(at=AT, published=False)
        for path in ("", "send/", "mine/"):
            assert client.get(f"{way(hidden)}{path}").status_code == 404
        assert client.get(f"/en/wall/{hidden.offer.code}/").status_code == 404


class TestWall:
    def test_shows_what_hangs_until_its_maker_takes_it_down(self, client, contest):
        entry, mark = marked(client, contest, shown="on")
        other, _ = marked(client, contest, words="不给看的字。")
        wall = f"/en/wall/{contest.offer.code}/"
        assert "楼下的灯" not in page(client.get(wall))
        culture.judged(contest, {entry: 80, other: 20}, at=contest.closes_at)

        hanging = page(client.get(wall))
        assert "楼下的灯" in hanging
        assert "不给看的字" not in hanging
        let_in(client, contest, entry, mark)
        assert client.post(f"{way(contest)}mine/down/").status_code == 302

        assert "楼下的灯" not in page(client.get(wall))
        assert "no-cache" in client.get(wall)["Cache-Control"]

    def test_shows_the_file_of_a_work_that_hangs_alone(self, client, contest):
        picture = SimpleUploadedFile("a.jpg", culture.picture())
        entry, mark = marked(client, contest, kind="image", words="", shown="on", file=picture)
        path = f"/en/wall/{contest.offer.code}/{entry.number}/"
        assert client.get(path).status_code == 404
        culture.judged(contest, {entry: 1}, at=contest.closes_at)

        assert client.get(path)["Content-Type"] in {"image/png", "image/jpeg"}
        let_in(client, contest, entry, mark)
        client.post(f"{way(contest)}mine/back/")
        assert client.get(path).status_code == 404

    def test_opens_many_works_with_few_queries(
        self, client, contest, django_assert_max_num_queries
    ):
        sent = [culture.sent(contest, at=AT, shown=True).entry for _ in range(9)]
        culture.judged(contest, dict.fromkeys(sent, 5), at=contest.closes_at)
        with django_assert_max_num_queries(6):
            assert len(client.get(f"/en/wall/{contest.offer.code}/").context["works"]) == 9


class TestMine:
    def test_opens_with_number_and_mark_alone(self, client, contest):
        entry, mark = marked(client, contest)
        wrong = client.post(f"{way(contest)}mine/", {"number": entry.number, "mark": "1" * 16})
        assert wrong.status_code == 422
        assert client.post(f"{way(contest)}mine/hang/").status_code == 302
        assert Entry.objects.get().shown_on is None

        assert let_in(client, contest, entry, mark).status_code == 302
        shown = client.get(f"{way(contest)}mine/")
        assert "楼下的灯" in page(shown)
        assert shown["Cache-Control"] == "no-store, private"
        after = client.post(f"{way(contest)}mine/hang/", follow=True)
        assert str(after.context["said"]) == "It may hang on the wall."
        assert "messages" not in client.cookies
        assert Entry.objects.get().shown_on is not None

    def test_opens_no_other_contest(self, client, contest):
        other = culture.contest(at=AT)
        entry, mark = marked(client, contest)
        let_in(client, contest, entry, mark)

        client.post(f"{way(other)}mine/back/")
        assert Entry.objects.get().purged_on is None
        assert client.post(f"{way(contest)}mine/eat/").status_code == 404

    def test_is_tried_seldom(self, client, contest):
        tries = [
            client.post(f"{way(contest)}mine/", {"number": 12345, "mark": "1" * 16}).status_code
            for _ in range(8)
        ]
        assert tries == [422] * 6 + [429] * 2


class TestQuiz:
    def ask(self, client, quiz):
        return client.get(f"/en/quiz/{quiz.code}/").context

    def test_says_what_is_right_and_counts_once(self, client):
        quiz = culture.quiz(at=AT, drawn=3)
        asked = self.ask(client, quiz)
        given = {f"q{one.pk}": one.right for one in asked["form"].questions}
        given |= {"visit": asked["visit"]}

        for _ in range(2):
            told = client.post(f"/en/quiz/{quiz.code}/", given)
            assert (told.status_code, told.context["right"], told.context["all"]) == (200, 3, 3)

        assert set(Question.objects.values_list("answered", "rightly")) == {(1, 1)}
        assert SpentVisit.objects.count() == 1

    def test_asks_again_for_what_was_not_answered(self, client):
        quiz = culture.quiz(at=AT, drawn=2)
        visit = self.ask(client, quiz)["visit"]

        response = client.post(f"/en/quiz/{quiz.code}/", {"visit": visit})

        assert response.status_code == 422
        assert len(response.context["form"].errors) == 2
        assert SpentVisit.objects.count() == 0

    def test_refuses_a_forged_visit_and_a_quiz_that_is_not_open(self, client):
        quiz = culture.quiz(at=AT)
        assert client.post(f"/en/quiz/{quiz.code}/", {"visit": "x"}).status_code == 422
        kept = culture.quiz(at=AT, opened=False)
        assert client.get(f"/en/quiz/{kept.code}/").status_code == 404

    def test_sets_no_cookie_but_the_forms_own(self, client):
        response = client.get(f"/en/quiz/{culture.quiz(at=AT).code}/")
        assert set(response.cookies) <= {"csrftoken"}


class TestNeighbours:
    def told(self, **said):
        station = culture.station(at=AT)
        given = {
            "side": "wanted", "location": station.code, "times": ["2", "5"], "name": "王阿姨",
            "channel": "sms", "reach": "13900002222",
        }  # fmt: skip
        return given | said

    def join(self, client, circle, **said):
        response = client.post(f"/en/volunteers/{circle.offer.code}/join/", self.told(**said))
        assert response.status_code == 200
        return response.context["neighbour"], response.context["passphrase"]

    def enter(self, client, joined):
        neighbour, passphrase = joined
        way = {"code": neighbour.code, "passphrase": passphrase}
        assert client.post("/en/volunteers/mine/", way).status_code == 302
        return f"/en/volunteers/mine/{neighbour.code}/"

    def test_lists_shifts_and_pairings_without_asking_who(self, client):
        circle = culture.circle(at=AT)
        offers.session(at=AT, of=offers.offer(at=AT, kind="shift", title="图书馆值班"))
        offers.session(at=AT, of=offers.offer(at=AT, kind="shift", title="不公开", published=False))
        culture.circle(at=AT, published=False)

        told = client.get("/en/volunteers/").context

        assert [shift.offer.title for shift, _standing in told["shifts"]] == ["图书馆值班"]
        assert list(told["pairings"]) == [circle]

    def test_shows_neither_before_both_said_yes(self, client):
        circle = culture.circle(at=AT)
        wanted = self.join(client, circle)
        offered = self.join(client, circle, side="offered", name="李叔叔", reach="13900003333")
        pairing.propose(
            by=culture.judge(role=Role.CLERK), at=AT, wanted=wanted[0], offered=offered[0]
        )

        mine = self.enter(client, wanted)
        assert "李叔叔" not in page(client.get(mine))
        client.post(f"{mine}yes/")
        assert "李叔叔" not in page(client.get(mine))
        client.post(f"{self.enter(client, offered)}yes/")

        mine = self.enter(client, wanted)
        both = page(client.get(mine))
        assert "李叔叔" in both
        assert "13900003333" in both
        client.post(f"{mine}part/")
        assert "李叔叔" not in page(client.get(mine))
        assert Pair.objects.get().ended_on is not None

    def test_destroys_all_at_once_when_somebody_leaves(self, client):
        mine = self.enter(client, self.join(client, culture.circle(at=AT)))
        assert client.post(f"{mine}nonsense/").status_code == 404

        assert client.post(f"{mine}end/").status_code == 302

        assert Neighbour.objects.get().name is None
        assert client.get(mine).status_code == 302

    @pytest.mark.parametrize(
        ("field", "said"),
        [("times", {"times": []}), ("reach", {"reach": "x"}), ("side", {"side": ""}), ("location", {"location": ""})],
    )  # fmt: skip
    def test_asks_again(self, client, field, said):
        circle = culture.circle(at=AT)
        response = client.post(f"/en/volunteers/{circle.offer.code}/join/", self.told(**said))

        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
        assert Neighbour.objects.count() == 0

    def test_opens_to_no_other_passphrase(self, client):
        circle = culture.circle(at=AT)
        neighbour, _passphrase = self.join(client, circle)
        way = {"code": neighbour.code, "passphrase": "1" * 16}
        assert client.post("/en/volunteers/mine/", way).status_code == 422
        assert client.get(f"/en/volunteers/mine/{neighbour.code}/").status_code == 302


def test_confirms_hours_on_the_page_of_the_booking(client):
    session = offers.session(at=AT, of=offers.offer(at=AT, kind="shift"))
    from linli.offers.actions import booking as actions

    receipt = actions.book(by=actions.HOLDER, at=AT, session=session, wanted=actions.Wanted())
    way = {"code": receipt.booking.code, "passphrase": receipt.passphrase}
    client.post("/en/bookings/", way)
    assert "_volunteer_given" not in str(
        client.get(f"/en/bookings/{way['code']}/").context["sections"]
    )
    Booking.objects.update(state=Booking.ATTENDED)
    hours.confirm_hours(by=offers.officer(), at=AT, booking=receipt.booking, minutes=150)

    shown = page(client.get(f"/en/bookings/{way['code']}/"))

    assert "2 h 30 min" in shown
    assert offers.LABOUR in shown


def test_tells_the_result_by_number(client, contest):
    one, two = (culture.sent(contest, at=AT).entry for _ in range(2))
    culture.judged(contest, {one: 90, two: 90}, at=contest.closes_at)

    told = client.get(way(contest)).context["winners"]

    assert [(won.place, won.mean, won.shares) for won in told] == [(1, 90, True), (1, 90, True)]
    assert {won.number for won in told} == {one.number, two.number}
    with time_machine.travel(AT + timedelta(days=100), tick=False):
        assert client.get(way(contest)).status_code == 404


def test_leads_to_what_one_may_take_part_in(client, contest):
    quiz = culture.quiz(at=AT)
    culture.contest(at=AT, published=False)
    culture.quiz(at=AT, opened=False)

    everywhere = client.get("/en/offers/").context["culture"]
    of_contest = client.get(f"/en/offers/{contest.offer.code}/").context["culture"]
    of_month = client.get(f"/en/offers/{quiz.offer.code}/").context["culture"]

    assert {(way.kind, way.code) for way in everywhere} == {
        ("contest", contest.offer.code), ("quiz", quiz.code),
    }  # fmt: skip
    assert [way.kind for way in of_contest] == ["contest"]
    assert [way.kind for way in of_month] == ["quiz"]
