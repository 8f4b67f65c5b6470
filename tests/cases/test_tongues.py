"""In which language somebody wrote, as far as the letters tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.tongues import tongue_of


@pytest.mark.parametrize(
    ("text", "asked", "tag"),
    [
        ("楼道的灯坏了", "", "zh"),
        ("楼道的灯坏了", "zh-Hant", "zh-Hant"),
        ("楼道的灯坏了", "ug", "zh"),
        ("بىنادىكى چىراغ", "", "ug"),
        ("بىنادىكى چىراغ", "kk-Arab", "kk-Arab"),
        ("སྒྲོན་མེ་ཆག", "zh-Hans", "bo"),
        ("ᠮᠣᠩᠭᠣᠯ", "", "mn-Mong"),
        ("ꆈꌠ", "", "ii"),
        ("The lamp is broken, 灯", "", "en"),
        ("110", "ug", "ug"),
        ("", "", "und"),
    ],
)
def test_tells_the_language_by_its_letters(text, asked, tag):
    assert tongue_of(text, asked) == tag


@given(st.text(max_size=40), st.sampled_from(["", "ug", "zh-Hans", "bo"]))
def test_always_names_a_language(text, asked):
    assert tongue_of(text, asked)


@given(
    st.text(alphabet="灯坏了楼道", min_size=1, max_size=20),
    st.text(alphabet="0123 ,.", max_size=20),
)
def test_is_not_moved_by_digits_and_signs(text, signs):
    assert tongue_of(f"{signs}{text}{signs}") == tongue_of(text)
