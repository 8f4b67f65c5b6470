"""Job fairs: stands are set up, wishes count until a moment, times are proposed, kept apart and passed on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.kernel.codes import new_code
from linli.kernel.drawing import commitment
from linli.kernel.refusals import Refused
from linli.offers import tasks
from linli.offers.actions import (
    attending,
    booking,
    forgetting,
    interviewing,
    purging,
    stands,
    vacancies,
    wishing,
)
from linli.offers.models import Interview, Outcome, Stand, Wish
from linli.offers.queries.timetable import seed_of
from tests.town import fairs, offers, services

pytestmark = pytest.mark.django_db


def refused(code, deed):
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code


class TestStands:
    def test_gives_an_employer_a_stand(self, noon):
        fair = fairs.fair(at=noon)

        made = fairs.stand(fair, at=noon, place="A1", lanes=2, zone="online")

        assert Stand.objects.get() == made
        assert (made.place, made.lanes, made.zone) == ("A1", 2, "online")

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"lanes": 0}, "stand_wrong"), ({"minutes": 4}, "stand_wrong"),
            ({"walk_in_percent": 101}, "stand_wrong"), ({"zone": "moon"}, "stand_wrong"),
        ],
    )  # fmt: skip
    def test_refuses_talks_that_are_none(self, noon, changed, code):
        fair = fairs.fair(at=noon)

        assert refused(code, lambda: fairs.stand(fair, at=noon, **changed))
        assert Stand.objects.count() == 0

    def test_refuses_a_second_stand_in_one_zone_and_another_kind_of_offer(self, noon):
        fair, course = fairs.fair(at=noon), offers.session(at=noon)
        fairs.stand(fair, at=noon)

        assert refused("stand_taken", lambda: fairs.stand(fair, at=noon))
        assert refused("not_a_fair", lambda: fairs.stand(course, at=noon))
        assert Stand.objects.count() == 1

    def test_refuses_who_does_not_organize_it(self, noon):
        fair = fairs.fair(at=noon)
        draft = stands.StandDraft(organization=services.organization("甲企业", unit=""))
        others = offers.officer("嘉峪关市文化局")

        for by, code in ((others, "not_own_unit"), (fairs.clerk(), "not_allowed")):
            add = {"by": by, "at": noon, "session": fair, "draft": draft}
            assert refused(code, lambda add=add: stands.add_stand(**add))
        assert Stand.objects.count() == 0

    def test_takes_a_stand_away_unless_somebody_wishes_to_talk_there(self, noon):
        fair = fairs.fair(at=noon)
        wanted, other = fairs.stand(fair, at=noon), fairs.stand(fair, "乙企业", at=noon)
        post, free = fairs.vacancy(wanted, at=noon), fairs.vacancy(other, at=noon)
        fairs.wisher(fair, post, at=noon)
        officer = offers.officer()

        stands.remove_stand(by=officer, at=noon, stand=other)
        assert refused("wished_for", lambda: stands.remove_stand(by=officer, at=noon, stand=wanted))

        assert list(Stand.objects.all()) == [wanted]
        free.refresh_from_db()
        assert free.stand is None

    def test_tells_the_hash_of_the_seed_once_and_moves_the_moment(self, noon):
        fair = fairs.fair(at=noon)
        kept = fair.timetable

        moved = stands.plan_timetable(
            by=offers.officer(), at=noon + timedelta(days=1), session=fair,
            wishes_until=fair.starts_at, gap_minutes=10,
        )  # fmt: skip

        assert moved.commitment == kept.commitment == commitment(seed_of(fair))
        assert (moved.seed, moved.wishes_until, moved.gap_minutes) == ("", fair.starts_at, 10)
        late = {"by": offers.officer(), "at": noon, "session": fair}
        for until in (noon, fair.starts_at + timedelta(seconds=1)):
            plan = late | {"wishes_until": until}
            assert refused("wishes_wrong", lambda plan=plan: stands.plan_timetable(**plan))


class TestWishes:
    def test_keeps_up_to_five_in_their_order_and_replaces_them(self, noon):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)
        posts = [fairs.vacancy(stand, at=noon, title=f"岗位{n}") for n in range(6)]
        made = fairs.wisher(fair, *posts[:5], at=noon)

        wishing.choose_wishes(at=noon, booking=made, vacancies=[posts[5], posts[0]])

        assert list(made.wishes.values_list("vacancy__title", "number")) == [
            ("岗位5", 1),
            ("岗位0", 2),
        ]
        for wanted, code in ((posts, "too_many"), ([posts[0]] * 2, "twice")):
            choose = {"at": noon, "booking": made, "vacancies": wanted}
            assert refused(code, lambda choose=choose: wishing.choose_wishes(**choose))
        assert Wish.objects.count() == 2

    def test_refuses_what_is_not_here_and_who_has_no_place(self, noon):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)
        here, elsewhere = fairs.vacancy(stand, at=noon), fairs.vacancy(at=noon, title="别处")
        made = offers.booked(fair, at=noon)

        def choose(one, at=noon):
            return wishing.choose_wishes(at=at, booking=made, vacancies=[one])

        assert refused("not_here", lambda: choose(elsewhere))
        assert refused("too_late", lambda: choose(here, fair.timetable.wishes_until))
        vacancies.close_vacancy(by=offers.officer(), at=noon, vacancy=here)
        assert refused("not_here", lambda: choose(here))
        booking.cancel(at=noon, booking=made)
        assert refused("no_place", lambda: choose(here))
        course = offers.booked(offers.session(at=noon), at=noon)
        wish = {"at": noon, "booking": course, "vacancies": []}
        assert refused("not_a_fair", lambda: wishing.choose_wishes(**wish))
        assert Wish.objects.count() == 0


class TestTimetable:
    def test_proposes_times_and_keeps_some_for_who_just_comes(self, noon):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon, minutes=30, lanes=2, walk_in_percent=25)
        post = fairs.vacancy(stand, at=noon)
        people = [fairs.wisher(fair, post, at=noon) for _ in range(8)]

        made = fairs.timetable(fair)

        talks = Interview.objects.exclude(booking=None)
        assert talks.count() == 6 == talks.filter(state="proposed", vacancy=post).count()
        assert Interview.objects.filter(state="kept", booking=None).count() == 2
        assert {talk.booking for talk in talks} < set(people)
        assert commitment(made.seed) == made.commitment

    def test_gives_nobody_two_places_at_a_time(self, noon):
        fair = fairs.fair(at=noon, hours=1)
        one = fairs.vacancy(fairs.stand(fair, "甲", at=noon, minutes=20), at=noon)
        other = fairs.vacancy(fairs.stand(fair, "乙", at=noon, minutes=25), at=noon)
        made = fairs.wisher(fair, one, other, at=noon)

        fairs.timetable(fair)

        first, second = made.interviews.order_by("starts_at")
        assert second.starts_at - first.ends_at >= timedelta(minutes=5)

    def test_is_made_once_and_not_before_wishes_are_in(self, noon):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)

        assert refused("too_early", lambda: fairs.timetable(fair, at=noon))
        assert refused("over", lambda: fairs.timetable(fair, at=fair.starts_at))
        fairs.timetable(fair)
        assert refused("made", lambda: fairs.timetable(fair))
        assert refused("made", lambda: fairs.stand(fair, "丙", at=noon))
        changed = stands.StandDraft(organization=stand.organization, minutes=10, walk_in_percent=0)
        amend = {"by": offers.officer(), "at": noon, "stand": stand}
        assert refused("made", lambda: stands.amend_stand(draft=changed, **amend))

    def test_leaves_out_who_has_cancelled(self, noon):
        fair = fairs.fair(at=noon)
        post = fairs.vacancy(fairs.stand(fair, at=noon), at=noon)
        gone, there = (fairs.wisher(fair, post, at=noon) for _ in range(2))
        booking.cancel(at=noon, booking=gone)

        fairs.timetable(fair)

        assert [talk.booking for talk in Interview.objects.all()] == [there]


class TestTalks:
    @pytest.fixture
    def proposed(self, noon):
        """A stand with one time, proposed to one of two who wish for it."""
        fair = fairs.fair(at=noon, hours=1)
        stand = fairs.stand(fair, at=noon, minutes=60)
        post = fairs.vacancy(stand, at=noon, posts=1)
        two = [fairs.wisher(fair, post, at=noon) for _ in range(2)]
        fairs.timetable(fair)
        talk = Interview.objects.get()
        return talk, next(one for one in two if one != talk.booking)

    def test_says_yes(self, noon, proposed):
        talk, _other = proposed

        assert interviewing.accept_talk(at=noon, talk=talk).state == Interview.ACCEPTED
        assert refused("not_proposed", lambda: interviewing.accept_talk(at=noon, talk=talk))

    def test_proposes_what_was_declined_to_the_next(self, noon, proposed):
        talk, other = proposed

        follows = interviewing.decline_talk(at=noon, talk=talk)

        assert (follows.booking, follows.starts_at, follows.state) == (
            other,
            talk.starts_at,
            "proposed",
        )
        assert interviewing.decline_talk(at=noon, talk=follows) is None
        assert refused("not_proposed", lambda: interviewing.decline_talk(at=noon, talk=follows))
        assert Interview.objects.standing().count() == 0

    def test_refuses_an_answer_when_it_has_begun(self, proposed):
        talk, _other = proposed

        for deed in (interviewing.accept_talk, interviewing.decline_talk):
            assert refused("over", lambda deed=deed: deed(at=talk.starts_at, talk=talk))

    def test_passes_on_the_times_of_who_cancelled(self, noon, proposed):
        talk, other = proposed
        booking.cancel(at=noon, booking=talk.booking)
        system = offers.system("calendar")
        fair = talk.stand.session

        assert interviewing.release_talks(by=system, at=noon, session=fair) == 1
        assert interviewing.release_talks(by=system, at=noon, session=fair) == 0

        assert Interview.objects.standing().get().booking == other
        release = {"by": offers.officer(), "at": noon, "session": fair}
        assert refused("not_allowed", lambda: interviewing.release_talks(**release))

    def test_writes_down_what_came_of_it_up_to_the_hire(self, noon, proposed):
        talk, _other = proposed
        day, by = talk.starts_at, offers.officer()
        offer = {"by": by, "at": day, "talk": talk}

        record = offer | {"at": day - timedelta(hours=1), "came": True}
        assert refused("not_yet", lambda: interviewing.record_talk(**record))
        assert refused("not_held", lambda: interviewing.offer_post(**offer))
        interviewing.record_talk(by=fairs.clerk(), at=day, talk=talk, came=True)
        assert refused("recorded", lambda: interviewing.record_talk(**offer, came=True))
        assert refused("not_offered", lambda: interviewing.confirm_hire(**offer))
        interviewing.offer_post(**offer)
        assert refused("not_attended", lambda: interviewing.confirm_hire(**offer))
        over = talk.stand.session.ends_at
        attending.close_list(by=by, at=over, session=talk.stand.session)
        interviewing.confirm_hire(by=by, at=over, talk=talk)
        interviewing.confirm_hire(by=by, at=over, talk=talk)

        talk.refresh_from_db()
        assert (talk.state, talk.offered_at, talk.hired_at) == ("done", day, over)
        outcome = Outcome.objects.get()
        assert (outcome.booking, outcome.kind, outcome.people) == (talk.booking, "employed", 1)

    def test_counts_who_just_came(self, noon):
        fair = fairs.fair(at=noon, hours=1)
        stand = fairs.stand(fair, at=noon, minutes=60, walk_in_percent=100)
        post, elsewhere = fairs.vacancy(stand, at=noon), fairs.vacancy(at=noon, title="别处")
        fairs.timetable(fair)
        kept = Interview.objects.get(state="kept")
        came = {"by": fairs.clerk(), "at": fair.starts_at, "talk": kept}

        for wrong in (
            {"came": True},
            {"came": False, "vacancy": post},
            {"came": True, "vacancy": elsewhere},
        ):
            assert refused("no_post", lambda wrong=wrong: interviewing.record_talk(**came, **wrong))
        interviewing.record_talk(**came, came=True, vacancy=post)
        interviewing.offer_post(by=offers.officer(), at=fair.starts_at, talk=kept)
        interviewing.confirm_hire(by=offers.officer(), at=fair.starts_at, talk=kept)

        kept.refresh_from_db()
        assert (kept.booking, kept.vacancy, kept.state) == (None, post, "done")
        assert kept.hired_at is not None
        assert Outcome.objects.count() == 0


class TestNever:
    def interview(self, stand, booking, begins, minutes=20, **more):
        given = {
            "code": new_code(), "stand": stand, "lane": 0, "booking": booking, "starts_at": begins,
            "ends_at": begins + timedelta(minutes=minutes), "vacancy": stand.vacancies.first(),
        }  # fmt: skip
        return Interview.objects.create(**given | more)

    def two(self, noon):
        fair = fairs.fair(at=noon)
        stands_ = [fairs.stand(fair, name, at=noon) for name in ("甲", "乙")]
        for one in stands_:
            fairs.vacancy(one, at=noon)
        return fair, *stands_, *(offers.booked(fair, at=noon) for _ in range(2))

    @pytest.mark.parametrize(
        ("minutes", "kept"), [(0, False), (10, False), (-10, False), (20, True), (-20, True)]
    )
    def test_lets_times_overlap(self, noon, minutes, kept):
        fair, one, other, person, another = self.two(noon)
        begins = fair.starts_at + timedelta(hours=1)
        self.interview(one, person, begins)
        later = begins + timedelta(minutes=minutes)

        for stand, who in ((one, another), (other, person)):
            try:
                with transaction.atomic():
                    self.interview(stand, who, later)
            except IntegrityError:
                assert not kept
            else:
                assert kept
                later += timedelta(minutes=minutes * 2)

    def test_moves_a_talk_or_brings_it_back(self, noon):
        fair, one, _other, person, another = self.two(noon)
        talk = self.interview(one, person, fair.starts_at)
        rows = Interview.objects.filter(pk=talk.pk)

        for change in ({"booking": another}, {"starts_at": noon}, {"lane": 1}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        rows.update(state="declined")
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state="proposed")
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
        assert self.interview(one, another, fair.starts_at).pk

    def test_tells_another_seed(self, noon):
        fair = fairs.fair(at=noon)
        rows = type(fair.timetable).objects.filter(session=fair)
        rows.update(seed="a" * 64, solved_at=noon)

        for change in ({"seed": "b" * 64}, {"commitment": "c" * 64}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)


def test_passes_times_on_by_the_calendar(noon):
    fair = fairs.fair(at=noon, hours=1)
    post = fairs.vacancy(fairs.stand(fair, at=noon, minutes=60), at=noon)
    two = [fairs.wisher(fair, post, at=noon) for _ in range(2)]
    fairs.timetable(fair)
    first = Interview.objects.get().booking
    assert tasks.pass_times_on(noon) == 0
    booking.cancel(at=noon, booking=first)

    assert tasks.pass_times_on(noon) == 1

    assert Interview.objects.standing().get().booking == next(one for one in two if one != first)


def test_keeps_no_wishes_when_the_booking_is_forgotten(noon, django_capture_on_commit_callbacks):
    fair = fairs.fair(at=noon)
    post = fairs.vacancy(fairs.stand(fair, at=noon), at=noon)
    gone, there = (fairs.wisher(fair, post, at=noon) for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget(at=noon, booking=gone)

    purging.purge_bookings(at=noon)

    assert [wish.booking for wish in Wish.objects.all()] == [there]
