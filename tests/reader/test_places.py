"""Places: what is one, what only looks like one, and which of several of one name is meant."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.reader import places
from tests.reader.articles import NO_HEAD, article, head


def found(text, above=NO_HEAD):
    met, _ = places.find(article(text), head=above)
    return [(place.surface, place.code) for place in met]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("成都市金牛区获得命名", [("成都市", "510100"), ("金牛区", "510106")]),
        ("成都市金牛區獲得命名", [("成都市", "510100"), ("金牛區", "510106")]),
        ("赴甘南州玛曲县对接", [("甘南州", "623000"), ("玛曲县", "623025")]),
        ("甘南藏族自治州合作市", [("甘南藏族自治州", "623000"), ("合作市", "623001")]),
        ("嘉峪关日报记者", [("嘉峪关", "620200")]),
        ("讲好嘉峪关故事", [("嘉峪关", "620200")]),
        (
            "广西壮族自治区柳州市柳北区",
            [("广西壮族自治区", "450000"), ("柳州市", "450200"), ("柳北区", "450205")],
        ),
        (
            "来自新疆、青海、宁夏的群众",
            [("新疆", "650000"), ("青海", "630000"), ("宁夏", "640000")],
        ),
        ("内蒙古和西藏", [("内蒙古", "150000"), ("西藏", "540000")]),
        ("援建石渠县文化体育馆", [("石渠县", "513332")]),
        ("七里河区位于黄河南岸", [("七里河区", "620103")]),
        ("金牛区分6批选派干部", [("金牛区", "510106")]),
        ("东乡族自治县与积石山县", [("东乡族自治县", "622926"), ("积石山县", "622927")]),
        ("吉林市与吉林省", [("吉林市", "220200"), ("吉林省", "220000")]),
        ("阿、甘、凉三州驻蓉机构", [("阿", "513200"), ("甘", "513300"), ("凉", "513400")]),
    ],
)
def test_finds_places_with_their_codes(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "深化东西部合作，办好合作社",
        "创新民族工作方式",
        "在新民族工作格局下",
        "城区和县区各负其责",
        "老城区、新城区、矿区、郊区一起抓",
        "编辑狄东阳",
        "祁连社区与昌盛社区结对",
        "先后筛选祁连、永乐、铁南、昌盛社区",
        "促进和平、团结、平安、和谐",
        "实现社会长治久安",
        "生产复合肥料",
        "建设美丽水乡",
        "沿中山路、长安街、北京路巡查",
        "黄河北岸与渭河南岸",
        "健康安康、天下大同",
        "来宾参观了红河谷",
        "欢庆阳光体育节",
        "开封闭环",
        "建成县级示范点，形成县乡村三级网络",
        "民族区域自治制度，分区域推进",
        "本市市民、全县人民",
        "保安族、东乡族群众",
        "街道、社区、农村、企业",
        "朝阳小区、向阳社区、新华书店",
        "太行山西麓",
        "打造福建设新高地",
        "推广东西部协作经验，建设沿海口岸",
        "各自贡献力量，关怀化解矛盾",
        "隆重大庆典、平安阳光校园、诚信阳光超市",
        "建成都市农业园，经营口碑好",
        "会同县直部门，会同县民宗局检查",
        "在市公安、县公安机关支持下",
        "南部县区、绿色通道县区全覆盖",
        "河北社区、甘肃路街道、北京路",
        "微软大厦门口",
    ],
)
def test_finds_no_place_in_ordinary_words(text):
    assert found(text) == []


def test_takes_a_shared_name_by_the_city_before_it():
    assert found("拉萨市城关区与兰州市城关区结对") == [
        ("拉萨市", "540100"),
        ("城关区", "540102"),
        ("兰州市", "620100"),
        ("城关区", "620102"),
    ]


def test_takes_a_shared_name_by_the_rest_of_the_document():
    text = "兰州市高度重视。在城关区建成示范点。"
    assert found(text)[1] == ("城关区", "620102")


def test_leaves_out_a_shared_name_without_any_support():
    assert found("在鼓楼区开展活动") == []


def test_takes_short_names_of_districts_in_a_list():
    text = "七里河区牵头，在城关、安宁、西固三区推广。"
    assert found(text) == [
        ("七里河区", "620103"),
        ("城关", "620102"),
        ("安宁", "620105"),
        ("西固", "620104"),
    ]


def test_takes_a_word_like_name_when_its_province_stands_before_it():
    assert found("山西长治与陕西安康") == [
        ("山西", "140000"),
        ("长治", "140400"),
        ("陕西", "610000"),
        ("安康", "610900"),
    ]


def test_says_level_name_and_years():
    met, _ = places.find(article("北京市原宣武区"), head=NO_HEAD)
    assert [(p.level, p.name, p.valid) for p in met] == [
        ("province", "北京市", "1981-"),
        ("county", "宣武区", "1981-2009"),
    ]


def test_a_region_has_no_code():
    met, _ = places.find(article("在河西走廊开展创建"), head=NO_HEAD)
    assert [(p.surface, p.level, p.code) for p in met] == [("河西走廊", "region", None)]


def test_roles_tell_subject_and_partner_from_mention():
    text = (
        "金牛区高度重视，全区上下齐心。金牛区委、区政府自2010年对口支援甘孜州石渠县，"
        "选派干部赴石渠县。助力石渠县退出四川省贫困县序列。"
    )
    met, _ = places.find(article(text), head=NO_HEAD)
    assert {p.name: p.role for p in met} == {
        "金牛区": "subject",
        "甘孜藏族自治州": "partner",
        "石渠县": "partner",
        "四川省": "mention",
    }


@given(st.text(alphabet="成都市金牛区甘南州《》“”、，。和平新民渠县石 \nab1", max_size=80))
def test_every_place_slices_back_and_none_overlaps(text):
    met, _ = places.find(article(text), head=NO_HEAD)
    assert [place.surface for place in met] == [text[p.start : p.end] for p in met]
    assert all(one.end <= other.start for one, other in itertools.pairwise(met))


@pytest.mark.parametrize("piece", ["市", "成都市", "和平", "甘", "区"])
def test_reads_a_long_line_of_one_piece(piece):
    met, _ = places.find(article(piece * 20_000), head=NO_HEAD)
    assert len(met) in (0, 20_000)


def test_takes_the_head_into_account():
    text = "我区推进城关区民族工作\n兰州日报\n城关区各街道积极行动。"
    above = head(text, title="我区推进城关区民族工作", source="兰州日报")
    met, home = places.find(article(text), head=above)
    assert home == ("620000", "620100", "620102")
    assert {place.code for place in met if place.name == "城关区"} == {"620102"}
