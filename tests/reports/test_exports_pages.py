"""Reports to take along: the files that everybody gets, and the drafts that staff get."""

import io
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from linli.facts.models import Fact
from linli.kernel.actors import Role
from linli.reports.exchange.xlsx import xlsx
from linli.reports.queries.papers import paper_of
from tests.town import facts, papers, writing
from tests.town.staff import account

pytestmark = pytest.mark.django_db
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture
def report():
    writing.two_years()
    return writing.report()


def sheet(data):
    return [list(row) for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]


@pytest.mark.parametrize(("kind", "content_type"), KINDS.items())
def test_gives_everybody_a_published_report(client, report, kind, content_type):
    answer = client.get(f"/written/{report.code}/report.{kind}")

    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert f"{report.code}-hans.{kind}" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "public, max-age=300"


def test_gives_it_in_traditional_script(client, report):
    answer = client.get(f"/written/{report.code}/report.docx?script=hant")

    words = [one.text for one in Document(io.BytesIO(answer.content)).paragraphs]
    assert "技能培訓" in words
    assert f"{report.code}-hant.docx" in answer["Content-Disposition"]


@pytest.mark.parametrize("kind", KINDS)
def test_need_not_be_sent_again(client, report, kind, django_assert_max_num_queries):
    first = client.get(f"/written/{report.code}/report.{kind}")

    with django_assert_max_num_queries(2):
        again = client.get(
            f"/written/{report.code}/report.{kind}", headers={"If-None-Match": first["ETag"]}
        )
    with django_assert_max_num_queries(3):
        made = client.get(f"/written/{report.code}/report.{kind}")

    assert (again.status_code, again.content) == (304, b"")
    assert made.content == first.content
    assert client.get(f"/written/{report.code}/report.{kind}?script=hant")["ETag"] != first["ETag"]


def test_gives_the_new_edition_once_there_is_one(client, report):
    first = client.get(f"/written/{report.code}/report.html")
    writing.passages(report, "办班送到村口。")
    draft = client.get(f"/written/{report.code}/report.html")
    writing.published(report)

    second = client.get(f"/written/{report.code}/report.html")

    assert draft.content == first.content
    assert second["ETag"] != first["ETag"]
    assert "办班送到村口" in second.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_keeps_drafts_inside(client, kind):
    writing.two_years()
    draft = writing.written()

    assert client.get(f"/written/{draft.code}/report.{kind}").status_code == 404
    assert client.get(f"/console/writing/{draft.code}/draft.{kind}").status_code == 302
    client.force_login(account(Role.PLANNER))
    answer = client.get(f"/console/writing/{draft.code}/draft.{kind}")
    assert answer.status_code == 200
    assert "draft-" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_lists_every_figure_with_the_fact_that_it_cites(report):
    fact = Fact.objects.get(value=460)
    head, *rows = sheet(xlsx(paper_of(report), papers.HOST))

    assert len(rows) == len(paper_of(report).figures())
    assert len(head) == len(rows[0]) == 16
    assert rows[0][2:4] == ["460人次", 460]
    assert rows[0][4:] == [
        fact.indicator.code, fact.indicator.name, fact.area_id, fact.area.name, rows[0][8], rows[0][9],
        460, rows[0][11], rows[0][12], rows[0][13], fact.evidence.source, f"{papers.HOST}/c/{fact.code}",
    ]  # fmt: skip
    assert (rows[0][8].date(), rows[0][9].date()) == (date(2025, 1, 1), date(2025, 12, 31))


def test_writes_c_for_what_is_kept_back():
    """A count of people made here, which has not passed the gate: the control is one of things."""
    secret = facts.fact(
        "7",
        indicator=facts.indicator("people.seen", about_people=True, public=False),
        evidence=facts.query(),
    )
    shown = facts.fact("8", indicator=facts.indicator("things.seen"), evidence=facts.query())
    told = papers.paper(
        *[
            papers.Paragraph((papers.Figure("不公布", one.code, "人数", ""),))
            for one in (secret, shown)
        ]
    )

    rows = sheet(xlsx(told, papers.HOST))[1:]

    assert [(row[3], row[10]) for row in rows] == [("c", "c"), ("c", 8)]


def test_keeps_formulas_and_letters_that_no_sheet_holds_as_text():
    told = papers.paper(
        papers.Paragraph((papers.figure(f"=1+1{papers.HOSTILE}\x00\x1f", 1, value="1.5"),)),
        papers.Paragraph((papers.figure("@SUM(A1)", 99, value="-3"),)),
    )

    data = xlsx(told, papers.HOST)
    cells = [row[2] for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)]

    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert cells[0].value == f"=1+1{papers.HOSTILE}"
    assert [row[3] for row in sheet(data)[1:]] == [1.5, -3]
    assert xlsx(told, papers.HOST) == data
