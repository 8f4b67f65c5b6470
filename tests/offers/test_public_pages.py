"""What is on offer, for everybody: the list with its filters, one offer, one session with its sum."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from linli.offers.actions import booking as booking_actions
from linli.offers.actions import offering
from linli.offers.models import Lesson
from linli.offers.queries.counts import counted
from tests.town import directory
from tests.town import offers as town

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    with time_machine.travel(AT, tick=False):
        yield


def shown(client, **asked):
    return [card["offer"].title for card in client.get("/en/offers/", asked).context["cards"]]


def test_lists_what_comes_the_next_first_and_nothing_else(client):
    later, sooner = town.offer(at=AT, title="面点班"), town.offer(at=AT, title="普通话班")
    hidden, over = (
        town.offer(at=AT, title="未发布", published=False),
        town.offer(at=AT, title="已结束"),
    )
    for one in (later, hidden):
        town.session(at=AT, of=one)
    begins = AT + timedelta(days=2)
    town.session(
        at=AT, of=sooner, meetings=[(begins, begins + timedelta(hours=2))], booking_until=begins
    )
    ended = AT - timedelta(hours=1)
    town.session(
        at=AT - timedelta(days=9), of=over, meetings=[(ended - timedelta(hours=1), ended)],
        booking_until=ended,
    )  # fmt: skip

    assert shown(client) == ["普通话班", "面点班"]


def test_narrows_by_kind_area_week_and_words(client):
    fair = town.offer(at=AT, kind="fair", title="秋季招聘会", description="制造业岗位")
    course = town.offer(at=AT, title="面点班")
    for one in (fair, course):
        town.session(at=AT, of=one)

    assert shown(client, kind="fair") == ["秋季招聘会"]
    assert shown(client, words="制造业") == ["秋季招聘会"]
    assert shown(client, words="%") == []
    assert shown(client, area=course.area_id, week="2026-12-14") == ["秋季招聘会", "面点班"]
    assert shown(client, week="2026-12-07") == []
    assert "empty" in client.get("/en/offers/", {"words": "nothing"}).content.decode()


def test_keeps_what_was_typed_out_of_every_cache(client):
    assert client.get("/en/offers/", {"words": "面"})["Cache-Control"] == "private, no-store"


def test_lists_many_offers_in_few_queries(client, django_assert_max_num_queries):
    for number in range(25):
        town.session(at=AT, of=town.offer(at=AT, title=f"第{number}班"))

    with django_assert_max_num_queries(6):
        assert len(shown(client)) == 18


def test_shows_the_next_session_that_has_a_place(client):
    made = town.offer(at=AT)
    full = town.session(capacity=1, at=AT, of=made)
    begins = AT + timedelta(days=40)
    roomy = town.session(at=AT, of=made, meetings=[(begins, begins + timedelta(hours=2))])
    town.booked(full, at=AT)

    (card,) = client.get("/en/offers/").context["cards"]

    assert card["session"] == roomy
    assert str(card["standing"].word) == "10 places free"


def test_shows_an_offer_with_its_lessons_sessions_and_parts(client):
    month = town.offer(at=AT, kind="programme", title="宣传月")
    made = town.offer(
        at=AT, part_of=month, conditions="请带身份证件以外的任何材料都不需要", cost=1250
    )
    Lesson.objects.create(offer=made, number=1, title="和面")
    session = town.session(capacity=2, at=AT, of=made, languages=("zh", "ug"), interpreter=True)
    town.booked(session, size=2, at=AT)

    page = client.get(f"/en/offers/{made.code}/")
    programme = client.get(f"/en/offers/{month.code}/")

    assert [(one.code, told.word) for one, told in page.context["sessions"]] == [
        (session.code, "full")
    ]
    text = page.content.decode()
    assert all(said in text for said in ("和面", "12.50", town.LABOUR, "on request", "宣传月"))
    assert [card["offer"] for card in programme.context["parts"]] == [made]


def test_tells_nothing_of_what_is_not_published(client):
    hidden = town.offer(at=AT, published=False)
    session = town.session(at=AT, of=hidden)

    assert client.get(f"/en/offers/{hidden.code}/").status_code == 404
    assert client.get(f"/en/offers/sessions/{session.code}/").status_code == 404


def test_counts_places_so_that_anybody_can_add_them_up(client):
    session = town.session(capacity=10, at=AT)
    for door, size in (("web", 2), ("web", 2), ("station", 3)):
        town.booked(session, size=size, door=door, at=AT)
    gone = town.booked(session, size=1, door="phone", at=AT)
    booking_actions.cancel(at=AT, booking=gone)
    town.booked(session, size=4, at=AT, wait=True)

    page = client.get(f"/en/offers/sessions/{session.code}/")

    count = page.context["count"]
    assert (count.places.capacity, count.booked, count.places.free, count.waiting) == (10, 7, 3, 1)
    assert [(one.door, one.size, one.bookings) for one in count.marks] == [
        ("station", 3, 1),
        ("web", 2, 2),
    ]
    assert count.marked == count.booked
    assert count.agrees


def test_tells_no_code_and_no_time_of_any_booking(client):
    session = town.session(at=AT)
    made = town.booked(session, name="大王", at=AT - timedelta(hours=3, minutes=17))

    text = client.get(f"/en/offers/sessions/{session.code}/").content.decode()

    assert made.code not in text
    assert made.subject.code not in text
    assert "06:43" not in text  # 2026-11-20 06:43 in town


def test_says_when_a_count_does_not_agree(client):
    """The control of the count: a place that no booking has is seen."""
    session = town.session(at=AT)
    town.booked(session, at=AT)
    type(session).objects.filter(pk=session.pk).update(taken_web=2)

    assert not counted(session, AT).agrees


def test_tells_places_that_are_kept_for_another_door(client):
    session = town.session(capacity=3, at=AT, floor_station=2, floors_until=AT + timedelta(days=5))
    town.booked(session, at=AT)

    page = client.get(f"/en/offers/sessions/{session.code}/")

    assert page.context["standing"].word == "full online"
    assert [one["kept"] for one in page.context["doors"]] == [0, 0, 2]


def test_shows_a_session_that_was_called_off_with_its_reason(client):
    session = town.session(at=AT)
    offering.call_off(by=town.officer(), at=AT, session=session, why="讲师生病")

    page = client.get(f"/en/offers/sessions/{session.code}/")

    assert page.context["standing"].state == "late"
    assert "讲师生病" in page.content.decode()
    assert shown(client) == []


def test_offers_only_the_areas_in_which_something_is_offered(client):
    town.session(at=AT)

    form = client.get("/en/offers/").context["form"]

    assert [code for code, _name in form.fields["area"].choices] == ["", directory.area().code]


def test_shows_an_offer_with_many_sessions_in_few_queries(client, django_assert_max_num_queries):
    made = town.offer(at=AT)
    for number in range(45):
        begins = AT + timedelta(days=number + 1)
        town.session(
            at=AT, of=made, meetings=[(begins, begins + timedelta(hours=1))], booking_until=begins
        )

    with django_assert_max_num_queries(8):
        page = client.get(f"/en/offers/{made.code}/")

    assert len(page.context["sessions"]) == 40


def test_shows_a_session_with_many_bookings_in_few_queries(client, django_assert_max_num_queries):
    session = town.session(capacity=60, at=AT)
    for _ in range(30):
        town.booked(session, size=2, at=AT)

    with django_assert_max_num_queries(6):
        page = client.get(f"/en/offers/sessions/{session.code}/")

    assert [(one.size, one.bookings) for one in page.context["count"].marks] == [(2, 30)]
