"""Measures: which clauses are deeds, where they begin and end, which verb rules them."""

import pytest

from tests.reader.measure_texts import read

# sentence -> (span, verb, status) of each measure in it
DEEDS = {
    "制定年度工作计划,印发《邻里节活动方案》。": [
        ("制定年度工作计划", "制定", "done"),
        ("印发《邻里节活动方案》", "印发", "done"),
    ],
    "先后研究出台了《关于完善社区服务的意见》《窗口管理办法》": [
        ("先后研究出台了《关于完善社区服务的意见》《窗口管理办法》", "研究出台", "done"),
    ],
    "成立由区长任组长,分管副区长任副组长的专项工作领导小组,下设三个办公室。": [
        ("成立由区长任组长,分管副区长任副组长的专项工作领导小组", "成立", "done"),
        ("下设三个办公室", "下设", "done"),
    ],
    "在6个社区设立邻里服务站,配备双语志愿者18名。": [
        ("在6个社区设立邻里服务站", "设立", "done"),
        ("配备双语志愿者18名", "配备", "done"),
    ],
    "依托社区党群服务中心,常态化开展义诊活动。": [
        ("依托社区党群服务中心,常态化开展义诊活动", "开展", "ongoing"),
    ],
    "按照“好进门、能办事”的标准,不断提升窗口服务管理水平。": [
        ("按照“好进门、能办事”的标准,不断提升窗口服务管理水平", "提升", "ongoing"),
    ],
    "市就业局高度重视,多次前往临县举办专场招聘会。": [
        ("市就业局高度重视,多次前往临县举办专场招聘会", "举办", "done"),
    ],
    "每年坚持举办“邻里一家亲”运动会,累计吸引观众2万人次。": [
        ("每年坚持举办“邻里一家亲”运动会", "举办", "ongoing"),
        ("累计吸引观众2万人次", "吸引", "done"),
    ],
    "对援建项目进行了实地察看,并与村民代表座谈。": [
        ("对援建项目进行了实地察看", "察看", "done"),
        ("与村民代表座谈", "座谈", "done"),
    ],
    "将社区服务列入年度考核,把任务分解到各科室。": [
        ("将社区服务列入年度考核", "列入", "done"),
        ("把任务分解到各科室", "分解", "done"),
    ],
    "形成“区级统筹、街道落实、社区兜底”的服务体制。": [
        ("形成“区级统筹、街道落实、社区兜底”的服务体制", "形成", "done"),
    ],
    "共投入帮扶资金1.2亿元,吸引社会资金900万元,完成项目36个。": [
        ("共投入帮扶资金1.2亿元", "投入", "done"),
        ("吸引社会资金900万元", "吸引", "done"),
        ("完成项目36个", "完成", "done"),
    ],
    "推动河西县粮食产量年均增长3.5%。": [
        ("推动河西县粮食产量年均增长3.5%", "推动", "done"),
    ],
    "推进北苑、南苑等老旧小区(院落)的改造升级。": [
        ("推进北苑、南苑等老旧小区(院落)的改造升级", "推进", "ongoing"),
    ],
    "去年开展的夜校活动就提供了86个学位。": [
        ("去年开展的夜校活动就提供了86个学位", "提供", "done"),
    ],
    "与石桥县商定在我市开办护理培训班、接收实习教师到校挂职。": [
        ("与石桥县商定在我市开办护理培训班、接收实习教师到校挂职", "商定", "done"),
    ],
    "区教育局选派25名骨干教师赴山区学校支教。": [
        ("区教育局选派25名骨干教师赴山区学校支教", "选派", "done"),
    ],
    "力争到2026年新建便民服务点40个。": [
        ("力争到2026年新建便民服务点40个", "新建", "planned"),
    ],
    "一是完善结对帮扶机制;二是将继续建设邻里中心。": [
        ("完善结对帮扶机制", "完善", "ongoing"),
        ("将继续建设邻里中心", "建设", "planned"),
    ],
    "為各族群眾免費提供法律諮詢,開設夜間窗口。": [
        ("為各族群眾免費提供法律諮詢", "提供", "ongoing"),
        ("開設夜間窗口", "開設", "done"),
    ],
    "鼓励支持40余名青年返乡创业,探索创新“夜间课堂”服务方式。": [
        ("鼓励支持40余名青年返乡创业", "鼓励支持", "done"),
        ("探索创新“夜间课堂”服务方式", "探索创新", "done"),
    ],
    "市财政每年安排200万元专项经费。": [
        ("市财政每年安排200万元专项经费", "安排", "ongoing"),
    ],
}


@pytest.mark.parametrize("sentence", DEEDS)
def test_deeds_are_found_with_span_verb_and_status(sentence):
    assert [(each.surface, each.verb, each.status) for each in read(sentence)] == DEEDS[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "市委、市政府高度重视社区工作。",
        "认真贯彻落实上级关于社区治理的决策部署。",
        "坚持以人民为中心的发展思想,秉持共建共享的理念。",
        "以强化服务为统领,以示范创建为抓手。",
        "为了改善居住环境,结合我区实际。",
        "形成了共同参与的强大合力。",
        "营造守望相助的浓厚氛围。",
        "让互助精神深深扎根在居民心中。",
        "促进邻里和睦相处,增强居民归属感。",
        "推进社区治理体系和治理能力现代化。",
        "有效推动了各项任务的顺利开展。",
        "为全区高质量发展提供了重要保障。",
        "2021年,我区被命名为全国示范区。",
        "招聘会采用线上线下相结合的方式进行。",
        "未就业毕业生通过官网获取信息。",
        "该项目建成后将有效缓解看病难问题。",
        "共举办10期,培训人数近500人次。",
        "贫困发生率从22.9%下降至0.3%。",
        "通过科技助农、科技兴农,开启了乡村振兴新篇章。",
        "立足辖区特点,充分发挥党组织的战斗堡垒作用。",
        "按照省里下发的任务清单的要求。",
        "唱响时代主旋律,谱写发展新篇章。",
    ],
)
def test_stances_slogans_and_results_are_no_measures(sentence):
    assert read(sentence) == ()


def test_marks_inside_quotes_and_brackets_cut_nothing():
    text = "打造“一站受理,全程帮办;一次办好”服务品牌(含网上窗口,自助终端),发放手册500份。"
    assert [each.surface for each in read(text)] == [
        "打造“一站受理,全程帮办;一次办好”服务品牌(含网上窗口,自助终端)",
        "发放手册500份",
    ]


def test_verbs_inside_quotes_and_titles_do_not_rule():
    (measure,) = read("传唱《建设家园》,编排“举办一场演出”情景剧。")
    assert (measure.surface, measure.verb) == ("编排“举办一场演出”情景剧", "编排")


def test_headings_are_not_told_as_measures():
    text = "完善服务,开展邻里互助活动。近年来,各社区开设便民课堂12个,发放补助30万元,居民反响热烈。"
    assert [each.surface for each in read(text)] == [
        "各社区开设便民课堂12个",
        "发放补助30万元",
    ]


@pytest.mark.parametrize("role", ["title", "caption", "byline"])
def test_titles_and_captions_hold_no_measures(role):
    assert read("我市举办招聘会", role=role) == ()


def test_numbering_and_connectives_stay_outside_the_span():
    assert [each.surface for each in read("(二)开设便民窗口,并举办讲座6场。")] == [
        "开设便民窗口",
        "举办讲座6场",
    ]


def test_measures_are_numbered_through_the_document():
    assert [each.id for each in read("建立台账。\n召开会议,印发通知。")] == ["m1", "m2", "m3"]


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("每年举办邻里节。", "每年"),
        ("每季度召开一次联席会议。", "每季度"),
        ("定期召开联席会议。", None),
        ("举办邻里节。", None),
    ],
)
def test_recurrence_is_recorded_as_printed(sentence, printed):
    (measure,) = read(sentence)
    assert measure.recurrence == printed
