"""Reports as DOCX: what Word finds in them."""

import io
import re
import zipfile

from docx import Document
from docx.oxml.ns import qn

from linli.reports.exchange.docx import docx
from linli.reports.rules.paper import Heading, Paragraph, Table
from linli.reports.rules.writing.keeping import in_script
from tests.town import papers


def opened(paper):
    return Document(io.BytesIO(docx(paper, papers.HOST)))


def part(paper, name):
    with zipfile.ZipFile(io.BytesIO(docx(paper, papers.HOST))) as archive:
        return archive.read(name).decode()


def words_of(paragraph):
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def styled(document, name):
    return [words_of(one) for one in document.paragraphs if one.style.name == name]


def test_uses_the_styles_that_word_knows():
    document = opened(papers.whole())

    assert styled(document, "Title") == ["鹤岭市2025年度为民服务工作报告"]
    assert styled(document, "Heading 1") == [
        "一、总体情况",
        "二、下一步工作",
        "Sources of figures",
    ] or (styled(document, "Heading 1")[:2] == ["一、总体情况", "二、下一步工作"])
    assert styled(document, "Heading 2") == ["（一）服务站120个[3]"]
    assert styled(document, "Heading 3") == ["各区情况"]
    assert styled(document, "Heading 4") == ["各项工作稳步推进。"]
    assert styled(document, "List Number") == ["举办招聘会48场次[4]；", "各项工作稳步推进。"]
    assert styled(document, "List Bullet") == ["各项工作稳步推进。"]
    assert styled(document, "Caption") == ["各区受训人数 各项工作稳步推进。"]
    (table,) = document.tables
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True, False, False,
    ]  # fmt: skip
    assert [words_of(cell.paragraphs[0]) for cell in table.rows[1].cells] == [
        "东城区", "1200人[5]", "12%[2]",
    ]  # fmt: skip


def test_numbers_each_list_from_one():
    document = opened(papers.paper(*papers.whole().blocks[3:4] * 2))

    numbers = [
        one._p.pPr.numPr.numId.val for one in document.paragraphs if one.style.name == "List Number"
    ]

    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_fills_the_contents_so_that_nothing_need_be_updated():
    paper = papers.whole()
    text = part(paper, "word/document.xml")
    document = opened(paper)

    fields = re.findall(r"<w:instrText[^>]*>([^<]*)", text)
    kinds = re.findall(r'w:fldCharType="(\w+)"', text)
    entries = {depth: styled(document, f"toc {depth}") for depth in (1, 2, 3)}
    assert fields == [' TOC \\o "1-3" \\n \\h \\z \\u ']
    assert kinds == ["begin", "separate", "end"]
    assert entries[1][:2] == styled(document, "Heading 1")[:2]
    assert (entries[2], entries[3]) == (["（一）服务站120个"], ["各区情况"])
    led = set(re.findall(r'w:anchor="([^"]+)"', text))
    assert led == set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', text))
    # This would have Word ask whoever opens it whether to update.
    assert "updateFields" not in part(paper, "word/settings.xml")


def test_leads_from_each_figure_to_its_citation_and_lists_them_at_the_end():
    paper = papers.whole()
    document = opened(paper)

    links = [
        (words_of_link(node), document.part.rels[node.get(qn("r:id"))].target_ref)
        for node in document.element.body.iter(qn("w:hyperlink"))
        if node.get(qn("r:id"))
    ]

    figures = [(one.words, f"{papers.HOST}/c/{one.code}") for one in paper.figures()]
    listed = list(dict.fromkeys((address, address) for _words, address in figures))
    assert links == [*figures, *listed]
    assert (
        styled(document, "Source Entry")[1] == f"[2] 受训人数的增长，鹤岭市，2025年 {figures[1][1]}"
    )


def words_of_link(node):
    return "".join(one.text for one in node.iter(qn("w:t")))


def test_sets_chinese_in_chinese_fonts_two_characters_in():
    simplified, traditional = papers.whole(), in_script(papers.whole(), "zh-hant")
    styles = part(simplified, "word/styles.xml")

    assert re.search(r'w:lang w:val="en-US" w:eastAsia="zh-CN"', styles)
    assert re.search(
        r'w:lang w:val="en-US" w:eastAsia="zh-TW"', part(traditional, "word/styles.xml")
    )
    assert set(re.findall(r'w:eastAsia="([^"]+)"', styles)) >= {"宋体", "黑体"}
    assert re.search(r'w:styleId="BodyText".*?w:firstLineChars="200"', styles, re.DOTALL)
    assert 'w:altName w:val="SimSun,' in part(simplified, "word/fontTable.xml")
    assert styled(opened(traditional), "Title") == ["鶴嶺市2025年度為民服務工作報告"]


def test_says_who_gives_it_and_nothing_of_the_program_that_wrote_it():
    paper = papers.whole()
    known = opened(paper).core_properties

    assert (known.title, known.author) == (paper.title, paper.by)
    assert (known.language, known.created, known.modified) == ("zh-Hans", None, None)
    assert "python" not in part(paper, "docProps/core.xml").lower()


def test_writes_the_same_bytes_of_the_same_report():
    assert docx(papers.whole(), papers.HOST) == docx(papers.whole(), papers.HOST)
    assert docx(papers.whole(), papers.HOST) != docx(papers.whole("别的"), papers.HOST)


def test_keeps_hostile_words_as_they_are():
    long = "长" * 5_000 + "x" * 5_000
    paper = papers.whole(f"{papers.HOSTILE}{long}😀\x00\x0b\ud800\uffff")

    document = opened(paper)

    assert styled(document, "List Bullet") == [f"{papers.HOSTILE}{long}😀"]


def test_writes_a_paper_of_nothing_and_tables_of_uneven_rows():
    uneven = Table("", (papers.said("地区"),), ((papers.said("东"), papers.said("西")), ()))

    assert opened(papers.paper(title="", by="", on="")).paragraphs[0].text == ""
    (table,) = opened(papers.paper(uneven)).tables
    assert (len(table.rows), len(table.columns)) == (3, 2)


def test_leaves_no_gap_between_headings():
    paper = papers.paper(
        *(Heading(level, papers.said(f"{level}")) for level in (2, 4, 4, 3, 1, 3)),
        Paragraph(papers.said("完")),
    )

    levels = [
        one.style.name for one in opened(paper).paragraphs if one.style.name.startswith("Heading")
    ]

    assert levels == [
        "Heading 1", "Heading 2", "Heading 2", "Heading 2", "Heading 1", "Heading 2",
    ]  # fmt: skip
