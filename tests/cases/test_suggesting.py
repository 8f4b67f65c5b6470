"""Topics suggested from somebody's own words: what fits, why, and silence when nothing does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.suggesting import MOST, Known, fold, suggested

TOPICS = (
    Known("lamp", "路灯照明", ("路灯", "灯不亮", "照明"), "道路、楼道和公共场所的照明"),
    Known("rubbish", "环境卫生", ("垃圾", "清扫", "rubbish"), "垃圾清运、清扫保洁、公共厕所"),
    Known("noise", "噪声扰民", ("噪音", "噪声", "太吵"), "施工、广场舞、店铺噪声"),
    Known("wages", "欠薪", ("拖欠工资", "工资", "欠薪", "包工头"), "用人单位拖欠劳动报酬"),
    Known("school", "子女入学", ("入学", "上学", "转学", "学籍"), "随迁子女接受义务教育"),
    Known("permit", "居住证", ("居住证", "暂住"), "居住证申领、签注和补办"),
    Known("health", "医保参保", ("医保", "报销", "参保"), "城乡居民基本医疗保险"),
    Known("water", "供水", ("停水", "水管", "自来水"), "供水、水压和水质"),
    Known("heating", "供暖", ("暖气", "供暖", "不热"), "冬季采暖温度和收费"),
    Known("legal", "法律援助", ("律师", "法律援助", "打官司"), "经济困难者的法律帮助"),
    Known("sign", "语言文字", ("翻译", "看不懂", "تەرجىمە"), "窗口语言服务和标识译文"),
    Known("other", "其他"),
)
SAID = (
    ("楼道里的路灯坏了半个月", "lamp"),
    ("樓道裡的路燈壞了半個月", "lamp"),
    ("小区门口垃圾没人清运，味道很大", "rubbish"),
    ("The RUBBISH has not been collected", "rubbish"),
    ("楼下烧烤店半夜太吵睡不着", "noise"),
    ("老板拖欠工资三个月不给", "wages"),
    ("包工头跑了，我们的钱没拿到", "wages"),
    ("孩子九月要上学，外地来的怎么报名", "school"),
    ("想办居住证要带什么", "permit"),
    ("住院的医保怎么报销", "health"),
    ("我家停水两天", "water"),
    ("暖气不热，屋里只有十四度", "heating"),
    ("想找律师帮我打官司", "legal"),
    ("窗口的表格看不懂", "sign"),
    ("تەرجىمەسى خاتا", "sign"),
    ("关于随迁子女的义务教育政策", "school"),
    ("冬季采暖收费标准", "heating"),
)


@pytest.mark.parametrize(("said", "code"), SAID)
def test_suggests_first_what_was_meant(said, code):
    assert suggested(said, TOPICS)[0].code == code


@pytest.mark.parametrize("said", ["", "你好", "我有一个问题想反映，希望你们办理", "aaaa", "12345"])
def test_suggests_nothing_for_words_that_say_nothing(said):
    assert suggested(said, TOPICS) == []


def test_gives_the_persons_own_words_as_the_reason():
    (first, *_) = suggested("樓道裡的路燈壞了", TOPICS)

    assert first.because == ("路燈", "樓道")


def test_gives_the_longer_word_alone():
    (first, *_) = suggested("老板拖欠工资", TOPICS)

    assert first.because[0] == "拖欠工资"
    assert "工资" not in first.because


def test_counts_a_word_less_that_many_topics_claim():
    shared = (Known("a", "甲", ("水",)), Known("b", "乙", ("水",)), Known("c", "丙", ("水表",)))

    assert [one.code for one in suggested("水表", shared)] == ["c"]


def test_finds_letters_only_where_a_word_begins():
    topics = (Known("rat", "鼠", ("rats",)),)

    assert suggested("Rats in the yard", topics)[0].code == "rat"
    assert suggested("the crats of old", topics) == []


@given(st.text(max_size=80))
def test_suggests_few_known_topics_in_order_whatever_is_said(said):
    found = suggested(said, TOPICS)

    assert len(found) <= MOST
    assert {one.code for one in found} <= {topic.code for topic in TOPICS}
    assert [one.weight for one in found] == sorted((o.weight for o in found), reverse=True)
    assert all(one.because or one.weight for one in found)


@given(st.text(alphabet="路灯燈壞坏了水管樓楼Ａaä ", max_size=20))
def test_folds_once_and_for_all(said):
    assert fold(fold(said)) == fold(said)


@given(st.permutations(TOPICS))
def test_does_not_depend_on_the_order_of_topics(topics):
    said = "路灯坏了，垃圾没人扫，还停水"

    assert suggested(said, topics) == suggested(said, TOPICS)
