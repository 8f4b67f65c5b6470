"""Pages of food businesses: what everybody finds, what a unit keeps, what a table brings, what a business replies."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel.actors import Role, system
from linli.kernel.sheets import read_sheet, write_csv
from linli.trace.actions import keys, replies
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.actions.visits import record_visit
from linli.trace.events import Visited
from linli.trace.models import Alert, Operator, OperatorKey, Premises
from linli.trace.queries.keys import as_operator, operator_of_phrase, operator_of_program
from linli.trace.schemas.premises_rows import OPERATOR_COLUMNS
from tests.town import directory, trace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
COLUMNS = ("经营者名称", "统一社会信用代码", "门店名称", "所在地", "地址", "经营项目", "地图方格")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff(client):
    def come(role=Role.OFFICER, unit=trace.KEEPER):
        account = get_user_model().objects.create(
            username=uuid4().hex, name="经办人", role=role, unit=unit, password="long-enough-1"
        )
        client.force_login(account)
        return client

    return come


def visited(place, *, days=0, code="7K3M-92QD", **found):
    said = {"share": 9000, "findings": 0, "open": 0, "grave": 0} | found
    day = (NOW + timedelta(days)).date()
    return record_visit(
        by=system("flow"), at=NOW, visited=Visited(code, place.code, "检查一处", day, **said)
    )


@pytest.fixture
def street():
    """Three places: all right, with a grave finding open, with nothing yet."""
    good = trace.premises("清香面馆", at=NOW, activities=("catering",), tile=(1, 1))
    bad = trace.premises(
        "河西屠宰场", at=NOW, of=good.operator, activities=("slaughter", "storage"), tile=(1, 2)
    )
    new = trace.premises(
        "雄关超市", at=NOW, of=trace.operator("雄关商贸", at=NOW, number=2, names={"ug": "دۇكان"}),
        activities=("retail",), tile=(1, 2),
    )  # fmt: skip
    trace.permit(good, at=NOW)
    visited(good)
    visited(bad, code="8M4P-2QDR", days=-3, findings=3, open=2, grave=1)
    return good, bad, new


def listed(client, **asked):
    page = client.get("/en/food/", asked)
    assert page.status_code == 200
    return [row["premises"].name for row in page.context["rows"]]


def test_finds_places_by_what_is_asked(client, street):
    assert listed(client) == ["河西屠宰场", "清香面馆", "雄关超市"]
    assert listed(client, words="面馆") == ["清香面馆"]
    assert listed(client, words="دۇكان") == ["雄关超市"]
    assert listed(client, words=trace.credit_code(1)) == ["河西屠宰场", "清香面馆"]
    assert listed(client, activity="storage") == ["河西屠宰场"]
    assert listed(client, stand="valid") == ["清香面馆"]
    assert listed(client, stand="none") == ["河西屠宰场", "雄关超市"]
    assert listed(client, seen="open") == ["河西屠宰场"]
    assert listed(client, seen="clean") == ["清香面馆"]
    assert listed(client, seen="never") == ["雄关超市"]
    assert listed(client, square="1-2") == ["河西屠宰场", "雄关超市"]
    assert listed(client, words="\0", stand="?", square="x") == [
        "河西屠宰场",
        "清香面馆",
        "雄关超市",
    ]


def test_lists_any_number_of_places_in_few_queries(client, street, django_assert_max_num_queries):
    for number in range(12):
        trace.premises(f"店{number}", at=NOW, of=street[0].operator)
    with django_assert_max_num_queries(8):
        assert len(listed(client)) == 15
    with django_assert_max_num_queries(7):
        client.get("/en/food/map/")


def test_draws_and_tells_the_same_squares(client, street):
    page = client.get("/en/food/map/")
    told = [
        (one.name, one.premises, one.valid, one.faulty) for one, _way in page.context["squares"]
    ]
    assert told == [("1-1", 1, 1, 0), ("1-2", 2, 0, 1)]
    html = page.content.decode()
    assert html.count("<rect") == html.count('<th scope="row">') == 2
    address = page.context["squares"][1][1]
    rows = client.get(address).context["rows"]
    assert [row["premises"].name for row in rows] == ["河西屠宰场", "雄关超市"]


def test_leaves_out_what_is_closed_and_keeps_its_page(client, street):
    Premises.objects.filter(pk=street[1].pk).update(closed_on=NOW.date())
    assert "河西屠宰场" not in listed(client)
    page = client.get(f"/en/food/{street[1].code}/").content.decode()
    assert "2 findings are not put right yet" in page
    assert client.get("/en/food/7K3M-92QD/").status_code == 404


def test_gives_open_data_under_its_mark(client, street):
    table = client.get("/en/food/operators.csv")
    sheet = read_sheet(table.content)
    assert sheet.columns == tuple(OPERATOR_COLUMNS)
    found = dict(zip(sheet.columns, sheet.rows[0], strict=True))
    assert (found["name"], found["permit_state"], found["findings_open"]) == (
        "河西屠宰场",
        "none",
        "2",
    )
    told = json.loads(client.get("/en/food/operators.json?activity=retail").content)
    assert [row["name"] for row in told["rows"]] == ["雄关超市"]
    assert told["columns"].keys() == told["rows"][0].keys()
    again = client.get("/en/food/operators.csv", headers={"if-none-match": table["ETag"]})
    assert again.status_code == 304
    visited(street[2], code="9N5Q-3RES")
    assert client.get("/en/food/operators.csv")["ETag"] != table["ETag"]
    (permit,) = read_sheet(client.get("/en/food/permits.csv").content).rows
    assert (permit[0], permit[-1]) == ("JY-0001", "valid")


def test_enters_a_business_and_closes_it_again(staff):
    client, unit, place = staff(), trace.keeper(), directory.area()
    given = {"name": "新店", "unit": unit.code, "credit_code": trace.credit_code(3)}
    assert client.post("/en/console/food/new/", given | {"credit_code": "1"}).status_code == 422
    made = client.post("/en/console/food/new/", given)
    one = Operator.objects.get()
    assert made.url == f"/en/console/food/{one.code}/premises/"
    premises = {"name": "新店", "area": place.code, "street": "1 号", "activities": ["retail"]}
    assert client.post(made.url, premises | {"row": "3"}).status_code == 422
    assert client.post(made.url, premises | {"row": "3", "column": "4"}).status_code == 302
    kept = Premises.objects.get()
    assert (kept.tile_row, kept.tile_column, kept.activities) == (3, 4, ["retail"])
    way = f"/en/console/food/{one.code}/end/"
    assert client.post(way, {"on": "2026-11-20"}).status_code == 422
    client.post(f"/en/console/food/{kept.code}/close/", {"on": "2026-11-20"})
    assert client.post(way, {"on": "2026-11-20"}).status_code == 302
    assert Operator.objects.get().closed_on == NOW.date()


def test_hands_keys_over_once_and_ends_them(staff, street):
    client, one = staff(), street[0].operator
    here = f"/en/console/food/{one.code}"
    slip = client.post(f"{here}/phrase/", {"once": "k" * 24})
    phrase = re.search(r"\d{4} \d{4} \d{4} \d{4}", slip.content.decode())[0]
    assert operator_of_phrase(one.code, phrase) == one
    assert "no-store" in slip["Cache-Control"]
    assert client.post(f"{here}/phrase/", {"once": "k" * 24}).content == slip.content
    given = client.post(f"{here}/keys/", {"name": "收银"}).content.decode()
    secret = re.search(r"linli_food_[\w-]+", given)[0]
    assert operator_of_program(secret) == one
    assert secret not in client.get(f"{here}/").content.decode()
    key = OperatorKey.objects.get(kind="program")
    client.post(f"{here}/keys/{key.pk}/")
    assert operator_of_program(secret) is None
    assert client.post(f"{here}/keys/", {"name": ""}).status_code == 422


def brought(client, *rows):
    data = write_csv(COLUMNS, rows).encode()
    unit = trace.keeper().code
    answer = client.post(
        "/en/console/food/bring/", {"unit": unit, "file": SimpleUploadedFile("t.csv", data)}
    )
    return answer.url


def test_takes_a_table_in_whole_and_once(staff):
    client, place = staff(), directory.area()
    code = trace.credit_code(5)
    rows = [
        ("甲店", code, "甲一店", place.name, "一街 1 号", "餐饮、零售", "2-3"),
        ("甲店", "", "甲二店", place.code, "二街 1 号", "批发", ""),
        ("乙店", "", "乙店", place.name, "三街 1 号", "屠宰", ""),
    ]
    way = brought(client, *rows)
    page = client.get(way)
    fates = [str(row["fate"][1]) for row in page.context["rows"]]
    assert sorted(fates) == ["new business", "new business", "new premises"]
    given = {"checksum": page.context["checksum"]}
    assert client.post(way, given).status_code == 302
    assert Operator.objects.count() == 2
    kept = Premises.objects.get(name="甲一店")
    assert (kept.operator.credit_code, kept.activities, kept.tile_row) == (
        code, ["catering", "retail"], 2,
    )  # fmt: skip
    assert client.post(way, given).status_code == 409
    assert client.get(way).context["new"] == 0
    assert Premises.objects.count() == 3


def test_takes_nothing_of_a_table_with_errors_and_says_where(staff):
    client, place = staff(), directory.area()
    trace.operator("丙店", at=NOW, number=7, unit=directory.unit("另一个局"))
    way = brought(
        client,
        ("甲店", "", "甲店", place.name, "一街 1 号", "餐饮", ""),
        ("乙店", "9262", "乙店", "无处", "", "算命", "3"),
        ("丙店", trace.credit_code(7), "丙店", place.name, "1 号", "零售", ""),
    )
    page = client.get(way)
    wrongs = {
        row["line"]: [str(why) for _cell, why in row["cells"] if why]
        for row in page.context["rows"]
    }
    assert wrongs == {
        2: [],
        3: [
            "is no unified social credit code", "is no place of the directory", "is missing",
            "is none of: slaughter, processing, storage and transport, wholesale, retail, catering",
            "is no row and column such as 3-5",
        ],
        4: ["is supervised by another unit"],
    }  # fmt: skip
    assert client.post(way, {"checksum": page.context["checksum"]}).status_code == 422
    assert not Premises.objects.exists()


def test_refuses_a_table_about_persons(staff):
    client = staff()
    data = "经营者名称,门店名称,所在地,地址,经营项目,民族\n甲,甲,嘉峪关市,1 号,餐饮,x\n".encode()
    given = {"unit": trace.keeper().code, "file": SimpleUploadedFile("t.csv", data)}
    assert client.post("/en/console/food/bring/", given).status_code == 422


def test_settles_an_alert_in_words(staff, street):
    said = {"name": "清香面馆", "operator": street[0].operator.name, "on": "2026-11-20", "grave": 2}
    draft = AlertDraft(street[0].operator.unit, Alert.CHECK, "visit 1", "/food/", said)
    alert = raise_alert(by=system("flow"), at=NOW, draft=draft)
    client = staff()
    way = f"/en/console/alerts/{alert.code}/"
    (row,) = client.get("/en/console/alerts/?state=open").context["rows"]
    assert row.words == "An inspection of 清香面馆 on 2026-11-20 found 2 grave things."
    assert row.words in client.get(f"/en/console/food/{street[0].operator.code}/").content.decode()
    assert client.post(way, {"words": " "}).status_code == 422
    assert client.post(way, {"words": "已停业整改"}).url == "/en/console/alerts/"
    assert not client.get("/en/console/alerts/?state=open").context["rows"]
    assert "已停业整改" in client.get(way).content.decode()


def test_lets_the_business_alone_reply_on_its_page(client, street):
    one = street[1].operator
    phrase = keys.hand_phrase(by=trace.officer(), at=NOW, operator=one)
    way, public = f"/en/trade/replies/{street[1].code}/", f"/en/food/{street[1].code}/"
    assert client.get(way).status_code == 302
    client.post("/en/trade/in/", {"code": one.code, "passphrase": phrase})
    assert client.post(way, {"words": " "}).status_code == 422
    assert client.post(way, {"words": "已整改。"}).url == f"{public}#replies"
    assert "已整改。" in client.get(public).content.decode()
    assert client.get(f"/en/trade/replies/{street[2].code}/").status_code == 404
    client.post(f"{way}{street[1].replies.get().pk}/back/")
    assert "已整改。" not in client.get(public).content.decode()


def test_shows_the_reason_in_place_of_a_withheld_reply(staff, street):
    by = as_operator(street[0].operator)
    said = replies.reply(by=by, at=NOW, premises=street[0], words="骂人的话")
    way, everybody = f"/en/console/food/replies/{said.pk}/", Client()
    assert "骂人的话" in everybody.get(f"/en/food/{street[0].code}/").content.decode()
    assert staff(Role.SUPERVISOR).post(way, {"reason": "x"}).status_code == 422
    assert staff(Role.SUPERVISOR, "政府办").post(way, {"reason": "辱骂他人"}).status_code == 302
    page = everybody.get(f"/en/food/{street[0].code}/").content.decode()
    assert "辱骂他人" in page
    assert "骂人的话" not in page
