"""What would lift a candidate: against every set of answers, scored one by one."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.assessments.rules import lifting as rule
from linli.assessments.rules.instruments import Item
from linli.assessments.rules.scoring import SKIPPED, points
from linli.assessments.rules.verdicts import Judge, Terms, Told
from tests.town.assessments import form

_TEXT = {"zh-hans": "问"}
WEIGHTS = {"self": 10, "cross": 30, "site": 40, "poll": 20}


def _judge(*items, levels=((6000, "city"), (8000, "region"), (9000, "nation")), weights=None):
    return Judge(Terms("d", form(*items, levels=levels), weights or WEIGHTS))


def _told(source, answers, task="t"):
    return Told(source, f"{source}-{task}", 1, "d", {k: {"v": v} for k, v in answers.items()})


def _yes(key, weight, **given):
    return Item(key, "yes_no", _TEXT, weight=weight, **given)


def test_names_the_fewest_answers_for_each_level_and_the_best_first():
    judge = _judge(_yes("a", 50), _yes("b", 30), _yes("c", 15), _yes("d", 5), weights={"site": 1})
    heard = judge.heard([_told("site", {"a": "yes", "b": "no", "c": "no", "d": "no"})], None)

    told = rule.lifting(judge, heard, {})

    assert (told.now.share, told.now.level) == (5000, "")
    assert [(one.level.key, one.items) for one in told.lifts] == [
        ("city", ("b",)), ("region", ("b",)), ("nation", ("b", "c")),
    ]  # fmt: skip
    assert [(one.item, one.share, one.level, one.least) for one in told.singles] == [
        ("b", 8000, "region", "yes"), ("c", 6500, "city", "yes"), ("d", 5500, "", ""),
    ]  # fmt: skip


def test_counts_what_is_on_file_first():
    count = Item("n", "count", _TEXT, weight=50, nought="0", full="12")
    judge = _judge(_yes("a", 50), count, weights={"self": 1})
    heard = judge.heard([_told("self", {"a": "yes", "n": "1"})], None)

    told = rule.lifting(judge, heard, {"n": "8", "a": "no"})

    assert (told.now.share, told.filed, told.with_filed.share) == (5417, ("n",), 8333)
    assert (told.with_filed.level, [one.level.key for one in told.lifts]) == ("region", ["nation"])
    assert [(one.item, one.least) for one in told.singles] == [("n", "10")]


def test_says_the_least_that_is_needed():
    fewer = Item("n", "share", _TEXT, weight=90, nought="10", full="2.5")
    grade = Item("n", "scale", _TEXT, weight=90, top=4)
    for item, said, least in ((fewer, "10", "5"), (grade, 1, "3")):
        judge = _judge(item, _yes("a", 10), levels=((7000, "city"),), weights={"self": 1})
        heard = judge.heard([_told("self", {"a": "yes", "n": said})], None)

        (single,) = rule.lifting(judge, heard, {}).singles

        assert (single.item, single.least) == ("n", least)


def test_mends_what_is_vetoed_and_leaves_what_does_not_apply():
    judge = _judge(_yes("v", 0, veto=True), _yes("a", 9, may_skip=True), _yes("b", 1))
    heard = judge.heard([_told("site", {"v": "no", "a": SKIPPED, "b": "yes"})], 10_000)

    told = rule.lifting(judge, heard, {})

    assert (told.now.share, told.now.level, heard.vetoes) == (10_000, "", ("v",))
    assert [(one.item, one.level) for one in told.singles] == [("v", "nation")]
    assert {one.items for one in told.lifts} == {("v",)}
    assert (
        rule.lifting(judge, judge.heard([_told("site", {"v": "yes", "b": "yes"})], None), {}).filed
        == ()
    )


def test_says_when_no_answer_helps():
    judge = _judge(_yes("a", 1), weights={"site": 10, "poll": 90})

    told = rule.lifting(judge, judge.heard([_told("site", {"a": "no"})], 3000), {})

    assert [(one.level.key, one.items) for one in told.lifts] == [
        ("city", None), ("region", None), ("nation", None),
    ]  # fmt: skip


def test_owns_when_it_stopped_searching(monkeypatch):
    monkeypatch.setattr(rule, "MOST_TRIES", 0)
    judge = _judge(_yes("a", 1), _yes("b", 1), levels=((5000, "city"),), weights={"site": 1})

    told = rule.lifting(judge, judge.heard([_told("site", {"a": "no", "b": "no"})], None), {})

    assert not told.lifts[0].proven


_KINDS = st.sampled_from(
    [
        {"kind": "yes_no"},
        {"kind": "yes_no", "veto": True},
        {"kind": "scale", "top": 3},
        {"kind": "count", "nought": "0", "full": "7"},
        {"kind": "share", "nought": "9", "full": "1", "may_skip": True},
    ]
)
_VALUES = {
    "yes_no": ["yes", "no"],
    "scale": [0, 1, 2, 3],
    "count": ["0", "3", "7"],
    "share": ["9", "4.4", "1", SKIPPED],
}


@st.composite
def _candidates(draw):
    kinds = draw(st.lists(_KINDS, min_size=1, max_size=6))
    items = [
        Item(f"i{n}", text=_TEXT, weight=draw(st.integers(1, 7)), **one)
        for n, one in enumerate(kinds)
    ]
    at = sorted(draw(st.sets(st.integers(1, 10_000), min_size=2, max_size=2)))
    judge = _judge(*items, levels=((at[0], "low"), (at[1], "high")))
    sheets = [
        _told(source, {i.key: draw(st.sampled_from(_VALUES[i.kind])) for i in items}, str(n))
        for n, source in enumerate(
            draw(st.lists(st.sampled_from(["self", "cross", "site"]), min_size=1, max_size=4))
        )
    ]
    return judge, judge.heard(sheets, draw(st.sampled_from([None, 0, 7777])))


def _improved(judge, heard, keys):
    """What would be said with these answers the best: the sheets rewritten, and scored as any other."""
    items = {one.key: one for one in judge.terms.form.items()}
    sheets = []
    for told, _score in heard.scored:
        better = {
            key: {"v": rule.best(items[key])}
            for key in keys
            if told.answers.get(key, {}).get("v") != SKIPPED
        }
        sheets.append(replace(told, answers={**told.answers, **better}))
    return judge.verdict(judge.heard(sheets, heard.poll))


def _at_least(judge, heard, item, value):
    """The level, did every sheet say at least this of one item."""
    sheets = []
    for told, _score in heard.scored:
        said = told.answers.get(item.key, {}).get("v")
        more = said != SKIPPED and (said is None or points(item, value) > points(item, said))
        sheets.append(
            replace(
                told, answers={**told.answers, item.key: {"v": value}} if more else told.answers
            )
        )
    return judge.verdict(judge.heard(sheets, heard.poll)).level


@settings(max_examples=150, deadline=None)
@given(_candidates())
def test_equals_the_search_of_every_set(candidate):
    judge, heard = candidate
    keys = [one.key for one in judge.terms.form.items()]
    levels = [one.key for one in judge.terms.form.levels]

    told = rule.lifting(judge, heard, {})

    for single in told.singles:
        again = _improved(judge, heard, [single.item])
        assert (single.share, single.level) == (again.share, again.level)
    for lift in told.lifts:
        reaching = [
            len(some)
            for size in range(len(keys) + 1)
            for some in combinations(keys, size)
            if _improved(judge, heard, some).level in levels[levels.index(lift.level.key) :]
        ]
        assert (len(lift.items) if lift.items is not None else None) == min(reaching, default=None)
        assert lift.proven
        if lift.items is not None:
            assert (
                _improved(judge, heard, lift.items).level in levels[levels.index(lift.level.key) :]
            )


@settings(max_examples=80, deadline=None)
@given(_candidates())
def test_equals_the_search_of_every_answer(candidate):
    judge, heard = candidate
    items = {one.key: one for one in judge.terms.form.items()}
    told = rule.lifting(judge, heard, {})
    above = {lift.level.key for lift in told.lifts}

    for single in told.singles:
        item = items[single.item]
        if item.kind not in ("scale", "count"):
            continue
        tried = range(item.top + 1) if item.kind == "scale" else map(str, range(8))
        reaching = (str(n) for n in tried if _at_least(judge, heard, item, n) in above)
        assert single.least == next(reaching, "")
