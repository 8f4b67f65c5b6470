"""The place that a report speaks from."""

import pytest

from linli.reader import places
from tests.reader.articles import NO_HEAD, article, head


def home(text, **above):
    return tuple(places.find(article(text), head=head(text, **above) if above else NO_HEAD)[1])


def test_a_city_that_names_its_districts_stays_the_city():
    text = (
        "兰州市是多民族聚居的省会城市。市委、市政府高度重视，全市召开推进会。"
        "城关区、七里河区、安宁区先行先试，城关区建成示范社区5个，七里河区设立服务站，"
        "城关区再添窗口。我市将继续努力，市委统战部牵头落实。"
    )
    assert home(text) == ("620000", "620100", None)


def test_a_district_that_names_its_city_stays_the_district():
    text = (
        "兰州市七里河区地处城市西部。区委、区政府把工作纳入全区规划，全区建成窗口8个。"
        "在市委、市政府领导下，七里河区落实兰州市方案，我区群众受益。"
    )
    assert home(text) == ("620000", "620100", "620103")


def test_a_partner_named_more_often_is_not_the_place():
    text = (
        "嘉峪关日报讯\n我市扎实推进对口支援。全市干部赴玛曲县对接，向玛曲县投入资金，与玛曲县协商，"
        "接收玛曲县学生，援建玛曲县医院。我市将支援玛曲县发展，市委、市政府高度重视。"
    )
    assert home(text, source="嘉峪关日报") == ("620000", "620200", None)


def test_a_title_outweighs_mentions():
    text = (
        "推动成都市金牛区民族工作高质量发展\n金牛区联合石渠县，帮助石渠县，支援石渠县。区委重视。"
    )
    assert home(text, title="推动成都市金牛区民族工作高质量发展") == ("510000", "510100", "510106")


def test_a_district_in_an_autonomous_region_is_not_the_region():
    text = (
        "柳州市柳北区聚焦主线，全区推进十进。柳北区被自治区党委、自治区政府授予广西先进集体。"
        "区委常委会听取汇报，柳北区建成示范点。"
    )
    assert home(text) == ("450000", "450200", "450205")


def test_a_province_speaks_for_itself():
    text = "甘肃省扎实推进创建。省委、省政府印发意见，全省命名示范单位。我省与青海合作。"
    assert home(text) == ("620000", None, None)


def test_a_district_of_a_municipality_has_no_city():
    text = "北京市朝阳区推进工作，全区建成站点，区委、区政府重视，朝阳区群众受益。"
    assert home(text) == ("110000", None, "110105")


def test_a_community_that_names_its_county_once_is_in_that_county():
    assert home("走进金凤区黄河东路街道颐和城府社区，处处是笑脸。") == (
        "640000",
        "640100",
        "640106",
    )


def test_the_only_county_that_begins_a_sentence_speaks():
    assert home("肃州区现有9个街道，设立站点12个。") == ("620000", "620900", "620902")


def test_a_city_named_only_before_its_district_is_not_the_speaker():
    text = "为巩固全市示范成果，酒泉市肃州区东南街街道南苑社区坚持党建引领。"
    assert home(text) == ("620000", "620900", "620902")


def test_districts_named_by_one_who_says_my_city_mean_the_city():
    text = "全市开展活动，西固区福利路街道先行。我市各族群众受益，市委重视。"
    assert home(text) == ("620000", "620100", None)


def test_a_city_named_beside_its_district_stays_the_city():
    text = "兰州市高度重视，全市推进。兰州市七里河区西园街道建成站点。"
    assert home(text) == ("620000", "620100", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "各族群众团结一心。",
        "我市高度重视。",
        "曾到北京学习。",
        "我们到西固区福利路街道学习。",
        "龙西村和古木村建成广场。",
    ],
)
def test_nothing_is_guessed(text):
    assert home(text) == (None, None, None)
