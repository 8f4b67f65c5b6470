"""The boundary: what describes watching people is marked, and no service ever is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.reader.measures import boundary, watching
from linli.reader.measures.boundary_rules import BY_HINT, HINT, RULES

OUTSIDE = {
    "surveillance": [
        "社区对流动人口实行网格化管理",
        "在出租屋集中的街巷推行“网格化”服务管理,落实到每一名流动人员",
        "依托网格员及时掌握少数民族务工人员的居住动态",
        "在商业街出入口加装高清摄像头48个",
        "接入公安机关“天网”系统",
        "对来本区经商的人员落实“双向管控”",
        "建成覆盖全部出租楼栋的人脸识别门禁",
        "发挥三级网格作用,对外来人口开展拉网式排查",
        "组建信息员队伍,随时掌握外来务工人员动向",
        "推行以房管人、以业管人",
        "利用手机定位还原其活动轨迹",
        "实现了流动人口的全程动态管理",
        "將流動人口納入網格化服務管理",
        "建設治安卡口視頻監控網絡",
        "联络员每周上报少数民族流动人员变动情况",
        "对信教群众的现实表现进行跟踪掌握",
        "了解辖区外来人员的进出变化,每月汇总一次",
        "在社区出入口安装车牌识别设备",
        "对来区务工人员实行全程跟踪",
    ],
    "person_register": [
        "建立少數民族流動人口臺賬,做到底數清",
        "对辖区少数民族常住人口开展摸底统计",
        "健全少数民族流动人口信息库",
        "逐户登记少数民族居民的家庭情况",
        "开发了外来民族人员信息管理平台",
        "全面摸清辖区少数民族人口底数",
        "把租住人员的姓名、民族、职业等身份信息录入系统",
        "对信教群众登记造册",
        "摸准外来务工人员的家庭成员、职业、子女入学和来源地",
        "完善流动人口“电子档案”",
        "协管员上门采集流动人口信息1200条",
        "按照“一人一档”的要求规范管理",
        "做到村不漏户、户不漏人",
        "从社区、学校和信访部门摸清流动人口底数",
        "搭建流动人口、空巢老人等人群的分类服务管理平台",
        "确保外来务工人员应登尽登",
    ],
    "opinion_monitoring": [
        "加强涉民族网络舆情监测",
        "每月分析研判群众思想动态",
        "组织网评员队伍开展网络舆论引导",
        "定期排查社情民意",
        "安排专人开展网上巡查",
        "掌握信教群众的思想状况",
        "收集社情民意信息120条",
        "密切關注輿論態勢",
        "对意识形态领域开展分析研判",
    ],
    "policing": [
        "严厉打击破坏民族团结的违法犯罪行为",
        "坚决抵御境外势力利用宗教进行渗透",
        "对重点人员落实“五包一”措施",
        "做好敏感节点的维稳工作",
        "妥善处置涉及民族因素的群体性事件",
        "组织民警开展夜间治安清查",
        "防範和打擊暴恐活動",
        "在繁华路段开展武装巡逻",
    ],
    "consent_needed": [
        "与流出地政府建立流动人口联系协作机制",
        "两地民宗部门定期通报务工人员信息",
        "建立区民宗局与驻蓉办事处的“5+5”协调机制",
        "与周边州县签订流动人口服务管理协作协议",
        "健全流入地与流出地“两头对接”工作机制",
        "同邻省三市建立跨区域协作机制,共同做好少数民族流动人口工作",
        "實現流動人口信息互通、資源共享",
        "与外省实现流动人员名单互认",
    ],
}

INSIDE = [
    "在社区设立少数民族服务中心",
    "为外来务工人员提供法律援助120件",
    "开展矛盾纠纷排查化解,调处纠纷36起",
    "建立任务台账,实行销号管理",
    "完善援建项目档案",
    "对重大决策开展社会稳定风险评估",
    "建立清真食品电子监管平台",
    "对清真食品实行网格化管理",
    "在清真餐饮企业后厨安装视频监控",
    "举办流动人口普通话培训班",
    "组织流动人口技能培训6期",
    "开通网上信访平台,实行领导包案",
    "在广场设立政策咨询窗口",
    "为流动人口办理居住证,方便子女入学",
    "与山区县建立对口支援协作机制",
    "签订东西部劳务协作协议",
    "建立就业信息共享平台,发布用工信息",
    "收集居民“微心愿”,由志愿者认领",
    "开展入户走访慰问困难群众",
    "打击制售假冒清真食品行为",
    "为65岁以上老人建立健康档案",
    "加强与高校的合作,建立实习基地",
    "整理少数民族古籍,建立非遗档案",
    "设立意见箱,听取群众意见建议",
    "开展民意测评,群众满意率达98%",
    "建立党政领导联系社区制度",
    "通报创建工作进展情况",
    "组织各族群众参观民族团结展览",
    "建立联席会议制度,通报工作情况",
    "成立志愿服务队,登记注册志愿者300名",
    "开展求职登记、职业介绍等服务",
    "宣传党的民族政策,统一思想认识",
    "加强思想政治教育",
    "发布少数民族人口统计公报",
    "在学校开展心理疏导",
    "完善安全生产隐患排查机制",
    "协调解决流动人口子女入学问题",
    "在宣传月期间发放宣传资料",
    "组建民族政策宣讲队",
    "为流动人口免费体检",
    "建立少数民族企业台账",
    "打造“数字阅读墙”",
    "开展普法教育,提升法律意识",
    "建立双语服务热线",
    "為外來人員開設夜間服務窗口",
    "推进信息公开,公示救助资金台账",
    "搭建邻里信息服务平台",
    "召开座谈会,了解企业用工需求",
    "依托流动人口服务管理平台发布用工岗位",
    "深化与省级医院的合作,对接专家资源",
]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [(reason, sentence) for reason, listed in OUTSIDE.items() for sentence in listed],
)
def test_watching_people_is_marked_with_its_reason(reason, sentence):
    assert reason in {why for _, _, why in watching(sentence)}


@pytest.mark.parametrize("sentence", INSIDE)
def test_services_tasks_food_and_disputes_are_never_marked(sentence):
    assert watching(sentence) == ()


def test_enough_sentences_stand_on_both_sides():
    assert sum(map(len, OUTSIDE.values())) >= 40
    assert len(INSIDE) >= 40


def test_only_the_clause_that_watches_is_marked():
    text = "区里开设夜校12所,建立了流动人口信息台账,发放手册500份。"
    start = text.index("建立了")
    assert watching(text) == ((start, text.index(",发放"), "person_register"),)


def test_whom_it_is_about_may_stand_in_the_sentence_before():
    text = "辖区有少数民族流动人口三千人。社区逐一建档立卡,实时更新台账。"
    assert {why for _, _, why in watching(text)} == {"person_register"}
    assert watching("社区有文艺队八支。社区逐一登记,实时更新台账。") == ()


def test_punctuation_between_the_words_hides_nothing():
    assert [why for *_, why in watching("建立流动人口(含少数民族)“信息台账”")] == [
        "person_register"
    ]
    assert [why for *_, why in watching("对流动人口实行‘网格化’管理")] == ["surveillance"]


def test_offsets_are_those_of_the_text_as_given():
    text = "  一、簡況\n對流動人口實行網格化管理,開設窗口。"
    ((start, end, reason),) = watching(text)
    assert (text[start:end], reason) == ("對流動人口實行網格化管理", "surveillance")


def test_every_reason_names_the_service_that_meets_the_need():
    assert set(boundary.SERVICE_INSTEAD) == set(OUTSIDE)
    assert all(key.isidentifier() for key in boundary.SERVICE_INSTEAD.values())


PARTS = st.sampled_from(
    [*"流动人口网格化管理信息台账的,。;“”()", "少数民族", "舆情", "打击", "\n", "視頻監控"]
)


@given(st.lists(PARTS, max_size=60).map("".join))
def test_marks_lie_inside_the_text_and_do_not_overlap(text):
    last = 0
    for start, end, reason in watching(text):
        assert last <= start < end <= len(text)
        assert reason in boundary.SERVICE_INSTEAD
        last = end


HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@pytest.mark.parametrize("place", range(len(RULES)))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_sign_holds_a_word_that_makes_its_clause_be_read(place, data):
    sign = data.draw(st.from_regex(RULES[place].sign, fullmatch=True, alphabet=HANZI))
    assert any(place in BY_HINT[hint] for hint in HINT.findall(sign))


@pytest.mark.parametrize(
    "unit", ["信息,", "流动人口,", "网格", "驻", "掌握", "建立台账,", "“信息”"]
)
def test_never_hangs_on_hostile_texts(unit, never_hangs):
    text = unit * (200_000 // len(unit))
    watching(text)
