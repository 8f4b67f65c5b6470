import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from linli.reader.article import fold

SIMPLIFIED = OpenCC("t2s")
BLOCKS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF),
    st.characters(min_codepoint=0x2000, max_codepoint=0x206F),
    st.characters(min_codepoint=0x3000, max_codepoint=0x30FF),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0xF900, max_codepoint=0xFFEF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2FFFF),
)


@given(st.text(BLOCKS))
def test_fold_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text(BLOCKS))
def test_fold_again_changes_nothing_but_what_simplifying_still_does(text):
    once = fold(text)
    assert fold(once) in (once, SIMPLIFIED.convert(once))


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_fold_with_a_traditional_character_simplifies_as_the_converter_does(text):
    assert fold(text + "萬") == SIMPLIFIED.convert(text + "萬")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("３萬余人，約（２０１９年）", "3万余人,约(2019年)"),
        ("“十三五”《計劃》；、。", "“十三五”《计划》;、。"),
        ("全角　空格：％", "全角 空格:%"),
        ("两岸三地，一切如常", "两岸三地,一切如常"),
        ("\U00028c36", "\U00028c36"),
    ],
)
def test_fold_reads_one_script_and_one_width(text, folded):
    assert fold(text) == folded


def test_fold_narrows_a_text_of_all_wide_signs():
    wide = "".join(map(chr, range(0xFF01, 0xFF5F))) + "".join(map(chr, range(0xC0, 0x100)))
    assert fold(wide) == "".join(
        narrow if len(narrow := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in wide
    )
