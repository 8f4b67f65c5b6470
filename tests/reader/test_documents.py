"""Documents in 《》."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader import documents
from tests.reader.articles import article


def found(text):
    return [(document.title, document.type) for document in documents.find(article(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发了《社区服务站建设实施方案》", [("社区服务站建设实施方案", "plan")]),
        (
            "出台《关于加强服务的实施意见》《服务站管理办法》",
            [("关于加强服务的实施意见", "policy"), ("服务站管理办法", "policy")],
        ),
        ("《服务规划（2016—2020年）》", [("服务规划（2016—2020年）", "plan")]),
        ("《城市服务工作条例（试行）》", [("城市服务工作条例（试行）", "law")]),
        ("《中华人民共和国宪法》", [("中华人民共和国宪法", "law")]),
        ("《中华人民共和国民族区域自治法》", [("中华人民共和国民族区域自治法", "law")]),
        ("《信访工作办法》", [("信访工作办法", "policy")]),
        ("《2020年政府工作报告》", [("2020年政府工作报告", "report")]),
        ("《民族知识读本》", [("民族知识读本", "book")]),
        ("合唱《我的家园》", [("我的家园", "other")]),
        ("《关于印发〈服务方案〉的通知》", [("关于印发〈服务方案〉的通知", "policy")]),
        ("《关于贯彻《服务条例》的意见》", [("关于贯彻《服务条例》的意见", "policy")]),
        ("《2021年重点工作任务分解表》", [("2021年重点工作任务分解表", "plan")]),
    ],
)
def test_finds_titles_with_their_types(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["《没有结尾", "没有开头》", "《》", "《上一行\n下一行》", "》《", "《" + "长" * 121 + "》"],
)
def test_ignores_marks_without_a_title(text):
    assert found(text) == []


def test_skips_an_unmatched_mark_and_reads_on():
    assert found("《残缺 又见《实施方案》》") == [("残缺 又见《实施方案》", "plan")]
    assert found("《残缺《实施方案》") == [("实施方案", "plan")]


def test_spans_hold_the_marks():
    (document,) = documents.find(article("印发《方案》后"))
    assert (document.start, document.end, document.surface) == (2, 6, "《方案》")


@given(st.text(alphabet="《》〈〉ab法\n", max_size=60))
def test_documents_slice_back_and_never_overlap(text):
    met = documents.find(article(text))
    assert all(text[d.start : d.end] == d.surface and "\n" not in d.surface for d in met)
    assert all(one.end <= other.start for one, other in itertools.pairwise(met))


@pytest.mark.parametrize("piece", ["《", "》", "《a", "《a》", "《《》"])
def test_reads_a_long_line_of_one_piece(piece):
    assert len(documents.find(article(piece * 20_000))) in (0, 20_000)
