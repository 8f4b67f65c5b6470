"""Bodies in the company they keep: behind verbs and counts, in lists, with quoted names."""

import itertools

import pytest

from tests.reader.test_bodies import found, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "由县政协、人大、宣传部、民宗局等部门组成的联合督查组",
            ["县政协、人大、宣传部、民宗局等部门", "联合督查组"],
        ),
        ("成立工作专班，专人负责", ["工作专班"]),
        ("设立创建办，抽调专人集中办公", ["创建办"]),
        ("市民宗委（局）主任带队", ["市民宗委（局）"]),
        ("在武威路社区设立少数民族之家", ["武威路社区", "少数民族之家"]),
        ("城市民族工作领导小组办公室设在区民宗局", ["城市民族工作领导小组办公室", "区民宗局"]),
        ("协调兰州铁路局解决铁路职工子女入学", ["兰州铁路局"]),
        ("迎接国家民委验收组检查", ["国家民委验收组"]),
        ("与青海省海东市化隆县民宗局签订协议", ["青海省海东市化隆县民宗局"]),
        (
            "组建守望先锋队、应急消防队和党员志愿服务队等4支队伍",
            ["守望先锋队", "应急消防队", "党员志愿服务队"],
        ),
        ("成立九个专项工作组", ["专项工作组"]),
        ("为切实加强组织领导，成立了创建工作领导小组", ["创建工作领导小组"]),
        ("健康路小学与民族小学结对", ["健康路小学", "民族小学"]),
        ("武警甘肃总队官兵参加", ["武警甘肃总队"]),
        ("石碑坪镇党委、沙塘镇人民政府抓落实", ["石碑坪镇党委", "沙塘镇人民政府"]),
        ("区市场监管局、区市监局联合检查", ["区市场监管局", "区市监局"]),
        (
            "在雅儒街道河北社区、胜利街道胜利社区建设服务站",
            ["雅儒街道", "河北社区", "胜利街道", "胜利社区"],
        ),
    ],
)
def test_finds_bodies_behind_verbs_and_counts(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("与公安、工商、城管等部门联合执法", ["公安、工商、城管等部门"]),
        ("协调教育、民政、人社等相关部门", ["教育、民政、人社等相关部门"]),
        (
            "区委统战部、区民宗局联合妇联、扶贫、文化旅游部门打造品牌",
            ["区委统战部", "区民宗局", "妇联、扶贫、文化旅游部门"],
        ),
        ("由统战、公安、民族宗教等多部门参加", ["统战、公安、民族宗教等多部门"]),
        ("区民宗局联合公安、消防等职能部门检查", ["区民宗局", "公安、消防等职能部门"]),
    ],
)
def test_finds_offices_that_are_listed_by_what_they_do(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推动芝麻城、汇客苑等13个小区申报改造", ["芝麻城", "汇客苑"]),
        ("推进西北街社区力佧苑改造", ["西北街社区", "力佧苑"]),
        ("在康乐佳苑小区设立服务点", ["康乐佳苑小区"]),
        (
            "组建“石榴籽”爱心服务站，成立“石榴籽”社区警务室",
            ["“石榴籽”爱心服务站", "“石榴籽”社区警务室"],
        ),
        ("构建县、乡、村“四级”创建工作机构", ["创建工作机构"]),
    ],
)
def test_finds_estates_and_quoted_names(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "协调办公室3间",
        "带动医院、学校、企业参与",
        "推进老旧小区改造，建设互嵌式小区",
        "各县市区委党校主体班",
        "建立了工作联席会议制度",
        "业委会主任、网格长参加",
        "将民族工作纳入党校主体班",
        "落实中央和省市委要求",
        "县市区民宗局局长参会",
        "各乡镇党委、政府高度重视",
        "教育和相关部门配合",
        "宗教活动场所和民族部门",
    ],
)
def test_finds_none_in_work_and_levels(text):
    assert found(text) == []


def test_names_the_kind_of_a_list_of_offices():
    assert [body.kind for body in read("与公安、工商、城管等部门联合执法")] == ["departments"]


@pytest.mark.parametrize(
    "piece", ["公安、部门", "苑", "汇苑、", "等13个小区", "“石榴”服务站", "西街道桥社区"]
)
def test_stays_whole_on_a_long_line_of_one_piece(piece):
    met = read(piece * 1_000)
    assert all(one.end <= other.start for one, other in itertools.pairwise(met))
