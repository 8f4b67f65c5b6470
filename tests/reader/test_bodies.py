"""Bodies: where a name begins and ends, what is none, and the full name."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linli.reader import bodies, brands, documents, places
from linli.reader.reading import ReportPlace
from tests.reader.articles import NO_HEAD, article

LANZHOU = ReportPlace("620000", "620100", None)
JINNIU = ReportPlace("510000", "510100", "510106")


def read(text, home=LANZHOU):
    made = article(text)
    titled = documents.find(made)
    met, _ = places.find(made, head=NO_HEAD)
    branded = brands.find(made, documents=titled)
    return bodies.find(made, places=met, home=home, documents=titled, brands=branded)


def found(text):
    return [body.surface for body in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市委、市政府高度重视", ["市委", "市政府"]),
        ("落实党中央、国务院和省委部署", ["党中央", "国务院", "省委"]),
        ("市委常委会议、市政府常务会议听取汇报", ["市委常委会议", "市政府常务会议"]),
        ("市委统战部领导带队", ["市委统战部"]),
        ("自治区党委、自治区人民政府表彰", ["自治区党委", "自治区人民政府"]),
        ("被国家民委命名", ["国家民委"]),
        ("市人大、市政协视察", ["市人大", "市政协"]),
        ("省人社厅官方人才网甘肃人才网开设专区", ["省人社厅", "甘肃人才网"]),
        ("市人社局面向毕业生办会", ["市人社局"]),
        ("金牛区委常委会、区政府常务会组织学习", ["金牛区委常委会", "区政府常务会"]),
        ("区教育局、团区委开办课堂", ["区教育局", "团区委"]),
        ("中共兰州市委印发意见", ["中共兰州市委"]),
        ("城区党委统战部、城区民宗局牵头", ["城区党委统战部", "城区民宗局"]),
        ("金阳新区党工委领导", ["金阳新区党工委"]),
        ("公安七里河分局、兰州铁路局参加", ["公安七里河分局", "兰州铁路局"]),
    ],
)
def test_finds_offices(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("成立以区长为组长的创建全国示范区工作领导小组", ["创建全国示范区工作领导小组"]),
        ("成立了邻里服务创建工作领导小组，下设专班", ["邻里服务创建工作领导小组"]),
        ("相关部门参与的邻里工作议事机构", ["邻里工作议事机构"]),
        ("常态化召开邻里工作联席会，协调问题", ["邻里工作联席会"]),
        ("在5个社区设立邻里工作服务站", ["邻里工作服务站"]),
        (
            "促成全市首个通用语言文字教学培训基地在成都财贸职高落地",
            ["通用语言文字教学培训基地", "成都财贸职高"],
        ),
        ("开设首家社区非遗工作站——河畔社区织绣工作站", ["河畔社区织绣工作站"]),
        ("依托成都市祥和法律援助服务中心，开展服务", ["成都市祥和法律援助服务中心"]),
        ("金牛区援建石渠县文化体育馆", ["石渠县文化体育馆"]),
        ("在玛曲县建设高原康复中心", ["高原康复中心"]),
        ("与西北民族大学联合办班", ["西北民族大学"]),
        ("杭州前进齿轮集团股份有限公司捐款", ["杭州前进齿轮集团股份有限公司"]),
        ("建立来兰务工人员服务窗口", ["来兰务工人员服务窗口"]),
        ("新疆驻川藏工作组到访", ["新疆驻川藏工作组"]),
        ("阿、甘、凉三州驻蓉机构", ["三州驻蓉机构"]),
        ("甘肃日报记者", ["甘肃日报"]),
        ("城关区雁园街道南河社区居民", ["城关区雁园街道", "南河社区"]),
        ("设立救助中心、接待中心和维权中心", ["救助中心", "接待中心", "维权中心"]),
    ],
)
def test_finds_where_an_open_name_begins(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先后筛选祁连、永乐、铁南、昌盛社区", ["祁连、永乐、铁南、昌盛社区"]),
        ("投入资金改造永乐、昌盛社区服务用房", ["永乐、昌盛社区"]),
        (
            "带领统战部、组织部、财政局、卫健委等部门负责人",
            ["统战部、组织部、财政局、卫健委等部门"],
        ),
        ("由县政协、人大、宣传部、民宗局等部门组成", ["县政协、人大、宣传部、民宗局等部门"]),
        ("市民委、市公安局联合发文", ["市民委", "市公安局"]),
        ("命名桥门、排洪沟、华林山等5个社区为示范点", ["桥门、排洪沟、华林山等5个社区"]),
        ("在西园、西湖、敦煌路等街道设立窗口", ["西园、西湖、敦煌路等街道"]),
        ("健康路小学、兰州四十六中、兰石社区结对", ["健康路小学", "兰州四十六中", "兰石社区"]),
        ("命名桥门社区、华林社区和龙西村为示范点", ["桥门社区", "华林社区", "龙西村"]),
    ],
)
def test_takes_a_list_as_one_only_when_it_is_printed_as_one(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各部门、各单位各司其职",
        "深入到各乡镇、社区、学校、企业",
        "在各示范社区设立窗口",
        "建设多民族互嵌式社区",
        "推进城乡社区治理",
        "统战部门和组织部门配合",
        "各级党委、政府要加强领导",
        "社区党委抓党小组，街道党工委负责",
        "到我市中等职业学校学习",
        "大学生、中小学生参加",
        "全省17市民宗局局长参会",
        "各区县人民政府配合",
        "居民委员和市委员",
        "《嘉峪关市委办公室通知》",
        "建设“高原康复中心建设项目”",
        "农村、行政村、示范村",
        "涉民族网络舆情",
        "她学会了骑车，他再没来过学校",
        "担任领导小组组长，统战部长带队",
        "公安部门、信访部门",
    ],
)
def test_finds_none_in_common_nouns(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "home", "canonical"),
    [
        ("省委部署", LANZHOU, "中共甘肃省委"),
        ("市委重视", LANZHOU, "中共兰州市委"),
        ("市政府重视", LANZHOU, "兰州市人民政府"),
        ("市人社局办会", LANZHOU, "兰州市人力资源和社会保障局"),
        ("市委统战部牵头", LANZHOU, "中共兰州市委统战部"),
        ("区民宗局牵头", JINNIU, "金牛区民族宗教事务局"),
        ("区委学习", JINNIU, "中共成都市金牛区委"),
        ("金牛区委常委会学习", JINNIU, "中共成都市金牛区委常委会"),
        ("成都市民宗局供图", JINNIU, "成都市民族宗教事务局"),
        ("被国家民委命名", JINNIU, "国家民族事务委员会"),
        ("落实党中央部署", JINNIU, "中共中央"),
        ("公安局牵头", JINNIU, "金牛区公安局"),
        ("省藏区工作办下发任务", LANZHOU, "甘肃省藏区工作办公室"),
        ("祁连、永乐社区", LANZHOU, "祁连社区、永乐社区"),
        ("祁连、永乐等2个社区", LANZHOU, "祁连社区、永乐社区"),
        ("市委重视", ReportPlace(None, None, None), "市委"),
        ("西北街社區", JINNIU, "西北街社區"),
    ],
)
def test_gives_the_full_name(text, home, canonical):
    assert [body.canonical for body in read(text, home)] == [canonical]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("市委", "party"),
        ("市政府", "government"),
        ("市民委", "department"),
        ("统战部、财政局等部门", "departments"),
        ("设立邻里工作领导小组", "leading_group"),
        ("召开邻里工作联席会议", "mechanism"),
        ("设立邻里服务站", "service_point"),
        ("桥门社区", "community"),
        ("兰州大学", "school"),
        ("成都市农林科学院", "research"),
        ("兰州日报", "media"),
        ("甘肃人才网", "website"),
        ("新疆驻川藏工作组", "office"),
    ],
)
def test_says_what_kind_of_body(text, kind):
    assert [body.kind for body in read(text)] == [kind]


@given(
    st.text(
        alphabet="市区委政府民宗局社区服务中心领导小组成都金牛设立的和、，“”《》等部门\n龙村",
        max_size=70,
    )
)
@example("市委村")
def test_bodies_slice_back_and_never_overlap(text):
    met = read(text)
    assert all(text[b.start : b.end] == b.surface and "\n" not in b.surface for b in met)
    assert all(one.end <= other.start for one, other in itertools.pairwise(met))
    assert all(body.canonical for body in met)


@pytest.mark.parametrize(
    "piece", ["市", "区委", "社区", "桥门社区、", "公安局、", "领导小组", "和", "村"]
)
def test_reads_a_long_line_of_one_piece(piece):
    assert len(read(piece * 2_000)) <= 2_000
