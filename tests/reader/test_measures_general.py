"""Measures in the wording of reports at large: subjects, frames, purposes, verbs that come late."""

import pytest

from tests.reader.measure_texts import read

# sentence -> (span, verb, actor) of each measure in it
WORDED = {
    "18条小巷开展整治行动,全区各级共宣讲120余次。": [
        ("18条小巷开展整治行动", "开展", "18条小巷"),
        ("全区各级共宣讲120余次", "宣讲", "全区各级"),
    ],
    "截至目前,该街道在辖区内共组织了6次安全排查。": [
        ("该街道在辖区内共组织了6次安全排查", "组织", "该街道"),
    ],
    "全市共建成邻里书屋15个。": [("全市共建成邻里书屋15个", "建成", "全市")],
    "区民政局牵头制定服务清单。": [("区民政局牵头制定服务清单", "制定", "区民政局")],
    "将助老服务融入网上办事、物业管理等工作中。": [
        ("将助老服务融入网上办事、物业管理等工作中", "融入", None),
    ],
    "把“好邻居”“好楼长”等评选活动与志愿服务相结合。": [
        ("把“好邻居”“好楼长”等评选活动与志愿服务相结合", "结合", None),
    ],
    "为申请救助的老年居民开设绿色窗口。": [("为申请救助的老年居民开设绿色窗口", "开设", None)],
    "采取院坝会等多种形式讲解医保政策。": [
        ("采取院坝会等多种形式讲解医保政策", "讲解", None),
    ],
    "全年进行分批业务培训不少于9场次。": [
        ("全年进行分批业务培训不少于9场次", "培训", None),
    ],
    "严格按照“六有”标准打造服务站。": [("严格按照“六有”标准打造服务站", "打造", None)],
    "社区“九进”工作已着手实施,《窗口管理细则》出台。": [
        ("社区“九进”工作已着手实施", "实施", None),
        ("《窗口管理细则》出台", "出台", None),
    ],
    "“清单制”统筹的指挥机制、分片包干的责任机制建立健全。": [
        ("“清单制”统筹的指挥机制、分片包干的责任机制建立健全", "建立健全", None),
    ],
    "从各科室抽调了5名业务熟练,能力强的干部。": [
        ("从各科室抽调了5名业务熟练,能力强的干部", "抽调", None),
    ],
    "市民政局负责人一行,深入6个站点指导助餐工作。": [
        ("市民政局负责人一行,深入6个站点指导助餐工作", "指导", "市民政局负责人一行"),
    ],
    "坚持每季度1次,邀请医生到社区义诊。": [
        ("坚持每季度1次,邀请医生到社区义诊", "邀请", None),
    ],
    "各县区按1:1的比例配套资金30万元。": [
        ("各县区按1:1的比例配套资金30万元", "配套", "各县区"),
    ],
    "志愿者每晚为社区孩子免费辅导功课。": [
        ("志愿者每晚为社区孩子免费辅导功课", "辅导", "志愿者"),
    ],
    "服务大厅建成投入使用后,全年抽检样品120批次。": [("全年抽检样品120批次", "抽检", None)],
    "协调办公室3间,编印手册2万册,循环播放公益短片。": [
        ("协调办公室3间", "协调", None),
        ("编印手册2万册", "编印", None),
        ("循环播放公益短片", "循环播放", None),
    ],
}


@pytest.mark.parametrize("sentence", WORDED)
def test_deeds_in_other_wordings_are_found(sentence):
    assert [(each.surface, each.verb, each.actor) for each in read(sentence)] == WORDED[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "这是南桥街道开展邻里活动的一个场景。",
        "南桥社区以打造便民服务一条街为主线。",
        "街道把“稳就业、强基础”的建设理念作为工作重点。",
        "在创建六类示范点过程。",
        "在绩效考核“指挥棒”的作用下。",
        "以创建全国示范区的要求。",
        "为推动“一站式”服务常态化。",
        "理论讲解和现场参观相结合。",
        "中小学使用新版教材达100%。",
        "宣讲人次8万人。",
        "搭起“连心桥”,绘就“同心圆”。",
        "教育引导广大群众听党话、跟党走。",
        "积极服务社区各族群众,较好的完成了各项工作。",
        "该街道还充分发挥网格化服务的效能。",
    ],
)
def test_frames_outcomes_and_generalities_are_no_measures(sentence):
    assert read(sentence) == ()


def test_purpose_lasts_until_somebody_acts():
    text = "为进一步做好社区工作,深化为民服务机制,区委召开动员大会,健全联席会议机制。"
    assert [each.surface for each in read(text)] == ["区委召开动员大会", "健全联席会议机制"]


def test_form_and_the_deed_after_it_are_one_measure():
    text = "组织楼长采取入户讲解、有奖问答等形式,进行消防知识的宣传。"
    assert [each.surface for each in read(text)] == [text.removesuffix("。")]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("深入社区开展义诊。", "ongoing"),
        ("深入社区开展义诊30场。", "done"),
        ("定期开展义诊30场。", "ongoing"),
    ],
)
def test_count_of_the_outcome_makes_a_deed_of_what_goes_on(sentence, status):
    assert [each.status for each in read(sentence)] == [status]


def test_find_keeps_a_group_with_three_posts_whole():
    text = "成立了由区委书记任组长,区长任第一副组长,各部门负责人为成员的创建工作领导小组,印发了实施方案。"

    assert [measure.surface for measure in read(text)] == [
        "成立了由区委书记任组长,区长任第一副组长,各部门负责人为成员的创建工作领导小组",
        "印发了实施方案",
    ]
