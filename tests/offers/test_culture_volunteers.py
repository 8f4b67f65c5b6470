"""Volunteers: hours of who came; neighbours who learn of each other after both said yes, and no sooner."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils.timezone import localdate

from linli.kernel.actors import Role
from linli.kernel.fields import unseal
from linli.kernel.looks import looks_of
from linli.kernel.models import Look, Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy_due, key_of
from linli.offers.actions import hours, pairing
from linli.offers.models import Booking, Hours, Neighbour, Pair, Pairing
from linli.offers.queries import neighbours
from tests.town import culture, offers
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
CLERK = culture.judge("柜员", role=Role.CLERK)


def refused(code, deed):
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    return caught.value.code == code


@pytest.fixture
def circle(noon):
    return culture.circle(at=noon)


@pytest.fixture
def two(circle, noon):
    return tuple(
        culture.neighbour(circle, side, at=noon, name=name).neighbour
        for side, name in (("wanted", "求助的人"), ("offered", "帮忙的人"))
    )


@pytest.fixture
def pair(two, noon):
    wanted, offered = two
    return pairing.propose(by=CLERK, at=noon, wanted=wanted, offered=offered)


class TestJoin:
    def test_opens_with_code_and_passphrase_and_says_nothing_in_clear(self, circle, noon):
        joined = culture.neighbour(circle, "wanted", at=noon, note="孩子三年级")

        code = joined.neighbour.code
        opened = pairing.open_neighbour(at=noon, code=code, passphrase=joined.passphrase)
        assert opened == joined.neighbour
        for typed, said in ((code, "0" * 16), ("7K3M-92QD", joined.passphrase)):
            assert refused(
                "wrong_code",
                lambda typed=typed, said=said: pairing.open_neighbour(
                    at=noon, code=typed, passphrase=said
                ),
            )
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM offers_neighbour")
            row = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
        assert not [word for word in ("一位邻居", "1390000", "三年级") if word in row]

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("unknown_side", {"side": "both"}),
            ("no_time", {"times": ()}),
            ("no_time", {"times": (21,)}),
            ("no_name", {"name": " "}),
            ("note_too_long", {"note": "字" * 301}),
            ("note_too_long", {"name": "字" * 61}),
            ("address_wrong", {"contact": ("sms", "x")}),
        ],
    )
    def test_refuses(self, circle, noon, code, said):
        given = {"side": "wanted"} | said
        assert refused(code, lambda: culture.neighbour(circle, at=noon, **given))
        assert Neighbour.objects.count() == 0

    def test_refuses_a_closed_station_and_what_is_not_offered(self, circle, noon):
        closed = culture.station(at=noon, name="旧站")
        closed.closed_on = localdate(noon)
        assert refused(
            "no_place", lambda: culture.neighbour(circle, "wanted", at=noon, location=closed)
        )
        hidden = culture.circle(at=noon, published=False)
        assert refused("no_pairing", lambda: culture.neighbour(hidden, "wanted", at=noon))

    def test_refuses_to_open_a_pairing(self, circle, noon):
        offer = offers.offer(at=noon)

        def begin(of=offer, by=None, days=90):
            by = by or offers.officer()
            return lambda: pairing.open_pairing(by=by, at=noon, offer=of, kept_days=days)

        assert refused("days_wrong", begin(days=6))
        assert refused("days_wrong", begin(days=181))
        assert refused("not_own_unit", begin(by=offers.officer("别的局")))
        assert refused("not_allowed", begin(by=CLERK))
        assert refused("opened_already", begin(of=circle.offer))
        assert Pairing.objects.count() == 1


class TestPropose:
    def test_proposes_by_place_and_time_alone(self, circle, two, noon):
        wanted, offered = two
        elsewhere = culture.station(at=noon, name="别处服务站")
        culture.neighbour(circle, "offered", at=noon, location=elsewhere)
        culture.neighbour(circle, "wanted", at=noon, times=(20,))

        (match,) = neighbours.proposals(circle, noon)

        assert match == (wanted.code, offered.code, (2, 5))

    def test_asks_few_questions_of_the_database(self, circle, noon, django_assert_max_num_queries):
        for side in ("wanted", "offered") * 4:
            culture.neighbour(circle, side, at=noon)

        with django_assert_max_num_queries(3):
            assert len(neighbours.proposals(circle, noon)) == 4

    def test_refuses(self, circle, two, noon):
        wanted, offered = two
        late = culture.neighbour(circle, "offered", at=noon, times=(20,)).neighbour

        def propose(one=wanted, other=offered, by=CLERK):
            return lambda: pairing.propose(by=by, at=noon, wanted=one, offered=other)

        foreign = culture.judge(role=Role.CLERK, unit="别的局")
        assert refused("not_own_unit", propose(by=foreign))
        assert refused("not_allowed", propose(by=culture.judge(role=Role.PLANNER)))
        assert refused("no_match", propose(other=late))
        assert refused("no_match", propose(offered, wanted))
        assert Pair.objects.count() == 0
        propose()()
        assert refused("no_match", propose())
        assert Pair.objects.count() == 1

    def test_proposes_one_who_is_in_no_other_pair(self, circle, pair, noon):
        culture.neighbour(circle, "offered", at=noon)

        assert neighbours.proposals(circle, noon) == []

    def test_is_of_both_sides_by_the_database(self, circle, two, noon):
        wanted, offered = two
        other = culture.circle(at=noon)
        foreign = culture.neighbour(other, "offered", at=noon).neighbour
        for one, two_, said in (
            (offered, wanted, None), (wanted, foreign, None), (wanted, offered, True),
        ):  # fmt: skip
            row = Pair(
                wanted=one, offered=two_, code="7K3M-92QD", wanted_said=said,
                by_name="", by_role="", by_unit="", at=noon,
            )  # fmt: skip
            with pytest.raises(DatabaseError, match="one who wants help"), transaction.atomic():
                row.save(force_insert=True)

    def test_is_in_one_pair_at_a_time_by_the_database(self, circle, pair, noon):
        third = culture.neighbour(circle, "offered", at=noon).neighbour
        again = Pair(
            wanted=pair.wanted, offered=third, code="7K3M-92QD",
            by_name="", by_role="", by_unit="", at=noon,
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


class TestSay:
    def test_shows_each_the_other_after_both_said_yes_and_writes_down_the_look(
        self, two, pair, noon
    ):
        wanted, offered = two
        assert refused("not_both", lambda: pairing.meet(at=noon, neighbour=wanted))
        pairing.say(at=noon, neighbour=wanted, yes=True)
        for one in two:
            assert refused("not_both", lambda one=one: pairing.meet(at=noon, neighbour=one))
        assert not Look.objects.filter(verb="opened").exists()
        pairing.say(at=noon, neighbour=offered, yes=True)

        met = pairing.meet(at=noon, neighbour=wanted)

        assert met == ("帮忙的人", "13900001111", "")
        (look,) = [one for one in looks_of(offered.subject) if one.verb == "opened"]
        assert (look.by_role, look.purpose, look.fields) == ("holder", "pair", "contact,name,note")
        assert {one.verb for one in looks_of(wanted.subject)} == {"sent"}

    def test_ends_with_a_no_that_nobody_is_told_of(self, circle, two, pair, noon):
        wanted, offered = two
        pairing.say(at=noon, neighbour=wanted, yes=True)
        pairing.say(at=noon, neighbour=offered, yes=False)

        assert neighbours.pair_of(wanted) is None
        for one in two:
            assert refused("nobody", lambda one=one: pairing.meet(at=noon, neighbour=one))
        assert neighbours.proposals(circle, noon) == []
        third = culture.neighbour(circle, "offered", at=noon).neighbour
        (match,) = neighbours.proposals(circle, noon)
        assert (match.wanted, match.offered) == (wanted.code, third.code)

    def test_refuses_a_second_answer_and_an_answer_to_nobody(self, circle, two, pair, noon):
        alone = culture.neighbour(circle, "wanted", at=noon).neighbour
        pairing.say(at=noon, neighbour=two[0], yes=True)

        def say(one, **by):
            return lambda: pairing.say(**by, at=noon, neighbour=one, yes=False)

        assert refused("said_already", say(two[0]))
        assert refused("nobody", say(alone))
        assert refused("not_allowed", say(two[1], by=culture.judge(role=Role.SUPERVISOR)))
        with pytest.raises(DatabaseError, match="once"), transaction.atomic():
            Pair.objects.update(wanted_said=None)

    def test_shows_nothing_any_more_after_they_parted(self, two, pair, noon):
        for one in two:
            pairing.say(at=noon, neighbour=one, yes=True)
        pairing.part(at=noon, neighbour=two[0])

        for one in two:
            assert refused("nobody", lambda one=one: pairing.meet(at=noon, neighbour=one))
        with pytest.raises(DatabaseError, match="never comes back"), transaction.atomic():
            Pair.objects.update(ended_on=None)


class TestNews:
    def letters(self, *neighbours):
        """What each was told, by its subject, opened as the sender does."""
        found = {}
        for one in neighbours:
            key = key_of(one.subject, at=one.subject_at)
            said = Message.objects.filter(subject=one.subject).order_by("pk")
            found[one.code] = [unseal(row, key, "words")["text"] for row in said]
        return found

    def test_tells_both_and_nothing_of_the_other(self, two, pair, noon):
        for one in two:
            one.subject_at = noon
            pairing.say(at=noon, neighbour=one, yes=True)

        told = self.letters(*two)

        for one, other in (two, two[::-1]):
            assert len(told[one.code]) == 2
            said = "".join(told[one.code])
            assert one.code in said
            assert not [
                word for word in (other.code, "求助的人", "帮忙的人", "1390000") if word in said
            ]
            assert [look.verb for look in looks_of(one.subject)] == ["sent", "sent"]

    def test_tells_nobody_of_a_no(self, two, pair, noon):
        before = Message.objects.count()
        pairing.say(at=noon, neighbour=two[0], yes=False)
        assert Message.objects.count() == before == 2


class TestEnd:
    def test_destroys_what_was_left_at_once(
        self, two, pair, noon, django_capture_on_commit_callbacks
    ):
        wanted, offered = two
        for one in two:
            pairing.say(at=noon, neighbour=one, yes=True)

        with django_capture_on_commit_callbacks(execute=True):
            pairing.withdraw(at=noon, neighbour=offered)
            pairing.withdraw(at=noon, neighbour=offered)

        kept = Neighbour.objects.get(pk=offered.pk)
        assert (kept.name, kept.contact, kept.location, kept.times, kept.secret) == (
            None, None, None, [], "",
        )  # fmt: skip
        assert kept.subject.destroyed_on == localdate(noon)
        assert Pair.objects.get().ended_on == localdate(noon)
        assert refused("nobody", lambda: pairing.meet(at=noon, neighbour=wanted))

    def test_purges_on_the_day_place_and_times_too(self, circle, two, pair, noon):
        day = noon + timedelta(days=90)
        destroy_due(day - timedelta(days=1))
        assert pairing.purge_neighbours(at=day) == 0
        assert neighbours.proposals(circle, day) == []
        destroy_due(day)

        assert pairing.purge_neighbours(at=day) == 2
        assert pairing.purge_neighbours(at=day) == 0
        assert set(Neighbour.objects.values_list("location", "ended_on")) == {
            (None, localdate(day))
        }
        assert [row.times for row in Neighbour.objects.all()] == [[], []]
        assert refused("not_allowed", lambda: pairing.purge_neighbours(by=CLERK, at=day))

    def test_opens_to_nobody_from_its_day_on(self, circle, noon):
        joined = culture.neighbour(circle, "wanted", at=noon)
        assert refused(
            "wrong_code",
            lambda: pairing.open_neighbour(
                at=noon + timedelta(days=90),
                code=joined.neighbour.code,
                passphrase=joined.passphrase,
            ),
        )


@pytest.mark.django_db(transaction=True)
def test_proposes_once_when_two_clerks_do_it_at_one_moment(noon):
    circle = culture.circle(at=noon)
    wanted = culture.neighbour(circle, "wanted", at=noon).neighbour
    offered = culture.neighbour(circle, "offered", at=noon).neighbour

    failed = at_once(
        4, lambda _: pairing.propose(by=CLERK, at=noon, wanted=wanted, offered=offered)
    )

    assert [error.code for error in failed] == ["no_match"] * 3
    assert Pair.objects.count() == 1


class TestHours:
    @pytest.fixture
    def came(self, noon):
        session = offers.session(at=noon, of=offers.offer(at=noon, kind="shift"))
        booking = offers.booked(session, at=noon, size=2)
        Booking.objects.filter(pk=booking.pk).update(state=Booking.ATTENDED)
        return booking

    def confirm(self, booking, at, minutes=120, by=None):
        by = by or offers.officer()
        return hours.confirm_hours(by=by, at=at, booking=booking, minutes=minutes)

    def test_confirms_once(self, came, noon):
        self.confirm(came, noon)

        assert refused("confirmed", lambda: self.confirm(came, noon, 60))
        assert Hours.objects.get().minutes == 120
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Hours.objects.update(minutes=1)

    def test_refuses(self, came, noon):
        assert refused("minutes_wrong", lambda: self.confirm(came, noon, 0))
        assert refused("minutes_wrong", lambda: self.confirm(came, noon, 6001))
        assert refused(
            "not_own_unit", lambda: self.confirm(came, noon, by=offers.officer("别的局"))
        )
        assert refused("not_allowed", lambda: self.confirm(came, noon, by=CLERK))
        course = offers.booked(offers.session(at=noon), at=noon)
        assert refused("no_shift", lambda: self.confirm(course, noon))
        Booking.objects.filter(pk=came.pk).update(state=Booking.CONFIRMED)
        assert refused("not_come", lambda: self.confirm(came, noon))
        assert Hours.objects.count() == 0
