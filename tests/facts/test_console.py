import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.facts import queries
from linli.facts.models import Evidence, Fact, Indicator
from linli.kernel import files
from linli.kernel.actors import Role
from tests.facts.test_imports import GOOD, HEAD
from tests.town import directory
from tests.town import facts as town
from tests.town.staff import account

pytestmark = pytest.mark.django_db

PAGES = [
    "/console/facts/",
    "/console/facts/contradictions/",
    "/console/facts/indicators/training.trained/",
]
PLANNERS = ["/console/facts/define/", "/console/facts/import/"]


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


@pytest.fixture
def _town(db):
    directory.area()
    town.indicator()


def entering(role):
    client = Client()
    client.force_login(account(role, username=f"{role}-2"))
    return client


@pytest.mark.usefixtures("_town")
def test_lets_nobody_in_without_an_account(client, noon):
    fact = town.fact(at=noon)
    for address in [
        *PAGES,
        *PLANNERS,
        f"/console/facts/fact/{fact.code}/",
        "/console/facts/import/x/",
    ]:
        assert client.get(address).status_code == 302, address
        assert client.post(address).status_code in {302, 405}, address


@pytest.mark.usefixtures("_town")
@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_shows_all_staff_what_is_known_and_leaves_tables_to_planners(role):
    client = entering(role)

    assert [client.get(page).status_code for page in PAGES] == [200] * 3
    assert [client.get(page).status_code for page in PLANNERS] == [403] * 2
    assert client.post("/console/facts/import/", {"file": upload()}).status_code == 403
    assert "/console/facts/import/" not in client.get("/console/facts/").content.decode()
    assert Fact.objects.count() == 0


def test_says_what_to_do_when_there_is_nothing(planner):
    page = planner.get("/en/console/facts/").content.decode()
    assert "Nothing can be known yet." in page
    assert (
        "Nothing contradicts anything."
        in planner.get("/en/console/facts/contradictions/").content.decode()
    )


@pytest.mark.usefixtures("_town")
def test_lists_and_filters_indicators(planner, noon):
    town.fact(at=noon)
    town.indicator("money.spent", name="支出", kind="money", unit="CNY", public=False)

    page = planner.get("/console/facts/")
    assert [(one.code, known and known.facts) for one, known in page.context["rows"]] == [
        ("money.spent", None),
        ("training.trained", 1),
    ]
    page = planner.get("/console/facts/?words=培训&kind=count")
    assert [one.code for one, _ in page.context["rows"]] == ["training.trained"]
    assert planner.get("/console/facts/?words=%00&kind=x&page=-1").status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_asks_the_database_the_same_however_many_there_are(
    planner, noon, django_assert_num_queries, count
):
    for number in range(count):
        indicator = town.indicator(f"a.i{number}")
        town.fact("1", at=noon, indicator=indicator, source="甲")
        town.fact("2", at=noon, indicator=indicator, source="乙")

    with django_assert_num_queries(6):
        planner.get("/console/facts/")
    with django_assert_num_queries(4):
        planner.get("/console/facts/contradictions/")


def given(**overrides):
    return {
        "code": "desk.opened", "name": "服务窗口", "unit": "个", "kind": "count", "public": "on",
        "definition": "年末开放的服务窗口。", "computed_by": "政务服务局",
    } | overrides  # fmt: skip


def test_defines_an_indicator_through_the_page(planner):
    page = planner.post("/console/facts/define/", given(), follow=True)

    assert page.redirect_chain == [("/console/facts/", 302)]
    assert Indicator.objects.get().name == "服务窗口"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"code": "Ü"}, "code"),
        ({"name": "少数民族人口"}, "official_only"),
        ({"name": "宗教信仰人口"}, "__all__"),
    ],
)
def test_sends_a_wrong_indicator_back_with_what_was_typed(planner, wrong, field):
    page = planner.post("/console/facts/define/", given(**wrong))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "政务服务局" in page.content.decode()
    assert Indicator.objects.count() == 0


def test_says_when_a_code_is_taken(planner):
    town.indicator("desk.opened")

    page = planner.post("/console/facts/define/", given())

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["code"])


def test_shows_both_sides_of_a_contradiction(planner, noon):
    town.fact("300", at=noon, evidence=town.span("七里河区", words="培训三百人"))
    town.fact("310", at=noon, source="统计局")

    page = planner.get("/console/facts/contradictions/")

    html = page.content.decode()
    assert len(page.context["pairs"]) == 1
    for said in ("300", "310", "七里河区", "统计局", "培训三百人", "/reports/7K3M-92QD/#s-f1"):
        assert said in html


def upload(text=GOOD, name="表.csv"):
    return SimpleUploadedFile(name, text.encode())


def bring(client, text=GOOD):
    """Upload a table and return the address of the page that shows its rows."""
    return client.post("/console/facts/import/", {"file": upload(text)}).headers["Location"]


def confirm(client, address, **given):
    checksum = client.get(address).context["checksum"]
    return client.post(address, {"checksum": checksum} | given)


@pytest.mark.usefixtures("_town")
def test_takes_a_table_in_after_showing_every_row(planner):
    address = bring(planner)

    page = planner.get(address)
    assert [(row["number"], str(row["fate"][0]), row["value"]) for row in page.context["rows"]][2] == (
        4, "done", page.context["rows"][2]["value"],
    )  # fmt: skip
    assert page.context["counts"] == {"new": 3, "known": 0, "corrects": 0, "error": 0}
    assert Fact.objects.count() == 0
    done = confirm(planner, address)

    assert (done.status_code, done.headers["Location"]) == (302, "/console/facts/")
    assert Fact.objects.count() == 3
    again = planner.get(bring(planner))
    assert again.context["counts"]["known"] == 3
    assert '<form class="prose"' not in again.content.decode()


@pytest.mark.usefixtures("_town")
def test_shows_errors_by_row_and_as_a_file(planner):
    text = GOOD + "no.such,620200,2020,七,统计局\n=1+1,x,2020,7,统计局\n"
    address = bring(planner, text)

    page = planner.get(
        f"{address}?status=claimed&indicator=0&area=1&period=2&value=3&source=4&fate=error"
    )
    assert [row["number"] for row in page.context["rows"]] == [5, 6]
    assert planner.get(address).context["fate"] == "error"
    everything = planner.get(f"{address}?{page.context['kept_query']}&fate=all&page=1")
    assert [row["number"] for row in everything.context["rows"]] == [2, 3, 4, 5, 6]
    assert "fate" not in everything.context["kept_query"]
    assert confirm(planner, address).status_code == 422
    file = planner.get(f"{address}errors.csv?{page.context['kept_query']}")

    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == ["5", "6"]
    assert lines[1][2:] == ["no.such", "620200", "2020", "七", "统计局"]
    assert lines[2][2] == "'=1+1"
    assert file["Content-Disposition"].startswith("attachment")
    assert Fact.objects.count() == 0


@pytest.mark.usefixtures("_town")
def test_wants_a_reason_for_corrections(planner):
    confirm(planner, bring(planner))
    address = bring(planner, GOOD.replace("近300", "280"))

    assert confirm(planner, address).status_code == 422
    assert Fact.objects.count() == 3
    confirm(planner, address, reason="年报更正")

    assert Fact.objects.get(value=280).reason == "年报更正"


@pytest.mark.usefixtures("_town")
def test_shows_the_rows_again_when_something_came_between(planner, noon):
    address = bring(planner)
    checksum = planner.get(address).context["checksum"]
    town.fact("99", at=noon, period="2018", source="统计局")

    page = planner.post(address, {"checksum": checksum, "reason": "x"})

    assert page.status_code == 422
    assert page.context["counts"]["corrects"] == 1
    assert Fact.objects.count() == 1


@pytest.mark.usefixtures("_town")
def test_lets_columns_be_chosen_and_one_text_stand_for_all(planner):
    address = bring(planner, "甲,乙,丙\n嘉峪关市,2019,12\n")
    assert "counts" not in planner.get(address).context

    wrong = planner.get(f"{address}?status=claimed&area=0&period=1&value=2&value_text=3")
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"indicator", "value", "source"}
    chosen = (
        f"{address}?status=evidenced&area=0&period=1&value=2"
        "&indicator_text=training.trained&source_text=年鉴"
    )
    confirm(planner, chosen)

    fact = Fact.objects.get()
    assert (fact.value, fact.status, fact.evidence.source) == (12, "evidenced", "年鉴")


@pytest.mark.parametrize(
    "column", ["民族", "宗教信仰", "身份证号", "姓名", "ethnicity", "id number"]
)
def test_keeps_nothing_of_a_table_that_describes_persons(planner, monkeypatch, column):
    kept = []
    monkeypatch.setattr(files, "keep", kept.append)

    page = planner.post(
        "/console/facts/import/", {"file": upload(HEAD.replace("来源", column) + "a,b,c,d,e\n")}
    )

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])
    assert kept == []


@pytest.mark.parametrize("text", ["", "\0\1"])
def test_says_when_a_file_is_no_table(planner, text):
    page = planner.post("/console/facts/import/", {"file": upload(text)})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])


def test_opens_no_file_by_its_digest(planner):
    """The address is signed: knowing a file's SHA-256 opens nothing."""
    digest = files.keep(GOOD.encode())

    for token in (digest, "x", "eyJ:abc:def"):
        assert planner.get(f"/console/facts/import/{token}/").status_code == 404


def said(**overrides):
    return {
        "value": "近300", "area": "嘉峪关市", "period": "2019年", "status": "claimed",
        "source": "统计局", "words": "培训近三百人次。",
    } | overrides  # fmt: skip


INDICATOR = "/console/facts/indicators/training.trained/"


@pytest.mark.usefixtures("_town")
def test_records_a_fact_through_the_page(planner):
    page = planner.post(INDICATOR, said(), follow=True)

    fact = Fact.objects.get()
    assert page.redirect_chain == [(f"/console/facts/fact/{fact.code}/", 302)]
    assert (fact.value, fact.bound, fact.evidence.words) == (
        300,
        "approx_below",
        "培训近三百人次。",
    )


@pytest.mark.usefixtures("_town")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "七"}, "value"),
        ({"area": "桃花源"}, "area"),
        ({"period": "去年"}, "period"),
        ({"words": ""}, "words"),
        ({"address": "javascript:x"}, "__all__"),
    ],
)
def test_sends_a_wrong_fact_back(planner, wrong, field):
    page = planner.post(INDICATOR, said(**wrong))

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert (Fact.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.usefixtures("_town")
def test_lets_an_officer_speak_for_the_own_unit_only():
    officer = entering(Role.OFFICER)

    assert officer.get(INDICATOR).context["form"].initial == {"source": "民族宗教事务局"}
    assert officer.post(INDICATOR, said()).status_code == 403
    assert (Fact.objects.count(), Evidence.objects.count()) == (0, 0)
    officer.post(INDICATOR, said(source="民族宗教事务局"))

    assert Fact.objects.get().by_role == "officer"


@pytest.mark.usefixtures("_town")
def test_corrects_raises_and_withdraws_through_the_page(planner, noon):
    fact = town.fact(at=noon - timedelta(days=4000))
    common = {"source": "统计局", "words": "年报", "reason": "核对", "status": "evidenced"}
    for deed, value in (("correct", "310"), ("raise", ""), ("withdraw", "")):
        status = "confirmed" if deed == "raise" else "evidenced"
        address = f"/console/facts/fact/{queries.newest(fact).code}/"
        deeds = planner.post(address, common | {"deed": deed, "value": value, "status": status})
        assert deeds.status_code == 302

    story = queries.vintages(fact)
    assert [(one.status, one.value) for one in story] == [
        ("claimed", 300), ("evidenced", 310), ("confirmed", 310), ("withdrawn", None),
    ]  # fmt: skip
    page = planner.get(f"/console/facts/fact/{fact.code}/")
    assert page.context["final"]
    assert story[-1].code in page.content.decode()


@pytest.mark.usefixtures("_town")
def test_corrects_nothing_without_the_right_value(planner, noon):
    fact = town.fact(at=noon)

    page = planner.post(
        f"/console/facts/fact/{fact.code}/",
        {"deed": "correct", "source": "甲", "words": "乙", "reason": "丙", "status": "claimed"},
    )

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["value"])
    assert Fact.objects.count() == 1


def test_knows_no_other_fact(planner):
    assert planner.get("/console/facts/fact/0000-0000/").status_code == 404
    assert planner.get("/console/facts/indicators/no.such/").status_code == 404
