"""Asked later what came of a course: only who allows it, on three days, until they take it back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import Sum

from linli.kernel import keystore
from linli.kernel.actors import Role
from linli.kernel.fields import unseal
from linli.kernel.limits import forget_all
from linli.kernel.models import Look, Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy_due, key_of
from linli.offers.actions import following_up
from linli.offers.actions.following_up import Answer
from linli.offers.actions.forgetting import forget
from linli.offers.models import FollowUp, Helped, Outcome
from linli.offers.queries.courses import followed, orders
from linli.offers.tasks import PURGES, ask
from tests.town import courses, offers
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
AT = BEGAN + courses.AFTER
SMS = ("sms", "13900000077")
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.SMS_URL = "https://sms.example/"
    forget_all()


def came(size=1, **overrides):
    session = offers.session(at=BEGAN, **overrides)
    one = courses.taken(session, at=BEGAN, size=size)
    courses.over(session, one)
    one.booking.refresh_from_db()
    return one


def allowed(one, at=AT, contact=SMS):
    return following_up.allow_asking(at=at, booking=one.booking, contact=contact, language="ug")


def fresh(follow_up):
    return FollowUp.objects.select_related("subject").get(pk=follow_up.pk)


def employed(booking, days):
    rows = Outcome.objects.filter(booking=booking, kind="employed", after_days=days)
    return rows.aggregate(n=Sum("people"))["n"] or 0


def on_day(follow_up, days):
    """Ask on that day; return the moment."""
    at = AT.replace(hour=4) - (AT.date() - follow_up.ended_on) + days * A_DAY
    ask(at)
    return at


class TestAllow:
    def test_keeps_the_address_under_a_key_of_its_own(self):
        one = came()
        made = allowed(one)

        assert made.subject_id != one.booking.subject_id
        assert unseal(made, key_of(made.subject, at=AT), "contact") == {"sms": "13900000077"}
        assert made.subject.purge_on == made.ended_on + 210 * A_DAY
        assert Message.objects.count() == 0

    def test_outlives_what_was_left_with_the_booking(self):
        one = came()
        made = allowed(one)
        later = AT + 60 * A_DAY
        destroy_due(later)
        for purge in PURGES:
            purge.run(later)
        one.booking.refresh_from_db()
        assert one.booking.purged_at == later
        assert unseal(fresh(made), key_of(fresh(made).subject, at=later), "contact")

    def test_refuses_who_did_not_come(self):
        session = offers.session(at=BEGAN)
        one, other = courses.taken(session, at=BEGAN), courses.taken(session, at=BEGAN)
        courses.over(session, other)
        one.booking.refresh_from_db()
        with pytest.raises(Refused, match="not_attended"):
            allowed(one)
        assert not FollowUp.objects.exists()

    def test_refuses_before_the_end(self):
        one = came()
        with pytest.raises(Refused, match="not_over"):
            allowed(one, at=one.booking.session.starts_at)
        assert not FollowUp.objects.exists()

    def test_refuses_a_second_leave_also_after_the_first_was_taken_back(self):
        one = came()
        made = allowed(one)
        with pytest.raises(Refused, match="allowed"):
            allowed(one)
        following_up.take_back(at=AT, follow_up=made)
        with pytest.raises(Refused, match="allowed"):
            allowed(one)
        assert FollowUp.objects.count() == 1

    def test_refuses_what_is_no_address(self):
        with pytest.raises(Refused, match="address_wrong"):
            allowed(came(), contact=("sms", "abc"))
        assert not FollowUp.objects.exists()

    def test_refuses_staff_and_whose_booking_is_gone(self):
        one = came()
        with pytest.raises(Refused, match="not_allowed"):
            following_up.allow_asking(
                by=actor(Role.OFFICER, unit=offers.LABOUR), at=AT, booking=one.booking,
                contact=SMS, language="",
            )  # fmt: skip
        forget(at=AT, booking=one.booking)
        one.booking.subject.refresh_from_db()
        with pytest.raises(Refused, match="gone"):
            allowed(one)
        assert not FollowUp.objects.exists()


class TestAsk:
    def test_asks_on_three_days_each_once_and_writes_the_look(self):
        made = allowed(came())
        for days, asked in (
            (29, 0),
            (30, 30),
            (89, 30),
            (90, 90),
            (179, 90),
            (180, 180),
            (200, 180),
        ):
            at = on_day(made, days)
            assert fresh(made).asked == asked
            assert ask(at) == 0
        assert Message.objects.filter(subject=made.subject).count() == 3
        assert Look.objects.filter(subject=made.subject, verb="sent").count() == 3

    def test_asks_the_latest_question_only_after_a_time_without_a_clock(self):
        made = allowed(came())
        on_day(made, 100)
        assert fresh(made).asked == 90
        assert Message.objects.count() == 1

    def test_says_where_to_answer_and_not_what_it_was(self):
        made = allowed(came())
        at = on_day(made, 30)
        message = Message.objects.get()
        words = unseal(message, key_of(made.subject, at=at), "words")
        assert f"/asked/{made.code}/" in words["text"]
        assert "拉面" not in words["subject"] + words["text"]

    def test_asks_nobody_who_took_it_back_or_had_it_forgotten(self):
        one, other = came(), came()
        first, second = allowed(one), allowed(other)
        following_up.take_back(at=AT, follow_up=first)
        forget(at=AT, booking=other.booking)
        for made in (first, second):
            on_day(made, 30)
        assert Message.objects.count() == 0

    def test_refuses_everybody_but_the_system(self):
        with pytest.raises(Refused, match="not_allowed"):
            following_up.ask_due(by=offers.officer(), at=AT)


class TestAnswer:
    def test_counts_after_the_days_of_the_question(self):
        one = came()
        made = allowed(one)
        at = on_day(made, 30)
        following_up.answer(at=at, follow_up=made, said=Answer(employed=1, helped=True))
        at = on_day(made, 90)
        following_up.answer(at=at, follow_up=made, said=Answer(employed=0))

        assert [employed(one.booking, days) for days in (0, 30, 90, 180)] == [0, 1, 0, 0]
        assert followed(one.booking.session.offer).employed == 1

    def test_ties_it_to_the_order_and_lets_it_be_corrected(self):
        one = came()
        offer = one.booking.session.offer
        two = [courses.ordered(offer, name, at=BEGAN) for name in ("甲餐饮公司", "乙餐饮公司")]
        made = allowed(one)
        at = on_day(made, 30)
        for training in (two[0], two[1], None, two[1]):
            following_up.answer(at=at, follow_up=made, said=Answer(employed=1, training=training))
            hired = {row.training.pk: row.hired for row in orders(offer) if row.hired}
            assert hired == ({training.pk: 1} if training else {})
            assert employed(one.booking, 30) == 1

    def test_counts_whether_it_helped_once_and_of_nobody(self):
        one = came()
        made = allowed(one)
        at = on_day(made, 30)
        for helped in (True, False, True):
            following_up.answer(at=at, follow_up=made, said=Answer(employed=0, helped=helped))
        count = Helped.objects.get()
        assert (count.after_days, count.yes, count.no) == (30, 1, 0)
        pointing = {field.name for field in Helped._meta.get_fields() if field.is_relation}
        assert pointing == {"offer"}

    def test_refuses_before_it_was_asked(self):
        made = allowed(came())
        with pytest.raises(Refused, match="not_asked"):
            following_up.answer(at=AT, follow_up=made, said=Answer(employed=1))
        assert not Outcome.objects.exists()

    def test_refuses_more_people_than_the_booking_is_for(self):
        one = came(size=3)
        made = allowed(one)
        at = on_day(made, 30)
        following_up.answer(at=at, follow_up=made, said=Answer(employed=3))
        with pytest.raises(Refused, match="too_many"):
            following_up.answer(at=at, follow_up=made, said=Answer(employed=4, helped=True))
        assert employed(one.booking, 30) == 3
        assert not Helped.objects.exists()

    def test_refuses_after_the_leave_has_ended(self):
        made = allowed(came())
        at = on_day(made, 180)
        with pytest.raises(Refused, match="gone"):
            following_up.answer(at=at + 30 * A_DAY, follow_up=made, said=Answer(employed=1))
        following_up.take_back(at=at, follow_up=made)
        with pytest.raises(Refused, match="gone"):
            following_up.answer(at=at, follow_up=made, said=Answer(employed=1))
        assert not Outcome.objects.exists()

    def test_refuses_staff(self):
        made = allowed(came())
        at = on_day(made, 30)
        for deed in (following_up.answer, following_up.take_back):
            more = {"said": Answer(employed=1)} if deed is following_up.answer else {}
            with pytest.raises(Refused, match="not_allowed"):
                deed(by=offers.officer(), at=at, follow_up=made, **more)

    def test_database_keeps_answers_behind_questions(self):
        made = allowed(came())
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=made.pk).update(answered=30)


def test_taking_it_back_destroys_the_key_at_once(django_capture_on_commit_callbacks):
    made = allowed(came())
    with django_capture_on_commit_callbacks(execute=True):
        following_up.take_back(at=AT, follow_up=made)
    assert keystore.store().key(made.subject.code) is None
    for purge in PURGES:
        purge.run(AT)
    assert fresh(made).contact is None
    with pytest.raises(Refused, match="gone"):
        following_up.take_back(at=AT, follow_up=made)


class TestPages:
    @pytest.fixture
    def travel(self):
        with time_machine.travel(AT, tick=False) as clock:
            yield clock

    def let_in(self, client, one):
        client.post("/en/bookings/", {"code": one.booking.code, "passphrase": one.passphrase})

    def test_allows_answers_and_takes_back_without_javascript(self, client, travel):
        one = came()
        self.let_in(client, one)
        way = f"/en/bookings/{one.booking.code}/asked-later/"
        assert way in client.get(f"/en/bookings/{one.booking.code}/").content.decode()
        wrong = client.post(way, {"channel": "email", "address": "x"})
        assert wrong.status_code == 422
        client.post(way, {"channel": "sms", "address": SMS[1]})
        made = FollowUp.objects.get()

        client.cookies.clear()
        page = f"/en/asked/{made.code}/"
        assert "first question comes" in client.get(page).content.decode()
        travel.move_to(on_day(made, 30))
        assert client.post(page, {"employed": "maybe"}).status_code == 422
        answer = client.post(page, {"employed": "yes", "helped": "yes"})
        assert answer.context["done"] == "answered"
        assert employed(one.booking, 30) == 1

        assert client.post(f"{page}end/").context["done"] == "ended"
        assert client.get(page).status_code == 404

    def test_knows_no_other_code(self, client, travel):
        allowed(came())
        for code in ("7K3M-92QD", "x", "0"):
            assert client.get(f"/en/asked/{code}/").status_code == 404

    def test_asks_a_group_for_a_number(self, client, travel):
        one = came(size=3)
        made = allowed(one)
        travel.move_to(on_day(made, 30))
        page = f"/en/asked/{made.code}/"
        assert client.post(page, {"employed": "4"}).status_code == 422
        assert client.post(page, {"employed": "2"}).context["done"] == "answered"
        assert employed(one.booking, 30) == 2
