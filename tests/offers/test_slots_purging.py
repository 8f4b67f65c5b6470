"""After its day nothing of a booking is left but a row that counts; its holder can have it forgotten before."""

from datetime import date, timedelta

import pytest

from linli.kernel.actors import HOLDER
from linli.kernel.codes import new_code
from linli.kernel.fields import seal
from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy_due, key_of, new_subject
from linli.offers.actions import booking, forgetting, purging
from linli.offers.models import Booking, FollowUp, Session
from linli.offers.queries.exported import all_of
from tests.town import offers

pytestmark = pytest.mark.django_db(transaction=True)
SMS = ("sms", "13900000001")
LEFT = {"name": "阿依古丽", "contact": SMS, "note": "需要维吾尔语翻译", "reply_language": "ug"}
A_DAY = timedelta(days=1)


def receipt_of(session, *, at, **wanted):
    said = booking.Wanted(**{**LEFT, **wanted})
    return booking.book(by=HOLDER, at=at, session=session, wanted=said)


def purge(at):
    destroy_due(at)
    return purging.purge_bookings(at=at)


def follow_up(made, at):
    subject = new_subject(purpose="follow-up", purge_on=date(2027, 6, 1), at=at)
    row = FollowUp(
        code=new_code(), booking=made, subject=subject, ended_on=made.session.ends_at.date()
    )
    seal(row, key_of(subject, at=at), contact={"sms": SMS[1]}, reply_language="ug")
    row.save()
    return row


def test_leaves_a_row_that_counts(noon):
    session = offers.session(at=noon)
    made = receipt_of(session, at=noon, size=2).booking
    day = made.subject.purge_on - session.ends_at.date()
    assert day == timedelta(days=7)

    assert purge(session.ends_at + 6 * A_DAY) == 0
    assert purge(session.ends_at + 7 * A_DAY) == 1

    row = Booking.objects.get(pk=made.pk)
    assert (row.name, row.contact, row.note, row.reply_language) == (None,) * 4
    assert (row.secret, row.once) == ("", "")
    assert (row.size, row.state, row.door) == (2, "confirmed", "web")
    assert row.purged_at == session.ends_at + 7 * A_DAY
    assert [step.verb for step in row.steps.all()] == ["booked"]
    assert purge(session.ends_at + 8 * A_DAY) == 0


def test_empties_a_leave_to_be_asked_later_on_a_day_of_its_own(noon):
    made = receipt_of(offers.session(at=noon), at=noon).booking
    row = follow_up(made, noon)
    before = row.subject.purge_on

    assert purge(noon + 60 * A_DAY) == 1
    assert purging.purge_follow_ups(at=noon + 60 * A_DAY) == 0
    assert FollowUp.objects.get().contact is not None

    destroy_due(noon.replace(year=before.year, month=before.month, day=before.day))
    assert purging.purge_follow_ups(at=noon) == 1
    row = FollowUp.objects.get()
    assert (row.contact, row.reply_language, row.purged_at) == (None, None, noon)


@pytest.mark.parametrize("deed", [purging.purge_bookings, purging.purge_follow_ups])
def test_leaves_purging_to_the_calendar(noon, deed):
    with pytest.raises(Refused, match="not_allowed"):
        deed(by=offers.officer(), at=noon)


class TestForget:
    def test_gives_back_a_place_to_come_and_destroys_the_key(self, noon):
        session = offers.session(2, at=noon)
        made, passphrase = receipt_of(session, at=noon, size=2)
        behind = offers.booked(session, at=noon, wait=True)
        assert behind.state == Booking.WAITING

        forgetting.forget(at=noon, booking=made)

        row = Booking.objects.get(pk=made.pk)
        assert row.state == Booking.CANCELLED
        assert Session.objects.get(pk=session.pk).taken == 1
        assert Booking.objects.get(pk=behind.pk).state == Booking.OFFERED
        with pytest.raises(Refused, match="wrong_code"):
            booking.open_held(at=noon, code=made.code, passphrase=passphrase)
        assert purging.purge_bookings(at=noon) == 1
        assert Booking.objects.get(pk=made.pk).name is None

    def test_keeps_the_count_of_who_has_come_already(self, noon):
        session = offers.session(2, at=noon)
        made = receipt_of(session, at=noon).booking

        forgetting.forget(at=session.starts_at + A_DAY, booking=made)

        row = Booking.objects.get(pk=made.pk)
        assert (row.state, Session.objects.get(pk=session.pk).taken) == (Booking.CONFIRMED, 1)

    def test_is_nobodys_but_the_holders(self, noon):
        made = receipt_of(offers.session(at=noon), at=noon).booking

        with pytest.raises(Refused, match="not_allowed"):
            forgetting.forget(by=offers.officer(), at=noon, booking=made)
        assert Booking.objects.get(pk=made.pk).state == Booking.CONFIRMED
        assert booking.key_of(made.subject, at=noon)


def test_tells_the_holder_everything_that_is_kept(noon):
    made = receipt_of(offers.session(at=noon), at=noon).booking

    told = all_of(made, noon)

    assert told["said"] == {
        "name": "阿依古丽", "contact": {"sms": "13900000001"}, "note": "需要维吾尔语翻译", "reply_language": "ug",
    }  # fmt: skip
    assert [step["verb"] for step in told["steps"]] == ["booked"]
    assert told["kept_until"] == made.subject.purge_on
    assert len(told["messages"]) == Message.objects.filter(subject=made.subject).count()
    columns = {field.name for field in Booking._meta.local_fields}
    held_back = {"id", "secret", "session", "subject", "once", "purged_at"}
    assert columns - held_back == set(told["booking"]) | set(told["said"])
