"""The pages of payment batches: a file brought, read, approved by another, answered and reconciled."""

import pytest
import time_machine

from linli.funds.actions import batch_reading
from linli.funds.models import Account, Batch
from linli.kernel.actors import Role
from tests.offers.console import desk, page, said, send
from tests.town import batches as town
from tests.town.funds import officer
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
LIST = "/console/funds/batches/"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def purse(noon):
    return town.Purse(noon)


def upload(data, name="batch.csv"):
    data.name = name
    return data


def brought(client, purse, file=None, status=302):
    return send(
        client, f"{LIST}new/", status, words="牛羊肉价格补贴第一批", out_of=purse.out_of.code,
        into=purse.into.code, file=upload(file or town.payments()),
    )  # fmt: skip


def test_takes_a_file_all_the_way_without_scripts(purse, noon):
    one, other = desk(officer()), desk(town.second())
    brought(one, purse)
    batch = Batch.objects.get()
    here = f"{LIST}{batch.code}/"
    assert "Waits to be read" in page(one, here)
    assert batch_reading.read_next(at=noon) == 1

    assert "1,289.55" in page(one, here)
    assert "Approve" not in page(other, here)
    send(one, f"{here}ask/")
    assert "You asked for it" in page(one, here)
    batch.refresh_from_db()
    approve = f"{here}approve/{batch.order.code}/"
    assert (
        f'/batches/{batch.code}/"'
        in other.get(f"/en/console/funds/orders/{batch.order.code}/").content.decode()
    )
    send(one, approve)
    assert Account.objects.get(pk=purse.into.pk).balance == 0  # the same person: nothing moved
    assert "Approve: the money moves" in page(other, here)
    send(other, approve)
    assert Account.objects.get(pk=purse.into.pk).balance == town.TOTAL

    refused = town.answers(
        (1, "1200.00", "成功", ""), (2, "86.50", "成功", ""), (3, "3.05", "退回", "AC04")
    )
    send(one, f"{here}answer/", file=upload(refused), paid_by=upload(town.payments()))
    assert batch_reading.read_next(at=noon) == 1
    told = page(one, f"{here}answers/1/")
    assert "account closed" in told
    assert batch.digest not in told
    table = one.get(f"/en{here}answers/1/differences.csv").content.decode()
    assert table.splitlines()[1] == "3,refused by the bank,3.05,3.05,account closed"
    send(one, f"{here}answers/1/back/")
    order = batch.replies.get().order
    send(other, f"{here}approve/{order.code}/")
    assert Account.objects.get(pk=purse.into.pk).balance == town.TOTAL - 305
    assert "reconciled" in page(one, here)


def test_refuses_a_file_with_names_at_the_door_and_says_why(purse):
    client = desk(officer())
    told = said(brought(client, purse, town.payments(head="序号,账号,金额,户名"), status=422))

    assert "such as names, is refused; nothing of it was kept" in told
    assert Batch.objects.count() == 0


def test_shows_what_is_wrong_by_line_and_never_what_stood_there(purse, noon):
    client = desk(officer())
    brought(client, purse, town.payments([("马小明", "1"), ("M-0042-77", "1")]))
    batch_reading.read_next(at=noon)
    told = page(client, f"{LIST}{Batch.objects.get().code}/")

    assert "is no code of 4 to 34" in told
    assert "马小明" not in told
    assert "Ask for approval" not in told


def test_says_when_there_is_less_on_the_account(purse, noon):
    lines = [("M-0042-77", "100000"), ("M-0042-78", "0.01")]
    batch = town.asked(purse, at=noon, file=town.payments(lines))
    client, less = desk(town.second()), "There is less on the account"

    assert less in page(client, f"{LIST}{batch.code}/")
    fine = town.asked(purse, at=noon)
    assert less not in page(client, f"{LIST}{fine.code}/")


def test_shows_progress_and_sends_on_when_it_is_read(purse, noon):
    client = desk(officer())
    batch = town.brought(purse, at=noon)
    here = f"/en{LIST}{batch.code}/progress/"
    answer = client.get(here)
    assert 'hx-trigger="every 3s"' in answer.content.decode()
    assert "HX-Refresh" not in answer.headers
    town.read(batch, noon)

    assert client.get(here).headers["HX-Refresh"] == "true"


def test_lists_batches_of_whom_they_concern(purse, noon, django_assert_max_num_queries):
    town.paid(purse, at=noon)
    for number in range(3):
        town.brought(purse, at=noon, file=town.payments([("M-0042-77", number + 1)] * 2))
    client = desk(officer())
    page(client, LIST)

    with django_assert_max_num_queries(12):
        assert len(client.get(f"/en{LIST}").context["rows"]) == 4
    assert len(client.get(f"/en{LIST}?shown=reading").context["rows"]) == 3
    assert len(client.get(f"/en{LIST}?shown=bank").context["rows"]) == 1
    assert "No batch is so far" in page(client, f"{LIST}?shown=answered")
    assert not desk(officer(unit="别的单位")).get(f"/en{LIST}").context["rows"]
    supervisor = desk(actor(Role.SUPERVISOR))
    assert "Bring a payment file" not in page(supervisor, LIST)
