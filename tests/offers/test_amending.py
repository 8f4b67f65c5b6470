"""Change what is offered: what was promised stays, each change is counted, who booked has it among their steps."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from linli.kernel.fields import unseal
from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of
from linli.offers.actions import amending, offering
from linli.offers.models import BookingStep, Meeting, Offer, Session
from tests.town import offers

pytestmark = pytest.mark.django_db
BY = offers.officer()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def told(row):
    return {f.name: getattr(fresh(row), f.attname) for f in row._meta.fields}


def refused(code, row, deed):
    """Say whether a deed is refused so, and leaves the row and the steps as they were."""
    before = told(row), BookingStep.objects.count()
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code and before == (told(row), BookingStep.objects.count())


def again(session, **changed):
    names = amending.SessionChange.__dataclass_fields__
    said = {name: getattr(session, name) for name in names} | {"languages": ("zh",)}
    return amending.SessionChange(**(said | changed))


class TestOffer:
    def test_says_anew_what_it_is(self, noon):
        offer = offers.offer(at=noon, cost=500, kept_days=10)
        change = amending.OfferChange(title="拉面师培训(第二期)", cost=0, kept_days=7)
        amending.amend_offer(by=BY, at=noon, offer=offer, change=change)

        kept = fresh(offer)
        assert (kept.title, kept.cost, kept.kept_days) == ("拉面师培训(第二期)", 0, 7)
        assert kept.published_at == noon

    @pytest.mark.parametrize("dearer", [{"cost": 1}, {"kept_days": 8}])
    def test_keeps_what_was_promised(self, noon, dearer):
        change = amending.OfferChange(title="拉面", **dearer)

        def amend(offer):
            return lambda: amending.amend_offer(by=BY, at=noon, offer=offer, change=change)

        published = offers.offer(at=noon)
        assert refused("promised", published, amend(published))
        amend(offers.offer(at=noon, published=False))()

    def test_refuses_no_title_a_circle_and_another_unit(self, noon):
        offer = offers.offer(at=noon)
        part = offers.offer(at=noon, part_of=offer)

        def amend(by=BY, **said):
            change = amending.OfferChange(**({"title": "拉面"} | said))
            return lambda: amending.amend_offer(by=by, at=noon, offer=offer, change=change)

        assert refused("no_title", offer, amend(title=" "))
        assert refused("part_of_itself", offer, amend(part_of=offer))
        assert refused("part_of_itself", offer, amend(part_of=part))
        assert refused("not_own_unit", offer, amend(by=offers.officer("别的单位")))

    def test_is_withdrawn_once_nothing_to_come_is_booked(self, noon):
        offer = offers.offer(at=noon)
        session = offers.session(at=noon, of=offer)
        offers.booked(session, at=noon)

        def withdraw(by=BY):
            return lambda: amending.withdraw(by=by, at=noon, offer=offer)

        assert refused("still_booked", offer, withdraw())
        assert refused("not_own_unit", offer, withdraw(offers.officer("别的单位")))
        offering.call_off(by=BY, at=noon, session=session, why="下雪")
        withdraw()()
        assert fresh(offer).withdrawn_at == noon
        assert not Offer.objects.published().exists()
        assert refused("withdrawn", offer, withdraw())


class TestSession:
    def test_counts_its_changes_and_tells_who_booked_where_it_is(self, noon):
        session = offers.session(at=noon)
        offers.booked(session, at=noon)
        quiet = amending.amend_session(
            by=BY, at=noon, session=session, change=again(session, interpreter=True)
        )
        assert (quiet.sequence, quiet.languages, quiet.interpreter) == (1, ["zh"], True)
        assert not BookingStep.objects.filter(verb="changed").exists()

        later = noon + timedelta(hours=1)
        amending.amend_session(by=BY, at=later, session=session, change=again(session, room="302"))
        assert (fresh(session).sequence, fresh(session).last_modified) == (2, later)
        assert BookingStep.objects.filter(verb="changed").count() == 1

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"most_together": 0}, "no_places"), ({"most_together": 61}, "no_places"),
            ({"floor_web": 11}, "floors_too_high"), ({"floor_web": 2}, "floors_without_end"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be(self, noon, changed, code):
        session = offers.session(10, at=noon)

        def deed():
            amending.amend_session(
                by=BY, at=noon, session=session, change=again(session, **changed)
            )

        assert refused(code, session, deed)

    def test_refuses_another_unit_a_wrong_window_and_what_is_over(self, noon):
        session = offers.session(at=noon)

        def amend(by=BY, at=noon, **changed):
            change = again(session, **changed)
            return lambda: amending.amend_session(by=by, at=at, session=session, change=change)

        assert refused("not_own_unit", session, amend(by=offers.officer("别的单位")))
        late = session.ends_at + timedelta(seconds=1)
        assert refused("booking_wrong", session, amend(booking_until=late))
        assert refused("over", session, amend(at=session.ends_at))
        offering.call_off(by=BY, at=noon, session=session, why="下雪")
        assert refused("cancelled", session, amend())


@pytest.fixture
def weekly(noon):
    """Return a session of three meetings a week apart."""
    begins = noon + timedelta(days=30)
    times = [begins + timedelta(weeks=n) for n in range(3)]
    return offers.session(at=noon, meetings=[(one, one + timedelta(hours=2)) for one in times])


class TestMeetings:
    def test_moves_one_and_keeps_where_it_was(self, weekly, noon):
        offers.booked(weekly, at=noon)
        last = weekly.meetings.last()
        was, day = last.starts_at, timedelta(days=1)
        for step in (1, 2):
            amending.move_meeting(
                by=BY, at=noon, meeting=last, starts_at=was + step * day, ends_at=was + step * day + day / 24
            )  # fmt: skip

        moved = fresh(last)
        assert (moved.starts_at, moved.moved_from) == (was + 2 * day, was)
        assert (fresh(weekly).ends_at, fresh(weekly).sequence) == (moved.ends_at, 2)
        assert BookingStep.objects.filter(verb="changed").count() == 2

    def test_writes_to_who_booked_which_day_is_meant(self, weekly, noon):
        made = offers.booked(weekly, at=noon, contact=("sms", "13900000001"), reply_language="en")
        first, second, _third = weekly.meetings.all()
        begins = second.starts_at + timedelta(days=1)
        amending.move_meeting(
            by=BY, at=noon, meeting=second, starts_at=begins, ends_at=begins + timedelta(hours=1)
        )
        amending.skip_meeting(by=BY, at=noon, meeting=first)

        key = key_of(made.subject, at=noon)
        letters = Message.objects.filter(subject=made.subject).order_by("id")[1:]
        words = [str(unseal(letter, key, "words")) for letter in letters]
        assert "you meet on 2026-12-29 12:00 instead of 2026-12-28 12:00" in words[0]
        assert "does not take place: 2026-12-21 12:00" in words[1]

    def test_moves_none_beyond_the_day_that_people_were_told(self, weekly, noon):
        made = offers.booked(weekly, at=noon)
        last = weekly.meetings.last()
        days = (made.subject.purge_on - localdate(last.ends_at)).days

        def move(by_days):
            begins = last.starts_at + timedelta(days=by_days)
            return lambda: amending.move_meeting(
                by=BY, at=noon, meeting=last, starts_at=begins, ends_at=begins + timedelta(hours=1)
            )

        assert refused("beyond_retention", last, move(days))
        move(days - 1)()

    def test_refuses_an_overlap_and_what_does_not_take_place(self, weekly, noon):
        first, second, _third = weekly.meetings.all()

        def move(to, by=BY):
            return lambda: amending.move_meeting(
                by=by, at=noon, meeting=first, starts_at=to, ends_at=to + timedelta(hours=1)
            )

        assert refused("meetings_overlap", first, move(second.starts_at))
        assert refused("not_own_unit", first, move(first.starts_at, offers.officer("别的单位")))
        amending.skip_meeting(by=BY, at=noon, meeting=second)
        move(second.starts_at)()
        amending.skip_meeting(by=BY, at=noon, meeting=first)
        assert refused("skipped", first, move(second.starts_at))

    def test_skips_all_but_the_last(self, weekly, noon):
        first, second, third = weekly.meetings.all()
        for one in (first, third):
            amending.skip_meeting(by=BY, at=noon, meeting=one)

        now = fresh(weekly)
        assert (now.starts_at, now.ends_at, now.sequence) == (second.starts_at, second.ends_at, 2)
        assert refused(
            "last_meeting", second, lambda: amending.skip_meeting(by=BY, at=noon, meeting=second)
        )
        assert refused(
            "skipped", first, lambda: amending.skip_meeting(by=BY, at=noon, meeting=first)
        )

    def test_is_planned_with_days_left_out(self, noon):
        begins = noon + timedelta(days=30)
        times = [
            (begins + timedelta(weeks=n), begins + timedelta(weeks=n, hours=2)) for n in range(3)
        ]
        session = offers.session(at=noon, meetings=times, skipped=frozenset([begins]))

        assert (session.starts_at, session.ends_at) == (times[1][0], times[2][1])
        assert list(Meeting.objects.values_list("cancelled_at", flat=True)) == [noon, None, None]
        with pytest.raises(Refused, match="no_meeting"):
            offers.session(at=noon, meetings=times[:1], skipped=frozenset([begins]))
        assert Session.objects.count() == 1
