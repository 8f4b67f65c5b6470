"""Draws: told before anybody enters, closed with their list, mixed with what nobody knew, drawn for all to see."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.kernel.draw_seeds import seed_file
from linli.kernel.drawing import PATIENCE, commitment, mixed
from linli.kernel.looks import sequence
from linli.kernel.models import Message
from linli.kernel.refusals import Refused
from linli.offers.actions import booking, draws, offering
from linli.offers.models import Booking, BookingStep, Draw, Session
from linli.offers.rules import drawing
from linli.offers.tasks import draw as tick
from tests.town import draws as town
from tests.town import offers
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
SMS = ("sms", "13900000001")


def fresh(one):
    return type(one).objects.get(pk=one.pk)


def refused(code, deed, *, writes=()):
    before = [(model.objects.count(), list(model.objects.values())) for model in writes]
    with pytest.raises(Refused) as caught:
        deed()
    assert [(model.objects.count(), list(model.objects.values())) for model in writes] == before
    return caught.value.code == code


class TestPlan:
    def test_tells_the_hash_of_a_seed_that_is_kept_elsewhere(self, noon):
        planned = town.planned(at=noon)

        kept = seed_file(planned.commitment)
        assert commitment(kept.read_text()) == planned.commitment
        assert kept.stat().st_mode & 0o777 == 0o600
        assert kept.read_text() not in str(Draw.objects.values())

    def test_names_its_witness_before_anybody_enters(self, noon, settings):
        settings.WITNESSES = [f"{town.WITNESS.key}@http://localhost:1"]

        assert town.planned(at=noon).witness == "w.example"

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("not_by_draw", {"way": "first"}),
            ("floors_in_draw", {"floor_web": 1, "floors_until": True}),
            ("closes_too_late", {"booking_until": True}),
        ],
    )
    def test_refuses_what_no_draw_can_give(self, noon, code, changed):
        late = noon + timedelta(days=30)
        session = town.session(at=noon, way=changed.get("way", "draw"))
        values = {
            key: late if value is True else value for key, value in changed.items() if key != "way"
        }
        if values:  # as when it is changed after it was planned
            Session.objects.filter(pk=session.pk).update(**values)

        assert refused(code, lambda: draws.plan(by=offers.officer(), at=noon, session=session))
        assert not Draw.objects.exists()

    @pytest.mark.parametrize("days", [30, 29])
    def test_is_refused_with_a_session_that_no_draw_can_give(self, noon, days):
        until = noon + timedelta(days=days)
        kept = {} if days == 30 else {"floor_web": 1, "floors_until": until}

        assert refused("draw_wrong", lambda: town.session(at=noon, booking_until=until, **kept))
        assert not Session.objects.exists()

    def test_refuses_twice_and_another_unit(self, noon):
        planned = town.planned(at=noon)

        for by, code in (
            (offers.officer(), "planned"),
            (offers.officer("嘉峪关市教育局"), "not_own_unit"),
        ):
            assert refused(
                code,
                lambda by=by: draws.plan(by=by, at=noon, session=planned.session),
                writes=[Draw],
            )

    def test_refuses_what_was_called_off(self, noon):
        session = town.session(at=noon)
        offering.call_off(by=offers.officer(), at=noon, session=session, why="下雪")

        assert refused(
            "cancelled", lambda: draws.plan(by=offers.officer(), at=noon, session=session)
        )
        assert not Draw.objects.exists()


class TestEnter:
    def test_gives_a_public_ticket_and_no_place(self, noon):
        planned = town.planned(at=noon)

        entered = town.entered(planned, at=noon, size=2)

        assert (entered.state, entered.size, len(entered.ticket)) == (Booking.ENTERED, 2, 9)
        assert entered.ticket != entered.code
        assert fresh(planned.session).taken == 0
        assert [step.verb for step in entered.steps.all()] == ["entered"]

    def test_refuses_before_the_hash_is_told(self, noon):
        session = town.session(at=noon)

        assert refused(
            "no_draw",
            lambda: draws.enter(
                by=offers.HOLDER, at=noon, session=session, wanted=booking.Wanted()
            ),
        )
        assert not Booking.objects.exists()

    def test_refuses_what_is_booked_and_books_nothing_that_is_drawn(self, noon):
        plain, planned = offers.session(at=noon), town.planned(at=noon)

        assert refused("not_by_draw", lambda: town.entered(session=plain, at=noon))
        assert refused("by_draw", lambda: offers.booked(planned.session, at=noon))
        assert not Booking.objects.exists()

    def test_refuses_a_second_time_and_once_it_is_closed(self, noon):
        planned = town.planned(at=noon)
        town.entered(planned, at=noon, contact=SMS)

        assert refused("already_booked", lambda: town.entered(planned, at=noon, contact=SMS))
        town.close(planned)
        assert refused("too_late", lambda: town.entered(planned, at=noon))
        assert Booking.objects.count() == 1

    def test_never_happens_before_the_hash_or_after_the_list(self, noon):
        """The database says so too."""
        planned, bare = town.planned(at=noon), town.session(at=noon)
        entered = town.entered(planned, at=noon)
        made = offers.booked(offers.session(at=noon), at=noon)

        with pytest.raises(IntegrityError, match="nobody enters a draw"), transaction.atomic():
            town.insert_copy(entered, session=bare)
        with pytest.raises(IntegrityError, match="at once"), transaction.atomic():
            Booking.objects.filter(pk=made.pk).update(state="entered", ticket="x")
        town.insert_copy(entered, session=planned.session)  # the control: while it is open
        town.close(planned)
        with pytest.raises(IntegrityError, match="list"), transaction.atomic():
            town.insert_copy(entered, session=planned.session)


class TestClose:
    def test_publishes_the_list_and_enters_it_into_the_log(self, noon):
        planned = town.planned(at=noon)
        tickets = [town.entered(planned, at=noon, size=size).ticket for size in (1, 3)]
        left = town.entered(planned, at=noon)
        booking.cancel(at=noon, booking=left)

        closed = town.close(planned)

        sizes = dict(zip(tickets, (1, 3), strict=True))
        assert closed.entries == "".join(f"{one} {sizes[one]}\n" for one in sorted(tickets))
        assert (closed.places, closed.position) == (4, 0)

    def test_refuses_too_soon_twice_and_without_a_plan(self, noon):
        planned, bare = town.planned(at=noon), town.session(at=noon)
        later = planned.session.booking_until

        def close(session, at):
            return lambda: draws.close(by=offers.officer(), at=at, session=session)

        assert refused("too_soon", close(planned.session, noon), writes=[Draw])
        assert refused("no_draw", close(bare, later), writes=[Draw])
        town.close(planned)
        assert refused("closed", close(planned.session, later), writes=[Draw])

    def test_keeps_hash_list_and_places_for_ever(self, noon):
        planned = town.planned(at=noon)
        town.entered(planned, at=noon)
        town.close(planned)

        for changed in ({"entries": ""}, {"commitment": "0" * 64}, {"places": 9}, {"witness": "x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Draw.objects.filter(pk=planned.pk).update(**changed)
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=planned.session_id).update(capacity=3)
        assert refused(
            "being_drawn",
            lambda: offering.resize(
                by=offers.officer(), at=noon, session=planned.session, capacity=3
            ),
            writes=[Session],
        )
        Session.objects.filter(pk=planned.session_id).update(capacity=5)


class TestDraw:
    def test_places_groups_whole_and_queues_the_rest_by_their_lots(self, noon):
        planned = town.planned(at=noon)
        for size in (2, 3, 1, 2, 2):
            town.entered(planned, at=noon, size=size)

        drawn = town.draw(planned)

        result = drawing.draw(mixed(drawn.seed, drawn.beacon), drawing.read(drawn.entries), 4)
        bookings = {one.ticket: one for one in Booking.objects.all()}
        assert {bookings[one.number].state for one in result.placed} == {Booking.CONFIRMED}
        waiting = [one.ticket for one in Booking.objects.waiting()]
        assert waiting == [one.number for one in result.behind]
        session = fresh(planned.session)
        assert session.taken == sum(one.size for one in result.placed) <= 4
        assert session.queue == len(result.behind)
        assert sorted(one.drawn for one in bookings.values()) == [1, 2, 3, 4, 5]
        assert BookingStep.objects.filter(verb="drawn").count() == len(result.placed)

    def test_waits_for_a_state_of_the_log_that_holds_the_list(self, noon):
        planned = town.planned(at=noon)
        town.entered(planned, at=noon)
        later = planned.session.booking_until

        def draw():
            return draws.draw(by=offers.officer(), at=later, session=planned.session)

        assert refused("not_closed", draw, writes=[Draw, Booking])
        town.close(planned)
        assert refused("no_beacon", draw, writes=[Draw, Booking])
        sequence(later + timedelta(seconds=10))
        assert draw().drawn_at == later
        assert refused("drawn", draw, writes=[Draw, Booking])

    def test_waits_for_its_witness_two_days_and_no_longer(self, noon, settings):
        planned = town.planned(at=noon, witness="w.example")
        town.entered(planned, at=noon)
        closed = town.close(planned)
        sequence(closed.closed_at + timedelta(seconds=10))

        for at in (closed.closed_at, closed.closed_at + PATIENCE - timedelta(seconds=1)):
            assert refused(
                "no_beacon",
                lambda at=at: draws.draw(by=offers.officer(), at=at, session=planned.session),
            )
        at = closed.closed_at + PATIENCE
        drawn = draws.draw(by=offers.officer(), at=at, session=planned.session)
        assert "—" not in drawn.beacon

    def test_mixes_in_what_the_witness_signed_first(self, noon):
        planned = town.planned(at=noon, witness="w.example")
        town.entered(planned, at=noon)
        closed = town.close(planned)
        sequence(closed.closed_at + timedelta(seconds=10))
        line = town.cosign()

        drawn = draws.draw(by=offers.officer(), at=closed.closed_at, session=planned.session)

        assert drawn.beacon.endswith(f"\n{line}")

    def test_passes_over_who_left_and_lets_in_who_waits(self, noon):
        planned = town.planned(at=noon, capacity=1)
        bookings = [town.entered(planned, at=noon) for _ in range(2)]
        closed = town.close(planned)
        booking.cancel(at=noon, booking=bookings[0])

        town.draw(planned)

        assert fresh(bookings[0]).state == Booking.CANCELLED
        assert fresh(bookings[1]).state in {Booking.CONFIRMED, Booking.OFFERED}
        assert closed.entries.count("\n") == 2
        assert fresh(planned.session).taken == 1

    def test_knows_no_doors_though_floors_were_set_meanwhile(self, noon):
        planned = town.planned(at=noon, capacity=2)
        entered = [town.entered(planned, at=noon, door=door) for door in ("web", "phone")]
        Session.objects.filter(pk=planned.session_id).update(
            floor_station=2, floors_until=planned.session.ends_at
        )

        town.draw(planned)

        assert {fresh(one).state for one in entered} == {Booking.CONFIRMED}

    def test_loses_when_it_comes_after_the_beginning(self, noon):
        planned = town.planned(at=noon, capacity=1)
        for _ in range(3):
            town.entered(planned, at=noon)
        town.close(planned)
        sequence(planned.session.starts_at)

        draws.draw(by=offers.officer(), at=planned.session.starts_at, session=planned.session)

        states = sorted(Booking.objects.values_list("state", flat=True))
        assert states == ["confirmed", "lost", "lost"]
        assert not Booking.objects.filter(state="lost", ended_at=None).exists()

    def test_says_when_the_seed_is_lost_and_draws_by_no_other(self, noon):
        planned = town.planned(at=noon)
        town.entered(planned, at=noon)
        town.close(planned)
        sequence(planned.session.booking_until + timedelta(seconds=10))
        kept = seed_file(planned.commitment)

        for spoil in (lambda: kept.write_text("another"), kept.unlink):
            spoil()
            assert refused(
                "seed_lost",
                lambda: draws.draw(
                    by=offers.officer(), at=planned.session.booking_until, session=planned.session
                ),
                writes=[Draw, Booking],
            )

    def test_alone_gives_places(self, noon):
        """No other statement does: the database says so."""
        planned = town.planned(at=noon)
        entered = town.entered(planned, at=noon)
        rows = Booking.objects.filter(pk=entered.pk)

        for changed in ({"state": "confirmed"}, {"state": "confirmed", "drawn": 1}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**changed)
        town.draw(planned)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(drawn=7)


class TestTick:
    def test_plans_closes_and_draws_in_time(self, noon):
        session = town.session(at=noon)
        hidden = town.session(at=noon, of=offers.offer(at=noon, published=False))

        assert tick(noon) == 1
        assert tick(noon) == 0
        planned = Draw.objects.get()
        assert planned.session == session != hidden
        town.entered(planned, at=noon)
        assert tick(session.booking_until) == 1
        sequence(session.booking_until + timedelta(seconds=10))
        assert tick(session.booking_until + timedelta(seconds=15)) == 1
        assert tick(session.booking_until + timedelta(seconds=30)) == 0
        assert fresh(planned).drawn_at is not None

    def test_tells_who_left_a_contact_what_the_lot_says_and_nobody_twice(self, noon):
        planned = town.planned(at=noon, capacity=1)
        told = [town.entered(planned, at=noon, contact=("sms", f"1390000000{n}")) for n in range(2)]
        town.entered(planned, at=noon)
        Message.objects.all().delete()
        drawn = town.draw(planned)

        assert tick(drawn.drawn_at) == 2
        assert tick(drawn.drawn_at + timedelta(minutes=1)) == 0
        verbs = {
            one.booking.code: one.verb for one in BookingStep.objects.filter(at=drawn.drawn_at)
        }
        said = {one.about: one.once.split(" ")[1] for one in Message.objects.all()}
        assert said == {one.code: verbs[one.code] for one in told}

    def test_goes_on_when_one_is_refused(self, noon):
        wrong, session = town.session(at=noon), town.session(at=noon)
        Session.objects.filter(pk=wrong.pk).update(floor_web=1, floors_until=noon)

        assert tick(noon) == 1
        assert Draw.objects.get().session == session


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_nobody_enters_a_list_that_is_closed_meanwhile(self, noon):
        planned = town.planned(at=noon)
        until = planned.session.booking_until

        def act(number):
            if number == 5:
                draws.close(by=offers.officer(), at=until, session=planned.session)
            else:
                town.entered(planned, at=until - timedelta(seconds=1))

        failures = at_once(11, act)

        tickets = sorted(Booking.objects.values_list("ticket", flat=True))
        assert [one.number for one in drawing.read(fresh(planned).entries)] == tickets
        assert {failure.code for failure in failures} <= {"too_late"}
        assert len(tickets) + len(failures) == 10
