import pytest

from linli.reader import arithmetic
from tests.reader.report_lines import article_of, figures_of


def pairs_of(text):
    article = article_of(text)
    figures = figures_of(text)
    surfaces = {figure.id: figure.surface for figure in figures}
    return [
        (surfaces[pair.before], surfaces[pair.after], pair.metric, pair.direction)
        for pair in arithmetic.pairs(article, figures)
    ]


def claims_of(text):
    article = article_of(text)
    figures = figures_of(text)
    surfaces = {figure.id: figure.surface for figure in figures}
    return [
        (claim.kind, [surfaces[part] for part in claim.parts], surfaces[claim.whole], claim.holds)
        for claim in arithmetic.constraints(article, figures)
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("贫困发生率从22.88%下降至0.26%。", [("22.88%", "0.26%", "贫困发生率", "down")]),
        ("人均收入由3200元增加到5600元。", [("3200元", "5600元", "人均收入", "up")]),
        ("办理时限从原来的5天压缩至2天。", [("5天", "2天", "办理时限", "down")]),
        ("巩固率由2016年的95.1%提高到2020年的98.3%。", [("95.1%", "98.3%", "巩固率", "up")]),
        ("床位从300张扩大到500张以上。", [("300张", "500张", "床位", "up")]),
        ("站点从12个变为12个。", [("12个", "12个", "站点", "same")]),
        ("从5个社区选派20名干部到10个单位。", []),
        ("增长5%，比上年提高2%。", []),
        ("从3个社区做起。后来到5个。", []),
    ],
)
def test_pairs_join_before_and_after(text, pairs):
    assert pairs_of(text) == pairs


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "市级兑付112.524万元，县区级112.524万元，共计225.048万元。",
            [("sum", ["112.524万元", "112.524万元"], "225.048万元", True)],
        ),
        ("第一批30人，第二批50人，合计90人。", [("sum", ["30人", "50人"], "90人", False)]),
        ("培训共计120人，其中男70人，女50人。", [("sum", ["70人", "50人"], "120人", True)]),
        ("培训共计120人，其中党员70人，妇女51人。", []),
        (
            "男30人，女50人，老人10人，儿童20人，后两项合计30人。",
            [("sum", ["10人", "20人"], "30人", True)],
        ),
        (
            "总人口119.90万人，其中少数民族39.66万人，占总人口的33.1%。",
            [("ratio", ["39.66万人", "119.90万人"], "33.1%", True)],
        ),
        (
            "少数民族39.66万人，占总人口119.90万人的33.1%。",
            [("ratio", ["39.66万人", "119.90万人"], "33.1%", True)],
        ),
        (
            "共有学生5000人，其中少数民族1200人，占25%。",
            [("ratio", ["1200人", "5000人"], "25%", False)],
        ),
        (
            "入住13017户、49613人，流动119人，共计1353人，占2.73%。",
            [("ratio", ["1353人", "49613人"], "2.73%", True)],
        ),
        (
            "投入补贴90.5万元，其中市级40.2万元，区级50.3万元，镇级8万元。",
            [("sum", ["40.2万元", "50.3万元"], "90.5万元", True)],
        ),
        ("投入补贴90.5万元，其中市级40.2万元，区级52.4万元。", []),
        ("评出文明社区6个、文明学校5所，合计11个。", [("sum", ["6个", "5所"], "11个", True)]),
        ("评出文明社区6个、文明学校5所，合计12个。", []),
        (
            "收到来信240件，办结231件，办结率96.25%。",
            [("ratio", ["231件", "240件"], "96.25%", True)],
        ),
        ("收到来信240件，办结231件，满意率99%。", []),
        (
            "发放助学金45万元，惠及150人，人均3000元。",
            [("ratio", ["45万元", "150人"], "3000元", True)],
        ),
        ("发放助学金45万元，惠及150人，人均最高5000元。", []),
        ("完成投资3亿元，增长5%，占总量的20%。", []),
        ("先后选派6批158名干部，共投入3.03亿元，吸引4836万元。", []),
        ("第一次30人。第二次50人。合计90人。", []),
    ],
)
def test_constraints_are_claimed_and_checked(text, claims):
    assert claims_of(text) == claims


def test_sum_of_rounded_numbers_may_be_off_by_half_of_each_last_digit():
    assert claims_of("甲0.4万元，乙0.4万元，共计0.9万元。")[0][3] is True
    assert claims_of("甲0.4万元，乙0.4万元，共计1.0万元。")[0][3] is False


def test_share_may_be_off_by_half_of_its_last_digit():
    assert claims_of("共有300人，其中女100人，占33%。")[0][3] is True
    assert claims_of("共有300人，其中女100人，占33.4%。")[0][3] is False
