import io

import docx
import pytest

from linli.reader.reading import Unreadable
from linli.reader.sources import load, locate
from tests.reader import hostile_files
from tests.reader.pdf_pages import pdf

FULL = "社区服务中心为居民提供咨询培训和法律援助等服务全年"  # 25 characters of 12 points


def printed(pages):
    return load(pdf(pages), name="a.pdf", media_type=None)


def code_of(data, name):
    with pytest.raises(Unreadable) as refused:
        load(data, name=name, media_type=None)
    return refused.value.code


def report(page):
    """One page of a report: a running head, an indented paragraph of three lines, a page number."""
    return [
        (230, 800, f"某市工作报告 第{page}页"),
        (110, 760, FULL[:22] + f"共{page * 7}"),
        (86, 740, f"接待{page * 7}人次，" + FULL[:20]),
        (86, 720, f"第{page * 7}项完成。"),
        (110, 700, f"其二，{FULL[:12]}。"),
        (290, 40, f"— {page} —"),
    ]


def test_load_pdf_rejoins_paragraphs_and_leaves_furniture_out():
    source = printed([report(page) for page in (1, 2, 3)])
    assert source.text.split("\n")[:2] == [
        f"{FULL[:22]}共7接待7人次，{FULL[:20]}第7项完成。",
        f"其二，{FULL[:12]}。",
    ]
    assert "工作报告" not in source.text
    assert "—" not in source.text


def test_load_pdf_origins_name_page_and_box():
    source = printed([report(page) for page in (1, 2, 3)])
    start = source.text.index("接待14人次")
    (origin,) = locate(source.origins, start, start + 7, text=source.text, encoding=None)
    assert (origin.unit, origin.from_) == ("page", 2)
    left, bottom, right, top = origin.box
    assert left == 86
    assert 735 < bottom < 740 < top < 755
    assert right == pytest.approx(86 + 12 * 27, abs=1)


def test_load_pdf_keeps_a_heading_on_its_own_line():
    source = printed([[(86, 760, FULL), (86, 740, "一、工作情况"), (86, 720, "全年工作")]])
    assert source.text.split("\n") == [FULL, "一、工作情况", "全年工作"]


def test_load_pdf_without_text_or_key_says_why():
    assert code_of(pdf([[]]), "a.pdf") == "empty"
    assert code_of(pdf([[(86, 700, "工作")]], encrypt=True), "a.pdf") == "encrypted"
    assert code_of(b"%PDF-1.7\nrubbish", "a.pdf") == "damaged"


@pytest.fixture
def word():
    """A report written with Word's own parts: title, headings, a list, a table."""
    document = docx.Document()
    document.add_heading("总标题", 0)
    document.add_heading("一、工作", 1)
    document.add_paragraph("正文甲。").add_run("续乙。").bold = True
    document.add_paragraph("")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    document.add_paragraph("末段")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_load_docx_gives_paragraphs_tables_and_hints(word):
    source = load(word, name="a", media_type=None)
    assert source.text.split("\n") == [
        "总标题",
        "一、工作",
        "正文甲。续乙。",
        "格0\t格1",
        "格2\t格3",
        "末段",
    ]
    assert [hint.tag for hint in source.hints] == ["title", "h1", "p", "td", "td", "p"]
    assert [hint.block for hint in source.hints] == [0, 0, 0, 1, 1, 0]


def test_load_docx_origins_are_paragraph_numbers(word):
    source = load(word, name="a", media_type=None)
    numbers = {source.text[o.start : o.end]: o.from_ for o in source.origins}
    assert list(numbers) == [
        "总标题",
        "一、工作",
        "正文甲。续乙。",
        "格0",
        "格1",
        "格2",
        "格3",
        "末段",
    ]
    assert list(numbers.values()) == [1, 2, 3, 5, 6, 7, 8, 9]


def test_load_docx_leaves_deleted_text_out():
    inside = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>丙</w:t></w:r></w:moveFrom><w:r><w:br/><w:t>丁</w:t></w:r></w:p>"
    )
    source = load(hostile_files.docx(hostile_files.body(inside)), name="a", media_type=None)
    assert source.text == "甲\n丁"
    assert [origin.from_ for origin in source.origins] == [1, 1]


def test_load_docx_with_a_part_missing_is_damaged():
    assert code_of(hostile_files.docx(None, word__styles="<a/>"), "a.docx") == "damaged"
    assert code_of(hostile_files.docx("<w:document"), "a.docx") == "damaged"
