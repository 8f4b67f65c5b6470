"""Whom a service is for: what is asked, what is judged, and what can never be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.rules.eligibility import AMOUNTS, SITUATIONS, Question, judge, questions
from linli.directory.rules.eligibility_grammar import grammar_fault

OLD_ENOUGH = {"kind": "age", "from": 16, "until": 60, "reason": "在劳动年龄内"}
LIVES_HERE = {
    "kind": "lives_in",
    "areas": ["620200"],
    "reason": "为本市居住者开设",
    "help": "请到居住地的同类窗口。",
}
HOLDS = {
    "kind": "holds",
    "document": "培训合格证书",
    "reason": "按证书发放",
    "help": "先参加培训。",
}
NEW_OR_SHORT = {
    "kind": "any",
    "of": [
        {"kind": "situation", "of": "new_in_town"},
        {"kind": "amount", "of": "months_here", "until": 12},
    ],
    "reason": "为新来的人准备",
}
ALL = (OLD_ENOUGH, LIVES_HERE, HOLDS, NEW_OR_SHORT)
YES = {
    "age": 30,
    "lives_in": "620200",
    "holds:培训合格证书": True,
    "situation:new_in_town": True,
}


def test_asks_each_thing_once_in_the_order_of_the_rules():
    assert questions((*ALL, HOLDS)) == (
        Question("age", "age", ""),
        Question("lives_in", "lives_in", ""),
        Question("holds:培训合格证书", "holds", "培训合格证书"),
        Question("situation:new_in_town", "situation", "new_in_town"),
        Question("amount:months_here", "amount", "months_here"),
    )


def test_says_yes_with_the_papers_to_bring():
    judgement = judge(ALL, YES)

    assert judgement.fits is True
    assert judgement.bring == ("培训合格证书",)
    assert (judgement.fails, judgement.missing) == ((), ())


def test_says_no_with_the_reason_and_what_would_help():
    judgement = judge(ALL, YES | {"holds:培训合格证书": False, "age": 60})

    assert judgement.fits is False
    assert [(one.reason, one.help) for one in judgement.fails] == [
        ("在劳动年龄内", ""),
        ("按证书发放", "先参加培训。"),
    ]
    assert judgement.missing == ()


def test_says_what_it_would_need_to_know():
    judgement = judge(ALL, {"age": 30, "lives_in": "620200"})

    assert judgement.fits is None
    assert [one.key for one in judgement.missing] == [
        "holds:培训合格证书",
        "situation:new_in_town",
        "amount:months_here",
    ]


@pytest.mark.parametrize(
    ("code", "fits"),
    [("620200", True), ("620200001", True), ("620200001002", True), ("620100", False), ("", None)],
)
def test_takes_a_part_of_a_place_for_the_place(code, fits):
    assert judge((LIVES_HERE,), {"lives_in": code}).fits is fits


@pytest.mark.parametrize(("age", "fits"), [(15, False), (16, True), (59, True), (60, False)])
def test_counts_the_first_year_and_not_the_last(age, fits):
    assert judge((OLD_ENOUGH,), {"age": age}).fits is fits


@pytest.mark.parametrize("answer", ["30", True, None])
def test_takes_an_answer_of_another_kind_for_none(answer):
    assert judge((OLD_ENOUGH,), {"age": answer}).fits is None


def test_is_for_everybody_without_rules():
    assert judge((), {}).fits is True


simple = st.one_of(
    st.builds(lambda n: {"kind": "age", "from": n}, st.integers(0, 100)),
    st.builds(lambda n: {"kind": "age", "until": n}, st.integers(1, 100)),
    st.builds(lambda of: {"kind": "situation", "of": of}, st.sampled_from(SITUATIONS)),
    st.builds(lambda of, n: {"kind": "amount", "of": of, "from": n}, st.sampled_from(AMOUNTS), st.integers(0, 99)),
    st.builds(lambda text: {"kind": "holds", "document": text}, st.sampled_from(["居住证", "毕业证"])),
    st.just({"kind": "lives_in", "areas": ["620200", "510106"]}),
)  # fmt: skip
rule = st.one_of(
    simple,
    st.builds(lambda of: {"kind": "any", "of": of}, st.lists(simple, min_size=2, max_size=3)),
).map(lambda one: one | {"reason": "理由"})
lists = st.lists(rule, max_size=5)


@st.composite
def answered(draw):
    """Rules, and an answer of the right kind to each of their questions."""
    rules = draw(lists)
    kinds = {
        "age": st.integers(0, 110),
        "amount": st.integers(0, 120),
        "lives_in": st.sampled_from(["620200", "620100", "510106001"]),
        "holds": st.booleans(),
        "situation": st.booleans(),
    }
    return rules, {one.key: draw(kinds[one.kind]) for one in questions(rules)}


@given(answered())
def test_decides_when_everything_is_answered(case):
    rules, answers = case
    judgement = judge(rules, answers)

    assert judgement.fits is not None
    assert judgement.missing == ()


@given(answered(), st.data())
def test_never_takes_a_decision_back_when_more_is_answered(case, data):
    rules, answers = case
    keys = data.draw(st.sets(st.sampled_from(sorted(answers)))) if answers else set()
    fewer = judge(rules, {key: answers[key] for key in keys})

    if fewer.fits is not None:
        assert judge(rules, answers).fits is fewer.fits
    else:
        assert {one.key for one in fewer.missing} & (answers.keys() - keys)


@given(answered(), st.randoms())
def test_decides_alike_in_whatever_order_the_rules_stand(case, random):
    rules, answers = case
    mixed = random.sample(rules, len(rules))

    assert judge(mixed, answers).fits is judge(rules, answers).fits


@given(lists)
def test_takes_every_rule_of_the_grammar(rules):
    assert grammar_fault(rules) == ""


@pytest.mark.parametrize(
    "rules",
    [
        "age > 60", [{"kind": "age"}], [{"kind": "age", "from": 60}], [{"kind": "age", "from": 9, "until": 9, "reason": "x"}],
        [{"kind": "ethnicity", "of": "x", "reason": "x"}], [{"kind": "situation", "of": "believer", "reason": "x"}],
        [{"kind": "age", "from": 1, "reason": "x", "religion": "y"}], [{"kind": "lives_in", "areas": ["62"], "reason": "x"}],
        [{"kind": "any", "of": [{"kind": "age", "from": 3}], "reason": "x"}], [{"kind": "age", "from": True, "reason": "x"}],
        [{"kind": "any", "of": [{"kind": "any", "of": []}] * 2, "reason": "x"}], [OLD_ENOUGH] * 13,
        [OLD_ENOUGH | {"reason": " "}], [HOLDS | {"document": ""}], [OLD_ENOUGH | {"from": 200, "until": None}],
    ],
)  # fmt: skip
def test_refuses_what_is_outside_the_grammar(rules):
    assert grammar_fault(rules) == "not_a_rule"


@pytest.mark.parametrize(
    "reason",
    [
        "限少数民族群众",
        "面向回族居民",
        "藏族、羌族优先",
        "党员优先",
        "for minorities only",
        "限信徒",
        "維吾爾族",
    ],
)
def test_refuses_to_name_a_group_that_one_is_born_into_or_believes_with(reason):
    assert grammar_fault([OLD_ENOUGH | {"reason": reason}]) == "group_of_people"


@pytest.mark.parametrize(
    "reason", ["民族团结进步示范单位组织的活动", "为家族企业开设", "水、电、土地", "白天上班的人"]
)
def test_lets_words_stand_that_only_look_alike(reason):
    assert grammar_fault([OLD_ENOUGH | {"reason": reason}]) == ""
