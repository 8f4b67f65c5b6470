import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.kernel.actors import Role
from linli.reports.models import Report
from tests.town import reports as town
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client):
    client.force_login(account(Role.PLANNER))
    return client


def bring(client, **given):
    return client.post("/console/reports/receive/", given, follow=True)


def upload(name="工作总结.txt", data=None):
    return SimpleUploadedFile(name, town.TEXT.encode() if data is None else data)


def test_reads_an_uploaded_report(planner):
    page = bring(planner, file=upload())

    html = page.content.decode()
    assert page.status_code == 200
    assert "邻里示范区民族团结进步工作总结" in html
    assert 'class="doc-line doc-main' in html
    assert 'href="#i-f1"' in html
    assert 'id="i-f1"' in html


def test_reads_pasted_text(planner):
    page = bring(planner, text=town.TEXT)

    assert page.status_code == 200
    assert Report.objects.get().media_type == "text/plain"


def test_marks_what_is_out_of_scope_and_says_what_meets_the_need(planner):
    page = bring(planner, text=town.TEXT)

    assert [row["item"].fields["surface"] for row in page.context["out_of_scope"]] == [
        "建立了少数民族流动人口信息系统"
    ]
    assert "建立了少数民族流动人口信息系统" not in [
        row["item"].fields["surface"] for row in page.context["measures"]
    ]
    assert 'id="out-of-scope"' in page.content.decode()


def test_shows_arithmetic_that_holds(planner):
    page = bring(planner, text=town.TEXT)

    assert [(row["text"], row["holds"]) for row in page.context["arithmetic"]] == [
        ("400,000 + 600,000 = 1,000,000", True)
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "请选择文件"),
        ({"text": "   \n "}, "请选择文件"),
        ({"file": "locked"}, "有密码"),
    ],
)
def test_says_what_is_wrong_in_the_readers_language(planner, given, sentence):
    if given.get("file") == "locked":
        given = {"file": SimpleUploadedFile("x.docx", b"PK\x03\x04" + b"\x00" * 60)}
        sentence = ""
    page = planner.post("/console/reports/receive/", given)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert page.context["form"].errors
    assert Report.objects.count() == 0


def test_keeps_what_was_typed_when_it_refuses(planner):
    page = planner.post("/console/reports/receive/", {"text": "甲乙丙", "file": upload()})

    assert page.status_code == 422
    assert "甲乙丙" in page.content.decode()


def test_leaves_bringing_to_those_who_may(client):
    client.force_login(account(Role.SUPERVISOR))

    assert client.post("/console/reports/receive/", {"text": town.TEXT}).status_code == 403
    assert "enctype" not in client.get("/console/reports/").content.decode()


def test_shows_the_public_nothing_unpublished(client, noon):
    report = town.report(at=noon)

    assert client.get(f"/reports/{report.code}/").status_code == 404
    assert client.get(f"/reports/{report.code}/reading.json").status_code == 404
    assert report.title not in client.get("/reports/").content.decode()
    assert client.get(f"/console/reports/{report.code}/").status_code == 302
    assert client.get(f"/console/reports/{report.code}/original").status_code == 302


def test_shows_the_public_what_is_published(client, noon):
    report = town.published(at=noon)

    assert report.title in client.get("/reports/").content.decode()
    page = client.get(f"/reports/{report.code}/").content.decode()
    assert "经办" not in page
    data = client.get(f"/reports/{report.code}/reading.json").json()
    for figure in data["figures"]:
        assert data["text"][figure["start"] : figure["end"]] == figure["surface"]


def test_publishes_and_withdraws_through_the_page(planner, noon):
    report = town.report(at=noon)

    planner.post(f"/console/reports/{report.code}/publish/")
    assert planner.get(f"/reports/{report.code}/").status_code == 200
    again = planner.post(f"/console/reports/{report.code}/publish/")
    assert again.status_code == 422
    planner.post(f"/console/reports/{report.code}/withdraw/")

    assert planner.get(f"/reports/{report.code}/").status_code == 404


def test_hands_the_file_back_as_it_came_and_only_as_a_download(planner, noon):
    report = town.report(
        at=noon, text="<!doctype html><script>alert(1)</script><p>" + town.TEXT, name="x.html"
    )

    file = planner.get(f"/console/reports/{report.code}/original")

    assert file.content.startswith(b"<!doctype html><script>alert(1)")
    assert file["Content-Type"] == "application/octet-stream"
    assert file["Content-Disposition"].startswith("attachment")


def test_escapes_what_a_report_holds(planner):
    page = bring(planner, text="<img src=x onerror=alert(1)>工作总结\n共培训<b>300</b>人。")

    assert "<img src=x" not in page.content.decode()
    assert "&lt;img src=x" in page.content.decode()


def test_filters_by_address(planner, noon):
    town.published(at=noon)
    town.report(at=noon, text="另一份工作汇报\n全市共有社区12个。\n", name="b.txt")

    page = planner.get("/console/reports/?state=unpublished")
    assert [report.title for report in page.context["page"]] == ["另一份工作汇报"]
    page = planner.get("/console/reports/?words=邻里示范区")
    assert [report.title for report in page.context["page"]] == ["邻里示范区民族团结进步工作总结"]


@pytest.mark.parametrize(
    "address", ["/reports/?words=\0", "/reports/?page=x", "/console/reports/?state=x&page=-1"]
)
def test_survives_nonsense_in_the_address(planner, address):
    assert planner.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_asks_the_database_the_same_however_many_there_are(
    planner, noon, django_assert_num_queries, count
):
    anybody = Client()
    for number in range(count):
        town.published(at=noon, text=f"第{number}份\n{town.TEXT}", name=f"{number}.txt")

    with django_assert_num_queries(2):
        anybody.get("/reports/")
    with django_assert_num_queries(6):
        planner.get("/console/reports/")


def test_never_loads_a_reading_into_a_list(planner, noon):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    town.published(at=noon)

    with CaptureQueriesContext(connection) as asked:
        planner.get("/console/reports/")

    assert not any('"reading"' in query["sql"] for query in asked)


def test_serves_pages_in_three_languages(client, noon):
    town.published(at=noon)

    for prefix, word in (("", "报告"), ("/zh-hant", "報告"), ("/en", "Reports")):
        page = client.get(f"{prefix}/reports/")
        assert word in page.content.decode()


def test_shows_json_with_chinese_as_it_is(client, noon):
    report = town.published(at=noon)

    body = client.get(f"/reports/{report.code}/reading.json").content.decode()

    assert "邻里示范区" in body
    assert json.loads(body)["doc"] == "report"
