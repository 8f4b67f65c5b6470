"""A concern about food becomes a case like every other; counted is how many there are, never whose."""

import re

import pytest
import time_machine

from linli.cases.actions import reading
from linli.cases.actions.concerns import count_concern
from linli.cases.models import Case, ConcernCount, Draft
from linli.kernel.actors import HOLDER, Role
from linli.kernel.limits import forget_all
from tests.town import asking as town
from tests.town import cases, trace
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town():
    forget_all()
    with time_machine.travel(town.AT, tick=False):
        town.town()
        cases.topic("market", name="食品与市场监管投诉")
        yield


@pytest.fixture
def lot():
    place = trace.premises(at=town.AT)
    return trace.lot(trace.product(place.operator, at=town.AT), place, at=town.AT)


def reported(client, lot):
    """Go from the look-up to the receipt, each page sent as it stands."""
    page = client.get(f"/q/{lot.code}?lang=en").content.decode()
    begin = re.search(r'class="button" href="([^"]+)"', page)[1]
    assert client.get(begin).status_code == 200
    response = client.post(begin, {"lot": lot.code})
    for sent in ({"words": town.SAID}, {"topic": "market"}):
        response = client.post(response.url, sent)
    where = client.get(response.url).context["form"]["place"].initial
    for sent in ({"place": where}, {}, {}):
        response = client.post(response.url, sent)
    once = re.search(r'name="once" value="([^"]+)"', client.get(response.url).content.decode())[1]
    return client.post(response.url, {"once": once})


def test_becomes_a_case_that_names_the_goods_and_nobody(client, lot):
    assert reported(client, lot).url == "/en/ask/receipt/"
    case = Case.objects.get()
    page = client.get("/en/ask/receipt/").content.decode()
    phrase = re.search(r"claim--long\"><bdi dir=\"ltr\">([\d ]+)", page)[1]
    told = reading.own(
        at=town.AT, case=reading.open_held(at=town.AT, code=case.code, passphrase=phrase)
    )
    assert case.topic.code == "market"
    assert lot.premises.code in told.place
    assert lot.code in told.place
    counted = ConcernCount.objects.values_list("about", "month", "count")
    assert list(counted) == [(f"food:{lot.premises.code}", town.AT.date().replace(day=1), 1)]
    assert not [field for field in ConcernCount._meta.get_fields() if field.is_relation]


def test_tells_supervisors_how_many_and_never_whose(client, lot, django_assert_max_num_queries):
    for _again in range(2):
        reported(client, lot)
        client.cookies.clear()
    client.force_login(account(Role.SUPERVISOR))
    with django_assert_max_num_queries(12):
        page = client.get("/en/console/concerns/").content.decode()
    assert lot.premises.name in page
    assert re.search(r'class="number"><bdi dir="ltr">2</bdi>', page)
    assert not [case.code for case in Case.objects.all() if case.code in page]


def test_keeps_what_was_begun_about_something_else(client, lot):
    begun = client.post("/en/ask/", {"words": town.SAID})
    assert begun.status_code == 302
    client.post(f"/en/food/{lot.premises.code}/concern/", {"lot": lot.code})
    drafts = Draft.objects.count()
    client.post(f"/en/food/{lot.premises.code}/concern/", {"lot": lot.code})
    assert (drafts, Draft.objects.count()) == (2, 2)


def test_counts_nothing_that_is_no_concern(client):
    for about in ("", "food:", "food:7K3M", "indicator:x", "drug:7K3M-92QD"):
        count_concern(by=HOLDER, at=town.AT, about=about)
    assert not ConcernCount.objects.exists()
