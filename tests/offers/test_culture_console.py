"""The console of contests, quizzes, pairs and hours: staff of the unit, numbers and codes, nothing of anybody."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.kernel.models import Staff
from linli.kernel.sheets import read_sheet
from linli.offers.models import Booking, Contest, Entry, Hours, Mark, Pair, Pairing, Quiz
from tests.town import culture, offers

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "files"
    forget_all()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def desk(client):
    return signed_in(client)


def signed_in(client, role=Role.OFFICER, unit=offers.LABOUR, name="评委甲"):
    who = Staff.objects.create(
        username=f"{role}{unit}", name=name, role=role, unit=unit, password="long-enough-1"
    )
    client.force_login(who)
    return client


def page(response):
    return response.content.decode()


def table(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("bank.xlsx", out.getvalue())


class TestContest:
    def test_calls_for_works(self, desk):
        offer = offers.offer(at=AT, kind="contest")
        way = f"/en/console/offers/contests/{offer.code}/"
        assert desk.post(way, {}).status_code == 422
        terms = {
            "kinds": ["text"], "closes_at": "2026-12-01T18:00", "shown_until": "2027-03-01", "prizes": "2",
        }  # fmt: skip

        assert desk.post(way, terms).status_code == 302

        made = Contest.objects.get()
        assert (made.kinds, made.prizes, made.shown_until.isoformat()) == (
            ["text"],
            2,
            "2027-03-01",
        )

    def test_shows_works_by_number_from_the_closing_on_and_judges(self, desk):
        officer = Staff.objects.get()
        contest = culture.contest(at=AT)
        entries = [culture.sent(contest, at=AT).entry for _ in range(2)]
        way = f"/en/console/offers/contests/{contest.offer.code}/"
        assert "我的邻居" not in page(desk.get(way))
        with time_machine.travel(contest.closes_at, tick=False):
            desk.force_login(officer)
            first, second = (row.work.entry.number for row in desk.get(way).context["rows"])
            assert desk.post(f"{way}{first}/", {"points": "101"}).status_code == 422
            after = desk.post(f"{way}{first}/", {"points": "80", "words": "好"})
            assert after["Location"].endswith(f"/{second}/")
            desk.post(f"{way}result/")
            assert Contest.objects.get().judged_at is None
            assert desk.post(f"{way}{second}/", {"points": "70"})["Location"] == way
            desk.post(f"{way}result/")

        assert Mark.objects.count() == len(entries)
        assert Entry.objects.get(number=first).place == 1

    def test_sets_aside_and_hands_over_the_prize(self, desk):
        contest = culture.contest(at=AT)
        (entry, mark), (other, _) = (culture.sent(contest, at=AT) for _ in range(2))
        way = f"/en/console/offers/contests/{contest.offer.code}/"
        desk.post(f"{way}{other.number}/aside/", {"why": "写了姓名"})
        assert Entry.objects.get(pk=other.pk).set_aside == "写了姓名"
        culture.judged(contest, {entry: 9}, at=contest.closes_at)

        wrong = desk.post(f"{way}prize/", {"number": entry.number, "mark": "1" * 16})
        assert wrong.status_code == 422
        assert desk.post(f"{way}prize/", {"number": entry.number, "mark": mark}).status_code == 302
        assert Entry.objects.get(pk=entry.pk).prize_on is not None
        again = desk.post(f"{way}prize/", {"number": entry.number, "mark": mark})
        assert again.status_code == 422

    def test_is_judged_by_the_unit_alone(self, client):
        contest = culture.contest(at=AT)
        entry = culture.sent(contest, at=AT).entry
        way = f"/en/console/offers/contests/{contest.offer.code}/"
        with time_machine.travel(contest.closes_at, tick=False):
            signed_in(client, unit="别的局")
            for path in ("", f"{entry.number}/", f"{entry.number}/file/"):
                assert client.get(way + path).status_code == 404
            signed_in(client, role=Role.PLANNER, unit="另一个局")
            assert client.get(way).context["rows"] == []
            assert client.get(f"{way}{entry.number}/").status_code == 404

    def test_counts_in_the_list(self, desk, django_assert_max_num_queries):
        for _ in range(3):
            contest = culture.contest(at=AT)
            one, two = (culture.sent(contest, at=AT).entry for _ in range(2))
            culture.judged(contest, {one: 1, two: 2}, at=contest.closes_at, judges=("甲", "乙"))
        with django_assert_max_num_queries(6):
            listed = desk.get("/en/console/offers/contests/").context["offers"]
        assert [(one.works, one.judges) for one in listed] == [(2, 2)] * 3


class TestBank:
    HEAD = ("题目", "A", "B", "C", "正确答案", "解析")

    def bring(self, desk, quiz, *rows):
        way = f"/en/console/offers/quizzes/{quiz.code}/table/"
        return desk.post(way, {"file": table(self.HEAD, *rows)})

    def test_begins_fills_and_opens_a_quiz(self, desk):
        offer = offers.offer(at=AT)
        assert desk.post("/en/console/offers/quizzes/", {}).status_code == 422
        desk.post(
            "/en/console/offers/quizzes/", {"offer": offer.code, "title": "问答", "drawn": "1"}
        )
        quiz = Quiz.objects.get()
        way = f"/en/console/offers/quizzes/{quiz.code}/"
        said = {"words": "几月？", "choices": "五月\n九月", "right": "1"}
        assert desk.post(way, said | {"right": "5"}).status_code == 422
        assert desk.post(way, said).status_code == 302
        desk.post(f"{way}open/")

        assert Quiz.objects.get().opened_at is not None
        question = quiz.questions.get()
        assert (question.choices, question.right) == (["五月", "九月"], 1)
        desk.post(f"{way}{question.pk}/drop/")
        assert list(desk.get(way).context["questions"]) == []

    def test_takes_in_a_table(self, desk):
        quiz = culture.quiz(at=AT)
        rows = [("一？", "甲", "乙", "", "A", "因为"), ("二？", "甲", "乙", "丙", "c", "")]

        assert self.bring(desk, quiz, *rows).status_code == 302

        kept = quiz.questions.filter(words__in=["一？", "二？"]).order_by("words")
        assert [(one.choices, one.right, one.why) for one in kept] == [
            (["甲", "乙"], 0, "因为"), (["甲", "乙", "丙"], 2, ""),
        ]  # fmt: skip

    def test_takes_in_nothing_of_a_table_with_a_wrong_row(self, desk):
        quiz = culture.quiz(at=AT)
        rows = [
            ("一？", "甲", "乙", "", "A", ""),
            ("二？", "甲", "甲", "", "A", ""),
            ("三？", "甲", "乙", "", "D", ""),
            ("一？", "甲", "乙", "", "A", ""),
            ("宣传月在几月？", "甲", "乙", "", "A", ""),
        ]

        response = self.bring(desk, quiz, *rows)

        assert response.status_code == 422
        assert [one.line for one in response.context["errors"]] == [3, 4, 5, 6]
        assert quiz.questions.count() == 3

    @pytest.mark.parametrize(
        "head", [("题目", "A", "正确答案"), ("题目", "A", "B", "正确答案", "民族")]
    )
    def test_takes_in_no_other_table(self, desk, head):
        quiz = culture.quiz(at=AT)
        way = f"/en/console/offers/quizzes/{quiz.code}/table/"
        response = desk.post(way, {"file": table(head, ["x"] * len(head))})
        assert response.status_code == 422
        assert list(response.context["table"].errors) == ["file"]
        assert quiz.questions.count() == 3

    def test_gives_a_table_that_can_be_brought_again(self, desk):
        quiz = culture.quiz(at=AT)
        given = desk.get(f"/en/console/offers/quizzes/{quiz.code}/bank.xlsx").content
        other = Quiz.objects.get(pk=culture.quiz(at=AT, bank=[], opened=False, drawn=1).pk)

        way = f"/en/console/offers/quizzes/{other.code}/table/"
        assert desk.post(way, {"file": SimpleUploadedFile("a.xlsx", given)}).status_code == 302

        assert len(read_sheet(given).rows) == other.questions.count() == 3
        told = ("words", "choices", "right", "why")
        assert [*other.questions.values_list(*told)] == [*quiz.questions.values_list(*told)]

    def test_belongs_to_the_unit(self, client):
        quiz = culture.quiz(at=AT)
        signed_in(client, unit="别的局")
        assert client.get(f"/en/console/offers/quizzes/{quiz.code}/").status_code == 404


class TestPairs:
    def test_shows_codes_and_proposes_at_the_window(self, client):
        circle = culture.circle(at=AT)
        wanted, offered = (
            culture.neighbour(circle, side, at=AT, note="三年级").neighbour
            for side in ("wanted", "offered")
        )
        signed_in(client, role=Role.CLERK)

        shown = page(client.get("/en/console/offers/pairs/"))

        assert wanted.code in shown
        assert offered.code in shown
        assert not [word for word in ("一位邻居", "1390000", "三年级") if word in shown]
        way = f"/en/console/offers/pairs/{wanted.code}/{offered.code}/propose/"
        assert client.post(way).status_code == 302
        assert client.post(way).status_code == 302
        assert Pair.objects.count() == 1
        signed_in(client, role=Role.CLERK, unit="别的局")
        assert client.post(way).status_code == 404
        assert client.get("/en/console/offers/pairs/").context["circles"] == []

    def test_opens_a_pairing(self, desk):
        offer = offers.offer(at=AT, kind="group")
        way = "/en/console/offers/pairs/"
        assert desk.post(way, {"offer": offer.code, "kept_days": "999"}).status_code == 422
        assert desk.post(way, {"offer": offer.code, "kept_days": "60"}).status_code == 302
        assert Pairing.objects.get().kept_days == 60


class TestHours:
    def test_confirms_of_who_came(self, desk):
        session = offers.session(at=AT, of=offers.offer(at=AT, kind="shift"))
        came, away = (offers.booked(session, at=AT, size=2) for _ in range(2))
        Booking.objects.filter(pk=came.pk).update(state=Booking.ATTENDED)
        way = f"/en/console/offers/sessions/{session.code}/hours/"

        assert desk.post(way, {"booking": away.code, "minutes": "60"}).status_code == 422
        assert desk.post(way, {"booking": came.code, "minutes": "0"}).status_code == 422
        assert desk.post(way, {"booking": came.code, "minutes": "60"}).status_code == 302

        assert Hours.objects.get().booking == came
        assert desk.get(way).context["minutes"] == 120

    def test_is_for_shifts_alone(self, desk):
        session = offers.session(at=AT)
        assert desk.get(f"/en/console/offers/sessions/{session.code}/hours/").status_code == 404
