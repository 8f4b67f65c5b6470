"""What we write is read back: a report of ours says to a machine exactly what it cites."""

import dataclasses

import pytest
from hypothesis import given, settings

from linli.reader import read
from linli.reports import actions
from linli.reports.exchange.docx import docx
from linli.reports.exchange.html import html
from linli.reports.exchange.pdf import pdf
from linli.reports.rules.paper import Paragraph
from linli.reports.rules.writing.keeping import in_script
from tests.town import papers
from tests.town.staff import actor

WRITERS = {"docx": docx, "pdf": pdf, "html": html}


def read_back(paper, kind):
    reading = read(WRITERS[kind](paper, papers.HOST), name=f"report.{kind}")
    return {(one.value, one.bound, one.unit) for one in reading.figures}


@pytest.mark.parametrize("script", ["zh-hans", "zh-hant"])
@pytest.mark.parametrize(("kind", "examples"), [("docx", 25), ("pdf", 15), ("html", 100)])
def test_reads_back_exactly_what_a_report_cites(kind, examples, script):
    @settings(max_examples=examples)
    @given(papers.cited())
    def tried(made):
        paper, told = made

        assert read_back(in_script(paper, script), kind) == told

    tried()


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_would_notice_a_figure_that_is_said_otherwise(kind):
    """The control: one word of one figure is another."""
    paper = papers.paper(
        Paragraph((*papers.said("全年共培训妇女"), papers.figure("近3.6万人"), *papers.said("。")))
    )
    other = dataclasses.replace(
        paper,
        blocks=(
            Paragraph(
                (*papers.said("全年共培训妇女"), papers.figure("约3.6万人"), *papers.said("。"))
            ),
        ),
    )

    assert read_back(paper, kind) == {(36000, "approx_below", "person")}
    assert read_back(other, kind) == {(36000, "approx", "person")}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_receives_a_report_of_ours_as_any_other(kind, noon):
    data = WRITERS[kind](papers.whole(), papers.HOST)

    report = actions.receive(by=actor(), data=data, name=f"report.{kind}", at=noon)

    assert report.title == "鹤岭市2025年度为民服务工作报告"
    assert {(one["value"], one["bound"], one["unit"]) for one in report.reading["figures"]} == {
        (36000, "approx_below", "person"), (12, "exact", "%"), (120, "exact", "item"),
        (48, "exact", "session"), (1200, "exact", "person"),
    }  # fmt: skip
