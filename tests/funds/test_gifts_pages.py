"""Pages of donations: totals for everybody, a receipt for whoever has its code, and names nowhere."""

from datetime import timedelta

import pytest

from linli.funds.actions import gifts
from linli.funds.models import Collection, Receipt, Taking
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.town import directory, funds
from tests.town import gifts as town

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(noon):
    return town.collection(at=noon)


@pytest.fixture
def officer(client, noon, time_machine):
    time_machine.move_to(noon)
    directory.unit(funds.KEEPER)
    staff = Staff.objects.create(
        username="officer",
        name="经办人",
        role=Role.OFFICER,
        unit=funds.KEEPER,
        password="long-enough-1",
    )
    client.force_login(staff)
    return client


def main(page):
    return page.content.decode().partition("<main")[2].partition("</main")[0]


def test_tells_everybody_how_much_and_what_became_of_it(client, collection, noon):
    town.taken(collection, 312, 51_200, at=noon)
    into = funds.account(collection.fund, "allocated", at=noon, name="助学")
    gifts.give_on(
        by=funds.officer(), at=noon, collection=collection, into=into, amount=1_200, words="助学"
    )

    page = main(client.get(f"/en/gifts/{collection.code}/"))
    for told in ("512.00", "312", "12.00", "500.00", "助学"):
        assert told in page
    assert "经办人" not in page
    listed = client.get("/en/gifts/").context["rows"]
    assert [(one["standing"].given, one["percent"]) for one in listed] == [(51_200, 2)]


def test_tells_no_month_in_which_a_gift_would_stand_alone(client, collection, noon):
    town.taken(collection, 9, 90_000, at=noon)
    shown = client.get(f"/gifts/{collection.code}/")
    assert shown.context["spans"] == []
    assert not shown.context["row"]["enough"]

    town.taken(collection, 1, 100, at=noon)
    spans = client.get(f"/gifts/{collection.code}/").context["spans"]
    assert [(one.gifts, one.amount) for one in spans] == [(10, 90_100)]


def test_asks_no_more_for_more_collections(client, noon, django_assert_max_num_queries):
    for number in range(6):
        one = town.collection(
            at=noon, title=f"一元钱{number}", of=funds.fund(at=noon, name=f"{number}")
        )
        town.taken(one, 10, 1_000, at=noon)
    with django_assert_max_num_queries(5):
        assert len(client.get("/gifts/").context["rows"]) == 6


def test_writes_a_slip_that_the_giver_alone_opens_later(officer, collection, noon, time_machine):
    sent = officer.post(
        f"/console/funds/gifts/{collection.code}/receipt/", {"amount": "1", "door": "counter"}
    )
    made = Receipt.objects.get()
    slip = officer.get(sent.url)
    assert made.code in main(slip)
    assert "<svg" in main(slip)
    assert "no-store" in slip.headers["Cache-Control"]

    time_machine.move_to(noon + timedelta(days=1))
    officer.force_login(Staff.objects.get())
    assert officer.get(sent.url).status_code == 404
    assert made.code not in main(officer.get(f"/console/funds/gifts/{collection.code}/"))
    looked = officer.get("/en/gifts/receipt/", {"code": made.code.lower().replace("-", " ")})
    assert looked.context["receipt"] == made
    assert "no-store" in looked.headers["Cache-Control"]


def test_tells_a_giver_when_the_gift_stands_in_the_books(client, collection, noon):
    made = town.receipt(collection, 500, at=noon)
    assert client.get("/gifts/receipt/", {"code": made.code}).context["stands"] == ""
    town.taken(collection, 2, 700, at=noon, door="counter")
    assert client.get("/gifts/receipt/", {"code": made.code}).context["stands"] == "booked"

    for wrong in ("", "zzz", "7K3M-92QD"):
        page = client.get("/gifts/receipt/", {"code": wrong})
        assert (page.status_code, page.context["receipt"]) == (422, None)
    Collection.objects.update(published_at=None)
    assert client.get("/gifts/receipt/", {"code": made.code}).status_code == 422


def test_lets_nobody_try_codes_for_long(client, collection):
    answers = [client.get("/gifts/receipt/", {"code": "7K3M-92QD"}).status_code for _ in range(25)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_takes_a_total_in_and_says_what_is_wrong(officer, collection, noon):
    here = f"/en/console/funds/gifts/{collection.code}/take/"
    given = {"day": f"{noon.date()}", "door": "box", "gifts": "3", "amount": "0.02"}
    assert officer.post(here, given).status_code == 422
    assert officer.post(here, given | {"amount": "3.005"}).status_code == 422
    assert not Taking.objects.exists()

    assert officer.post(here, given | {"amount": "３.00"}).status_code == 302
    assert Taking.objects.get().amount == 300


def test_tells_for_good_what_was_known_of_its_money(client, collection, noon, time_machine):
    time_machine.move_to(noon + timedelta(hours=1))
    town.taken(collection, 10, 1_000, at=noon)
    then = client.get(f"/gifts/{collection.code}/money/")
    assert (then.context["given"], then.context["left"]) == (1_000, 1_000)
    town.taken(collection, 10, 500, at=noon + timedelta(hours=2), day=noon.date())

    time_machine.move_to(noon + timedelta(hours=3))
    assert client.get(f"/gifts/{collection.code}/money/").context["given"] == 1_500
    assert client.get(then.context["address"]).context["given"] == 1_000
    assert client.get(f"/gifts/{collection.code}/money/?day=2031-01-01").status_code == 404
