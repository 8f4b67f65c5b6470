"""Pages of recalls: proposed and decided on the console, answered at a shop, read and printed by everybody."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model

from linli.kernel.actors import Role
from linli.trace.actions import keys, recalls
from linli.trace.models import Recall, RecallCount
from tests.town import recalls as town
from tests.town import trace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def goods():
    return town.chain(NOW - timedelta(hours=1))


@pytest.fixture
def staff(client):
    def come(role=Role.OFFICER, unit=trace.KEEPER, name="经办人"):
        account = get_user_model().objects.create(
            username=uuid4().hex, name=name, role=role, unit=unit, password="long-enough-1"
        )
        client.force_login(account)
        return client

    return come


@pytest.fixture
def maker(client, goods):
    """A browser at the workplace of the maker."""
    of = goods.maker.operator
    phrase = keys.hand_phrase(by=trace.officer(), at=NOW, operator=of)
    client.post("/en/trade/in/", {"code": of.code, "passphrase": phrase})
    return client


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_proposes_and_decides_on_the_console(staff, goods):
    officer = staff()
    page = text(officer.get(f"/en/console/recalls/new/?lot={goods.beef.code}"))
    assert goods.beef.code in page
    sent = {
        "lot": goods.beef.code, "grounds": "laboratory", "advice": "return", "words": "检出",
    }  # fmt: skip
    assert text(officer.post("/en/console/recalls/new/", sent | {"lot": "7K3M"}), 422)
    officer.post("/en/console/recalls/new/", sent)
    recall = Recall.objects.get()
    at = f"/en/console/recalls/{recall.code}/"
    assert "3 businesses" in text(officer.get(at))
    assert f"{at}decide/" not in text(officer.get(at))
    planner = staff(Role.PLANNER, name="另一人")
    planner.post(f"{at}decide/", {"words": "同意"})
    page = text(planner.get(at))
    assert all(one in page for one in ("河东牛羊公司", "河西食品公司", "南门便利店", "牛肉肠"))
    shop = recall.told.get(operator=goods.shop.operator)
    planner.post(f"{at}told/{shop.pk}/phone/")
    planner.post(f"{at}end/", {"words": "收回"})
    recall.refresh_from_db()
    assert (recall.state, recall.outcome["told"]) == ("ended", 10_000)


def test_lists_recalls_in_few_queries(staff, goods, django_assert_max_num_queries):
    for lot in (goods.beef, goods.sausage):
        ended = town.running(lot, at=NOW, drill=True)
        recalls.end(by=trace.officer(), at=NOW, recall=ended, words="演练完")
        town.running(lot, at=NOW)
    client = staff(Role.SUPERVISOR)
    with django_assert_max_num_queries(12):
        page = text(client.get("/en/console/recalls/"))
    assert page.count("<tr>") == 5
    assert text(client.get("/en/console/recalls/?kind=drill")).count("<tr>") == 3


def test_answers_at_the_workplace(maker, goods):
    recall = town.running(goods.beef, at=NOW)
    at = f"/en/trade/recalls/{recall.code}/"
    assert recall.code in text(maker.get("/en/trade/recalls/"))
    assert f"{at}seen/" in text(maker.get(at))
    maker.post(f"{at}seen/")
    sent = {f"lot{goods.beef.pk}-used": "100", f"lot{goods.sausage.pk}-left": "12.5"}
    assert text(maker.post(at, sent | {f"lot{goods.beef.pk}-gone": "-1"}), 422)
    assert maker.post(at, sent).status_code == 302
    assert set(RecallCount.objects.values_list("lot", "kind", "quantity")) == {
        (goods.beef.pk, "used", Decimal(100)), (goods.sausage.pk, "left", Decimal("12.5")),
    }  # fmt: skip
    assert 'value="12.5"' in text(maker.get(at))


def test_shows_a_business_no_recall_that_is_not_its_own(maker, goods):
    lot = trace.lot(
        trace.product(goods.farm.operator, at=NOW, name="羊杂"), goods.farm, at=NOW, drawn=105
    )
    other = town.running(lot, at=NOW)
    assert maker.get(f"/en/trade/recalls/{other.code}/").status_code == 404


def test_calls_its_own_lot_back(maker, goods):
    page = text(maker.get("/en/trade/recalls/new/"))
    assert goods.sausage.code in page
    assert goods.beef.code not in page
    sent = {"lot": goods.sausage.code, "words": "封口不严", "advice": "return"}
    maker.post("/en/trade/recalls/new/", sent)
    assert Recall.objects.get().state == "running"


def test_tells_everybody_in_three_languages(client, goods):
    recall = town.running(goods.beef, at=NOW)
    page = text(client.get(f"/en/food/recalls/{recall.code}/"))
    assert "Bring it back" in page
    assert goods.sausage.code in page
    notice = text(client.get(f"/en/food/recalls/{recall.code}/notice/"))
    assert [notice.count(f'<section lang="{tag}"') for tag in ("zh-Hans", "zh-Hant", "en")] == [
        1,
        1,
        1,
    ]
    feed = text(client.get("/en/feeds/food/recalls.atom"))
    assert feed.count("<entry>") == 1
    assert recall.code in feed
    assert recall.code in text(client.get("/en/food/recalls/"))


def test_tells_nobody_of_a_drill_or_of_what_is_not_decided(client, goods):
    drill, waits = town.running(goods.beef, at=NOW, drill=True), town.started(goods.beef, at=NOW)
    for address in ("", "notice/"):
        for one in (drill, waits):
            assert client.get(f"/en/food/recalls/{one.code}/{address}").status_code == 404
    assert "<entry>" not in text(client.get("/en/feeds/food/recalls.atom"))
    assert drill.code not in text(client.get("/en/food/recalls/"))


def test_draws_the_chain_and_lists_the_same(staff, goods):
    page = text(staff().get(f"/en/console/lots/{goods.sausage.code}/chain/"))
    drawn = page[page.index('<svg class="chain__drawing') : page.index("</table>")]
    assert drawn.count("<rect") == 2
    assert drawn.count("<path") == 1
    assert "牛肉" in drawn
    assert f"/en/console/lots/{goods.beef.code}/chain/" in page[page.index("</svg>") :]
