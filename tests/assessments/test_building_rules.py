"""A form is built part by part, written as a table and as JSON, and compared: nothing is lost on the way."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.assessments.rules import building, languages
from linli.assessments.rules.building import Unfit, mark
from linli.assessments.rules.differences import differences
from linli.assessments.rules.instrument_json import BadDocument, read_json
from linli.assessments.rules.instrument_rows import columns, rows
from linli.assessments.rules.instrument_table import BadHead, read_table
from linli.assessments.rules.instruments import (
    EVIDENCE,
    KINDS,
    Form,
    Item,
    Level,
    Section,
    canonical,
    faults,
    read,
    written,
)
from tests.town.assessments import form

_TAGS = ("zh-hans", "en", "ug")
_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12
).map(str.strip)


def _texts(tags):
    return st.dictionaries(st.sampled_from(tags), _words.filter(bool), max_size=len(tags))


@st.composite
def forms(draw):
    """A form as people build it, faults and all."""
    tags = _TAGS[: draw(st.integers(1, 3))]
    numbers = iter(range(1, 99))

    def item():
        return Item(
            f"q{next(numbers)}",
            draw(st.sampled_from(KINDS)),
            draw(_texts(tags)),
            weight=draw(st.integers(0, 1000)),
            guidance=draw(_texts(tags)),
            veto=draw(st.booleans()),
            may_skip=draw(st.booleans()),
            evidence=draw(st.sampled_from(EVIDENCE)),
            top=draw(st.integers(0, 100)),
            nought=draw(st.sampled_from(["", "0", "0.10", "-3"])),
            full=draw(st.sampled_from(["", "12", "1e3"])),
            indicator=draw(st.sampled_from(["", "a.b"])),
        )

    sections = tuple(
        Section(f"s{n}", draw(_texts(tags)), tuple(item() for _n in range(draw(st.integers(0, 3)))))
        for n in range(draw(st.integers(0, 3)))
    )
    levels = tuple(
        Level(f"l{n}", draw(_texts(tags)), draw(st.integers(0, 10_000)))
        for n in range(draw(st.integers(0, 2)))
    )
    return Form(tags, sections, levels)


def _as_read(made):
    """Return the lines of a table as a spreadsheet program gives them back: all text."""
    return [
        (n, [str(cell).strip() for cell in row]) for n, row in enumerate(rows(made), 2) if any(row)
    ]


@settings(max_examples=25, deadline=None)
@given(forms())
def test_reads_every_form_again_as_it_was_written(made):
    brought = read_table(columns(made), _as_read(made), set())
    again = read_json(canonical(written(made)))

    assert (brought.wrongs, brought.form, differences(made, brought.form)) == ([], made, [])
    assert written(brought.form) == written(made) == written(again)


@settings(max_examples=25, deadline=None)
@given(forms(), forms())
def test_tells_a_difference_exactly_where_there_is_one(one, other):
    assert (differences(one, other) == []) == (written(one) == written(other))


def test_tells_what_came_went_and_changed():
    old = form(
        Item("a", "yes_no", {"zh-hans": "甲"}, weight=6), Item("b", "text", {"zh-hans": "乙"})
    )
    new = form(
        Item("c", "yes_no", {"zh-hans": "丙"}),
        Item("a", "yes_no", {"zh-hans": "甲改", "en": "A"}, weight=7),
        languages=("zh-hans", "en"),
        levels=((7000, "city"), (8000, "region"), (9000, "nation")),
    )

    told = [(x.how, x.what, x.key, x.field) for x in differences(old, new)]

    assert told == [
        ("changed", "languages", "", "order"),
        ("added", "item", "c", ""),
        ("changed", "item", "a", "text zh-hans"),
        ("changed", "item", "a", "weight"),
        ("changed", "item", "a", "text en"),
        ("removed", "item", "b", ""),
        ("changed", "level", "city", "at"),
    ]


def test_tells_what_is_wrong_by_line_and_column():
    heads = ["行", "代码", "题型", "分值", "一票否决", "证据", "文字 zh-hans", "达到"]
    lines = [
        (2, ["题", "", "是否", "", "", "", "没有部分", ""]),
        (3, ["部分", "", "", "", "", "", "服务", ""]),
        (4, ["题", "", "选择", "六", "也许", "随便", "甲", ""]),
        (5, ["题", "", "yes_no", "6", "是", "必附", "乙", ""]),
        (6, ["级别", "city", "", "", "", "", "市级", "60.255"]),
        (7, ["备注", "", "", "", "", "", "丙", ""]),
    ]

    brought = read_table(heads, lines, {"q7"})

    assert [tuple(one) for one in brought.wrongs] == [
        (2, "行", "no_section"), (4, "题型", "unknown_kind"), (4, "分值", "not_whole"),
        (4, "一票否决", "not_yes_or_no"), (4, "证据", "unknown_evidence"),
        (6, "达到", "not_a_share"), (7, "行", "unknown_row"),
    ]  # fmt: skip
    assert [(one.key, one.kind) for one in brought.form.items()] == [("q8", ""), ("q9", "yes_no")]


@pytest.mark.parametrize(
    ("heads", "code"),
    [
        (["行", "代码", "文字 zh-hans"], "no_columns"),
        (["行", "题型"], "no_columns"),
        (["行", "题型", "文字 zh-hans", "备注"], "unknown_column"),
        (["行", "题型", "文字 zh-hans", "文字 zh-hans"], "unknown_column"),
    ],
)
def test_refuses_a_header_that_would_lose_something(heads, code):
    with pytest.raises(BadHead) as bad:
        read_table(heads, [], set())

    assert bad.value.code == code


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda document: document.update(more=1), "more"),
        (lambda document: document.pop("languages"), "languages"),
        (lambda document: document["sections"][0]["items"][0].update(weight="6"),
         "sections[0].items[0].weight"),
        (lambda document: document["sections"][0]["items"][0].update(weight=True),
         "sections[0].items[0].weight"),
        (lambda document: document["levels"][0]["title"].update(en=3), "levels[0].title.en"),
    ],
)  # fmt: skip
def test_refuses_a_document_that_is_not_ours_and_says_where(change, path):
    document = written(form())
    change(document)

    with pytest.raises(BadDocument) as bad:
        read_json(json.dumps(document).encode())

    assert bad.value.path == path


@pytest.mark.parametrize(
    "data",
    [
        b'{"languages": [], "languages": [], "sections": []}',
        b'{"languages": ["\\ud800"], "sections": []}',
        b"{" * 9,
        b'{"languages": [' * 99_999,
    ],
)
def test_refuses_a_file_that_is_no_document(data):
    with pytest.raises(BadDocument):
        read_json(data)


@settings(max_examples=25, deadline=None)
@given(forms(), st.data())
def test_moves_a_part_there_and_back(made, data):
    keys = sorted(building.keys_of(made))
    key = data.draw(st.sampled_from(keys)) if keys else ""
    edit = building.moved(key, 1)
    if not key:
        with pytest.raises(Unfit):
            edit(made)
        return

    moved = edit(made)

    assert building.keys_of(moved) == building.keys_of(made)
    assert sorted(map(repr, moved.items())) == sorted(map(repr, made.items()))
    assert building.moved(key, -1)(moved) == made or moved == made


def test_changes_one_part_and_never_one_that_was_changed_meanwhile():
    made = form()
    _section, item = building.find_item(made, "a")
    other = Item("a", "yes_no", {"zh-hans": "改"}, weight=9)

    changed = building.item_put(other, section="s", seen=mark(item))(made)

    assert [one.weight for one in changed.items()] == [9, 4]
    with pytest.raises(Unfit, match="changed_meanwhile"):
        building.item_put(other, section="s", seen=mark(item))(changed)
    with pytest.raises(Unfit, match="changed_meanwhile"):
        building.item_out("a", seen=mark(item))(changed)
    with pytest.raises(Unfit, match="not_empty"):
        building.section_out("s", seen=mark(made.sections[0]))(made)


def test_says_a_section_in_another_language_and_takes_it_out_again():
    made = languages.language_added("ug")(form())
    seen = languages.texts_mark(made.sections[0], "ug")
    said = {"s": ("بۆلەك", ""), "a": ("بىر", "ياردەم"), "b": ("ئىككى", "")}

    told = languages.translated(said, "ug", seen=seen, section="s")(made)

    assert [one.text["ug"] for one in told.items()] == ["بىر", "ئىككى"]
    assert building.tidied(languages.language_out("ug")(told)) == form()
    with pytest.raises(Unfit, match="changed_meanwhile"):
        languages.translated(said, "ug", seen=seen, section="s")(told)


def test_gives_no_question_the_code_of_one_that_was():
    assert building.fresh_key("q", {"q1", "q7", "s9", "qa"}) == "q8"
    assert building.fresh_key("s", set()) == "s1"


def test_tells_texts_that_cannot_be_kept():
    long, wrong = "长" * 1001, form(Item("不行", "text", {"zh-hans": "甲", "fr": "x"}, weight=0))
    long = form(Item("a", "yes_no", {"zh-hans": long, "zh-hant": "\x00"}, weight=1))

    assert {one.code for one in faults(wrong)} == {"no_points", "key_not_plain", "unknown_language"}
    assert {one.code for one in faults(long)} == {"text_too_long", "unknown_language", "not_text"}
    assert read(written(form())) == form()
