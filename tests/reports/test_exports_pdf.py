"""Reports as PDF: tagged, with their fonts, and nothing of what people typed is run."""

import io

import pikepdf
import pypdfium2
import pytest

from linli.kernel.refusals import Refused
from linli.reports.exchange import pdf
from linli.reports.rules.writing.keeping import in_script
from tests.town import papers


def made(paper):
    return pikepdf.open(io.BytesIO(pdf.pdf(paper, papers.HOST)))


def text_of(paper):
    with pypdfium2.PdfDocument(pdf.pdf(paper, papers.HOST)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def dense(text):
    return "".join(text.replace("\ufffe", "").replace("\u200b", "").split())


def tags(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from tags(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)
        yield from tags(node.get("/K", pikepdf.Array()))


def fonts(document):
    """Yield each font that is drawn with; of a composed one, the font inside."""
    for page in document.pages:
        for font in page.Resources.get("/Font", {}).values():
            yield from font.get("/DescendantFonts", [font])


@pytest.mark.parametrize(("script", "language"), [("zh-hans", "zh-CN"), ("zh-hant", "zh-TW")])
def test_is_tagged_and_says_its_language(script, language):
    paper = in_script(papers.whole(), script)
    document = made(paper)

    assert str(document.Root.Lang) == language
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.docinfo.Title) == paper.title
    with document.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
    found = list(tags(document.Root.StructTreeRoot.K))
    assert {"/Title", "/H1", "/H2", "/H3", "/H4", "/TOC", "/L", "/Table", "/TH", "/Caption"} <= {
        *found
    }
    assert (found.count("/TR"), found.count("/TH")) == (3, 3)


def test_embeds_every_font():
    document = made(papers.whole())
    drawn = list(fonts(document))

    assert len(drawn) >= 3
    for font in drawn:
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & {*font.FontDescriptor.keys()}


def test_leads_from_each_figure_to_its_citation():
    paper = papers.whole()
    document = made(paper)

    links = {
        str(note.A.URI)
        for page in document.pages
        for note in page.get("/Annots", [])
        if "/A" in note and "/URI" in note.A
    }

    assert links == {f"{papers.HOST}/c/{one.code}" for one in paper.figures()}
    with document.open_outline() as outline:
        assert [one.title for one in outline.root][:2] == ["一、总体情况", "二、下一步工作"]
        assert [one.title for one in outline.root[0].children] == ["（一）服务站120个[3]"]


def test_writes_the_same_bytes_of_the_same_report():
    assert pdf.pdf(papers.whole(), papers.HOST) == pdf.pdf(papers.whole(), papers.HOST)


def test_takes_what_people_typed_as_text_alone():
    text = dense(text_of(papers.whole(papers.HOSTILE)))

    for words in (
        "#panic(1)",
        '#read("/etc/passwd")',
        "$x^2$",
        "@source1",
        "{{x}}",
        "<script>alert(1)</script>",
        "`*_~<a>",
    ):
        assert text.count(words) >= 5, words


def test_breaks_a_word_that_is_longer_than_the_page():
    long = "长" * 5_000 + "x" * 5_000
    document = pypdfium2.PdfDocument(
        pdf.pdf(papers.paper(papers.whole(long).blocks[-1]), papers.HOST)
    )

    pages = [page.get_textpage() for page in document]
    assert dense("".join(one.get_text_range() for one in pages)).count("x") == 5_000
    for text in pages:
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        assert max(right for _left, _bottom, right, _top in boxes) <= document[0].get_width() - 70


@pytest.mark.parametrize("words", ["😀", "\U0010fffd", "ཀ", "ئۇيغۇرچە"])
def test_never_draws_a_box_for_a_letter(words):
    """Some machines have a font for it, others say no: PDF/UA knows no empty box."""
    try:
        told = text_of(papers.whole(words))
    except Refused as refused:
        told = f"{refused.code} {refused.sentence}"

    assert words[0] in told
    assert words != "\U0010fffd" or told.startswith("no_font ")


def test_refuses_where_there_is_no_font_for_chinese(monkeypatch):
    """The control: with the fonts of this machine it is made."""
    assert pdf.pdf(papers.whole(), papers.HOST)[:5] == b"%PDF-"
    monkeypatch.setitem(pdf._SERIF, "hans", "A Font That Nobody Has")
    pdf.ready.cache_clear()

    with pytest.raises(Refused) as refused:
        pdf.pdf(papers.whole(), papers.HOST)

    pdf.ready.cache_clear()
    assert refused.value.code == "no_font"
    assert "fonts-noto-cjk" in str(refused.value.sentence)
