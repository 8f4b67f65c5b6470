"""The page of a draw: what is known now, how late it is, one's own lot, and the file to compute it again."""

import json
from datetime import timedelta

import pytest
import time_machine

from linli.kernel import drawing, verify_draw
from linli.offers.actions import offering
from linli.offers.models import Booking, Session
from tests.town import draws as town
from tests.town import offers

pytestmark = pytest.mark.django_db


def page(client, draw, at, **asked):
    with time_machine.travel(at, tick=False):
        return client.get(f"/en/draws/{draw.session.code}/", asked)


def test_shows_the_hash_while_people_enter(client, noon):
    planned = town.planned(at=noon)
    town.entered(planned, at=noon)

    response = page(client, planned, noon)

    assert response.status_code == 200
    text = response.content.decode()
    assert planned.commitment in text
    assert Booking.objects.get().ticket not in text
    assert response.context["late"] == ""


def test_shows_the_list_then_the_seed_and_each_lot(client, noon):
    planned = town.planned(at=noon)
    entered = [town.entered(planned, at=noon, size=size) for size in (3, 2, 1)]
    closed = town.close(planned)

    response = page(client, planned, closed.closed_at, ticket=entered[0].ticket.lower())
    assert [line.lot for line in response.context["page"]] == [0, 0, 0]
    assert response.context["own"].ticket == entered[0].ticket

    drawn = town.draw(planned)
    response = page(client, planned, drawn.drawn_at, ticket=entered[0].ticket)
    text = response.content.decode()
    assert drawn.seed in text
    lines = {line.ticket: (line.lot, line.placed) for line in response.context["page"]}
    for one in Booking.objects.all():
        assert lines[one.ticket] == (one.drawn, one.state == Booking.CONFIRMED)
        assert one.code not in text
    assert page(client, planned, drawn.drawn_at, ticket="xx").context["own"] is None


def test_says_how_late_a_draw_is_that_is_held_back(client, noon):
    planned = town.planned(at=noon)
    until = planned.session.booking_until
    town.entered(planned, at=noon)

    assert page(client, planned, until + drawing.PROMISED).context["late"] == ""
    late = page(client, planned, until + timedelta(hours=5))
    assert late.context["late"].replace("\xa0", " ") == "5 hours"
    assert "This draw is late" in late.content.decode()

    town.draw(planned)
    assert page(client, planned, until + timedelta(days=9)).context["late"] == ""


def test_hides_no_lateness_by_moving_the_end_of_booking(client, noon):
    planned = town.planned(at=noon)
    closed = town.close(planned)
    Session.objects.filter(pk=planned.session_id).update(booking_until=planned.session.ends_at)

    assert page(client, planned, closed.closed_at + timedelta(hours=5)).context["late"]


def test_says_when_it_was_called_off(client, noon):
    planned = town.planned(at=noon)
    offering.call_off(by=offers.officer(), at=noon, session=planned.session, why="下雪了")

    response = page(client, planned, planned.session.booking_until + timedelta(days=1))

    assert "下雪了" in response.content.decode()
    assert response.context["late"] == ""


def test_gives_a_file_that_the_verifier_reads(client, noon, tmp_path):
    planned = town.planned(at=noon)
    for size in (3, 2, 1):
        town.entered(planned, at=noon, size=size)
    town.draw(planned)

    response = client.get(f"/draws/{planned.session.code}.json")

    kept = tmp_path / "draw.json"
    kept.write_bytes(response.content)
    assert verify_draw.main([str(kept), "--commitment", planned.commitment]) == 0
    kept.write_text(json.dumps(response.json() | {"places": 5}))
    assert verify_draw.main([str(kept)]) == 1


def test_gives_the_verifier_as_it_is(client):
    response = client.get("/draws/verify_draw.py")

    assert b"".join(response.streaming_content).startswith(b'"""`linli verify-draw FILE`')


def test_knows_no_draw_that_is_not_published(client, noon):
    hidden = town.planned(at=noon, of=offers.offer(at=noon, published=False))

    for end in ("/", ".json"):
        assert client.get(f"/draws/{hidden.session.code}{end}").status_code == 404
    assert client.get("/draws/0000-0000/").status_code == 404


def test_asks_few_questions_however_many_entered(client, noon, django_assert_max_num_queries):
    planned = town.planned(at=noon)
    for _ in range(12):
        town.entered(planned, at=noon)
    town.draw(planned)

    with django_assert_max_num_queries(6):
        page(client, planned, noon + timedelta(days=40))
