"""What repeats or backs an article and is none of it: its table of contents, its list of sources."""

import io

import docx
import pytest

from linli.reader import read
from linli.reader.sources import load
from tests.reader.pdf_pages import pdf

SOURCES = (
    "[1] 受训人数，2025年 https://example.org/c/1",
    "[2] 60岁以上人数 https://example.org/c/2",
)
BODY = "全年培训妇女3600人[1]，服务老人120人[2]。"


def main(text, name="a.txt"):
    reading = read(text if isinstance(text, bytes) else text.encode(), name=name)
    return [reading.text[one.start : one.end] for one in reading.lines if one.label == "main"]


def test_leaves_the_list_of_sources_and_its_heading_out():
    assert main("\n".join(("工作报告", BODY, "数字出处", *SOURCES))) == ["工作报告", BODY]
    # On paper an entry goes on in a second line.
    torn = [part for one in SOURCES for part in one.split(" https")]
    torn = [f"https{part}" if part.startswith("://") else part for part in torn]
    assert main("\n".join(("工作报告", BODY, "数字出处", *torn))) == ["工作报告", BODY]


@pytest.mark.parametrize(
    "rows",
    [
        ("[1] 开展培训。", "[2] 走访社区。"),  # numbered, but of no source
        (
            "[2] 走访社区 https://example.org/c/2",
            "[3] 开展培训 https://example.org/c/3",
        ),  # no first
        (
            "[1] 开展培训 https://example.org/c/1",
            *(["全市各级各部门认真落实各项任务。"] * 8),
        ),  # not at the end
    ],
)
def test_keeps_numbered_lines_that_are_no_list_of_sources(rows):
    text = "\n".join(("工作报告", BODY, *rows))

    assert main(text) == text.split("\n")


def test_never_hangs_on_thousands_of_entries(never_hangs):
    rows = [f"[{number}] 甲 https://example.org/" for number in range(1, 9_900)]

    assert main("\n".join((BODY, *rows))) == [BODY]


def test_leaves_the_contents_of_a_word_document_out():
    document = docx.Document()
    document.styles.add_style("toc 1", 1, builtin=True)
    for words, style in (
        ("工作报告", "Title"),
        ("目录", "TOC Heading"),
        ("一、培训", "toc 1"),
        ("一、培训", "Heading 1"),
        (BODY, "Normal"),
    ):
        document.add_paragraph(words, style=style)
    file = io.BytesIO()
    document.save(file)

    assert load(file.getvalue(), name="a.docx", media_type=None).text.split("\n") == [
        "工作报告", "一、培训", BODY,
    ]  # fmt: skip


def test_leaves_the_contents_of_a_pdf_out():
    dots = "." * 40
    rows = (
        "工作报告",
        "目录",
        f"一、培训{dots}1",
        f"二、服务 {dots} 12",
        "一、培训",
        BODY,
        "二、服务",
        "合计.....约12人。",
    )
    page = [(86, 760 - 30 * number, words) for number, words in enumerate(rows)]

    text = load(pdf([page]), name="a.pdf", media_type=None).text

    assert text.split("\n") == ["工作报告", "一、培训", BODY, "二、服务", "合计.....约12人。"]


def test_leaves_the_contents_of_a_page_out_and_reads_references_as_text():
    contents = '<nav role="doc-toc"><ol><li><a href="#a">一、培训</a></li></ol></nav>'
    row = '<tr><td>东城区</td><td><a role="doc-biblioref" href="/c/1">3600人</a></td></tr>'
    page = f"<h1>工作报告</h1>{contents}<p>{BODY * 3}</p><table>{row}</table><p>{BODY}</p>"

    assert main(page.encode(), "a.html") == ["工作报告", BODY * 3, "东城区\t3600人", BODY]
    # The control: without the roles these are menus.
    menus = page.replace('role="doc-toc"', "").replace('role="doc-biblioref"', "")
    assert "东城区\t3600人" not in main(menus.encode(), "a.html")


def test_leaves_links_of_a_word_document_in_their_sentences():
    """A row whose figures lead somewhere is a row, never a menu."""
    document = docx.Document()
    document.add_paragraph("工作报告", style="Title")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "东城区"
    cell = table.cell(0, 1).paragraphs[0]._p
    link = docx.oxml.OxmlElement("w:hyperlink")
    run = docx.oxml.OxmlElement("w:r")
    words = docx.oxml.OxmlElement("w:t")
    words.text = "受训人员共3600人"
    run.append(words)
    link.append(run)
    cell.append(link)
    file = io.BytesIO()
    document.save(file)

    assert main(file.getvalue(), "a.docx") == ["工作报告", "东城区\t受训人员共3600人"]
