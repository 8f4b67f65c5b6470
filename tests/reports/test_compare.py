import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.demo.town import REPORTS
from linli.reader import read
from linli.reader.record import as_record
from linli.reports.rules.compare import OUTCOMES, Amount, by_unit, compare, counts, reaches
from linli.reports.rules.likeness import ALIKE, Clause, Shelf, likeness, paired, phrase


def record(name, data=None):
    reading = read(data or (REPORTS / name).read_bytes(), name=name)
    return as_record(reading) | {"lines": [list(line) for line in reading.lines]}


def fates(earlier, later):
    return {
        fate.earlier.words: (fate.outcome, fate.later.words if fate.later else None)
        for fate in compare(earlier, later)
        if fate.earlier
    }


def test_follows_the_promises_of_lanzhou():
    """As read by people beforehand, see the demo's README."""
    found = fates(record("lanzhou-2016.pdf"), record("lanzhou.html"))

    read_by_people = {
        "举办拉面师技能培训班": ("fulfilled", "市人社局举办拉面师技能培训班"),
        "培训学员70名": ("fulfilled", "培训学员70名"),
        "建成清真食品电子监管平台一期工程": (
            "fulfilled",
            "市食药监局建成清真食品电子监管平台一期工程",
        ),
        "新建社区服务站20个": ("changed", "新建社区服务站12个"),
        "召开联席会议不少于4次": ("fulfilled", "全年召开会议4次"),
        "修订《兰州市清真食品管理规定》": ("restated", "修订《兰州市清真食品管理规定》"),
        "建设民族文化展示馆1座": ("vanished", None),
    }
    # What the reader finds has the fate that people gave it; how much it finds is the reader's own test.
    assert found == {words: fate for words, fate in read_by_people.items() if words in found}
    assert len(found) >= 6


def test_follows_the_promises_of_jiayuguan():
    earlier, later = record("jiayuguan-2018.txt"), record("jiayuguan.txt")

    found = fates(earlier, later)
    read_by_people = {
        "安排对口支援资金800万元": ("fulfilled", "全市向甘南州玛曲县安排对口支援资金800万元"),
        "在玛曲县建设高原慢性病康复中心": ("fulfilled", "用于建设高原慢性病康复中心"),
        "接收玛曲县校(园)长挂职锻炼8名": ("fulfilled", "市教育局接收玛曲县校(园)长挂职锻炼8名"),
        "面向甘南州高校毕业生提供岗位不少于200个": ("changed", "2019年共提供岗位151个"),
        "扩建铁南社区邻里服务站": ("restated", "嘉峪关市将扩建铁南社区邻里服务站"),
        "建设民族团结主题公园1座": ("vanished", None),
        "力争2019年底前创成全国民族团结进步示范市": (
            "changed",
            "力争2020年创成全国民族团结进步示范市",
        ),
    }
    assert found == {words: fate for words, fate in read_by_people.items() if words in found}
    assert len(found) >= 6
    differs = {f.earlier.words: f.differs for f in compare(earlier, later) if f.differs}
    assert differs["面向甘南州高校毕业生提供岗位不少于200个"] == ("short",)
    assert set(differs.values()) <= {("short",), ("date",)}


def test_names_what_is_newly_promised():
    new = [fate.later.words for fate in compare(record("jiayuguan-2018.txt"), record("jiayuguan.txt")) if fate.outcome == "new"]  # fmt: skip

    assert "办好面向新市民的技能培训班" in new
    assert "嘉峪关市将扩建铁南社区邻里服务站" not in new


def test_counts_by_the_unit_that_a_sentence_names():
    found = compare(record("lanzhou-2016.pdf"), record("lanzhou.html"))

    units = dict(by_unit(found))
    assert units["市食药监局"]["fulfilled"] == 1
    assert sum(sum(tally.values()) for tally in units.values()) == len(found)
    total = counts(found)
    assert list(total) == list(OUTCOMES)
    assert total["vanished"] == 1
    assert sum(total.values()) == len(found)


def test_finds_every_promise_said_again_in_the_same_report():
    reading = record("lanzhou-2016.pdf")

    assert {outcome for outcome, _ in fates(reading, reading).values()} == {"restated"}


def test_leaves_out_passages_about_watching_people():
    plan = "某区工作总结\n2025年,将加装高清摄像头48个,将新建服务窗口5个。\n".encode()
    reading = record("a.txt", plan)

    assert [fate.earlier.words for fate in compare(reading, record("b.txt", b"\xe7\x94\xb2"))] == [
        "将新建服务窗口5个"
    ]


@pytest.mark.parametrize(
    ("bound", "promised", "reached", "met"),
    [
        ("exact", 8, 8, True),
        ("at_least", 200, 151, False),
        ("at_least", 4, 5, True),
        ("at_most", 3, 2, True),
        ("less_than", 3, 4, False),
    ],
)
def test_asks_of_a_limit_to_be_kept_and_of_an_aim_to_be_reached(bound, promised, reached, met):
    assert reaches(Amount("f1", promised, "item", bound, ""), reached) is met


words = st.text("举办培训班服务站社区资金会议", max_size=12)
clauses = st.builds(Clause, about=words, thing=words, verb=st.sampled_from(["举办", "建设", ""]))


@given(clauses, clauses)
def test_measures_likeness_the_same_from_both_sides(a, b):
    assert 0 <= likeness(a, b) <= 100
    assert likeness(a, b) == likeness(b, a)
    if a.about:
        assert likeness(a, a) == 100


@given(st.lists(clauses, max_size=8), st.lists(clauses, max_size=8))
def test_pairs_one_to_one_and_only_what_is_alike(ones, others):
    pairs = paired(ones, others)

    assert len({index for index, _ in pairs.values()}) == len(pairs)
    for at, (index, score) in pairs.items():
        assert score == likeness(ones[at], others[index]) >= ALIKE
    # Nobody is left alone beside somebody alike who is alone too.
    lonely = set(range(len(others))) - {index for index, _ in pairs.values()}
    for at in set(range(len(ones))) - set(pairs):
        assert not lonely & {index for index, _ in Shelf.of(others).nearest(ones[at])}


@given(st.lists(clauses, max_size=6), st.lists(clauses, max_size=6))
def test_pairs_the_same_every_time(ones, others):
    assert paired(ones, others) == paired(list(ones), list(others))


def neighbours(one):
    return {one.about[at : at + 2] for at in range(len(one.about) - 1)} or {one.about}


@given(clauses, st.lists(clauses, max_size=10))
def test_overlooks_nothing_alike_on_a_shelf(one, others):
    """The shelf looks closely at what shares two neighbouring characters: all that is alike does."""
    near = {index for index, _ in Shelf.of(others).nearest(one)}

    for index, other in enumerate(others):
        if likeness(one, other) >= ALIKE and neighbours(one) & neighbours(other):
            assert index in near


def test_looks_closely_at_few_however_many_there_are():
    many = [phrase(f"举办第{'甲' * (n % 40)}期培训班") for n in range(2000)]

    assert 0 < len(Shelf.of(many).nearest(phrase("举办培训班"))) <= 24


def test_reads_both_scripts_alike():
    assert phrase("新建社區服務站20個") == phrase("新建社区服务站12个")


def test_knows_every_outcome_in_words():
    from linli.reports.views import words as said

    assert set(said.OUTCOMES) == set(said.OUTCOMES_ABOUT) == set(said.OUTCOME_STATES) == set(OUTCOMES)  # fmt: skip
