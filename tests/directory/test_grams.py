"""What the index holds and what a question asks of it: every true hit is found, whatever is in between."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.rules.entries import Facets, facet_grams, facet_wanted, names_of
from linli.directory.rules.folding import folded
from linli.directory.rules.grams import All, One, asked, index_grams, slipped, tells, wanted
from linli.directory.rules.ranking import Candidate, by_overlap, heard, nearest, ranked
from linli.directory.rules.sounds import sound

HAN = st.text(alphabet="社会保障卡办理申领创业贷款", min_size=1, max_size=12)
TEXT = st.text(max_size=60)


def holds(grams, expression):
    """Answer an expression as a database would."""
    if isinstance(expression, str):
        return expression in grams
    answers = (holds(grams, part) for part in expression.parts)
    return all(answers) if isinstance(expression, All) else any(answers)


def test_folds_script_width_case_and_signs():
    assert folded("創業擔保　貸款（ＥＴＣ）") == "创业担保 贷款 etc"
    assert folded("a\0b\ud800c") == "a b c"


@given(TEXT)
def test_folds_once_and_for_all(text):
    assert folded(folded(text)) == folded(text)


def test_says_names_as_their_words_are_said():
    assert sound("银行卡") == ("yinhangka", "yhk")
    assert sound("etc 办理") == ("etcbanli", "ebl")
    assert sound("女儿") == ("nver", "ne")


@given(HAN, st.data())
def test_finds_every_part_of_a_name(name, data):
    first = data.draw(st.integers(0, len(name) - 1))
    part = name[first : data.draw(st.integers(first + 1, len(name)))]
    grams = set(index_grams([name], "", []))

    assert holds(grams, wanted(asked(part)))
    assert holds(grams, wanted(asked(part), "t"))


@given(TEXT, TEXT)
def test_finds_every_text_by_itself(text, other):
    grams = set(index_grams([], folded(text), []))
    question = asked(text)

    assert holds(grams, wanted(question))
    assert question or not wanted(question).parts


@given(st.text(alphabet="甲乙丙丁戊己", min_size=3, max_size=10), st.data())
def test_finds_a_name_with_one_wrong_character(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    typed = f"{name[:at]}错{name[at + 1 :]}"

    assert holds(set(index_grams([name], "", [])), slipped(asked(typed)))


@given(st.text(alphabet="甲乙丙丁戊己", min_size=4, max_size=10), st.data())
def test_finds_a_name_with_one_missing_or_superfluous_character(name, data):
    at = data.draw(st.integers(1, len(name) - 2))
    grams = set(index_grams([name], "", []))

    assert holds(grams, slipped(asked(name[:at] + name[at + 1 :])))
    assert holds(grams, slipped(asked(f"{name[:at]}多{name[at:]}")))


def test_forgives_nothing_in_a_short_word():
    assert slipped(asked("社保")) is None
    assert slipped(asked("shebao")) is None


@given(TEXT, TEXT)
def test_writes_no_sign_that_ends_a_quotation(names, text):
    for gram in (
        *index_grams([folded(names)], folded(text), ["a:620200"]),
        *tells(asked(text), "g"),
    ):
        assert not set("\"'\\ \0") & set(gram)


def test_finds_by_letters_what_sounds_so():
    grams = set(index_grams(["社会保障卡"], "", []))

    for typed in ("shehuibaozhang", "she hui bao", "shbzk", "baozhangka", "SHBZK"):
        assert holds(grams, wanted(asked(typed))), typed
    assert not holds(grams, wanted(asked("juzhuzheng")))


def test_reads_no_more_than_a_hundred_characters():
    assert sum(len(run.text) for run in asked("社" * 10_000)) == 100


@pytest.mark.parametrize(
    ("area", "served"),
    [("620201", True), ("620200", True), ("620000", True), ("620100", False), ("510000", False)],
)
def test_takes_a_part_for_served_when_the_whole_is(area, served):
    grams = set(facet_grams("service", areas=["620200"]))

    assert holds(grams, All(facet_wanted(Facets(area=area)))) is served


def test_narrows_by_all_facets_together():
    grams = set(
        facet_grams("service", areas=["620200"], themes=["Work"], languages=["zh-Hans"], free=True)
    )
    asked_for = Facets("service", "620200", "work", "zh-Hans", free=True)

    assert holds(grams, All(facet_wanted(asked_for)))
    for other in (
        asked_for._replace(kind="location"),
        asked_for._replace(theme="health"),
        asked_for._replace(language="ug"),
    ):
        assert not holds(grams, All(facet_wanted(other)))


def test_keeps_as_many_names_as_fit_one_line():
    kept = names_of("社保卡", ["别名" * 50, "又名" * 50, "再名" * 50])

    assert kept[0] == "社保卡"
    assert len(" | ".join(kept)) <= 240


def candidate(key, names, *, times=0, days=0):
    return Candidate(key, names, "", times, 300, date(2026, 1, 1 + days))


def test_ranks_names_before_texts_and_the_fresh_before_the_stale():
    question = asked("社保卡")
    found = [
        candidate(1, "居住证", times=1),
        candidate(2, "居住证", times=5),
        candidate(3, "补办社保卡"),
        candidate(4, "社保卡补办"),
        candidate(5, "社保卡"),
        candidate(6, "社保卡申领", days=9),
        candidate(7, "居住证"),
    ]

    assert ranked(question, found) == [5, 6, 4, 3, 2, 1, 7]


def test_leaves_out_what_only_seems_to_sound_alike():
    question = asked("sbk")
    near = Candidate(1, "x", "shebaoka sbk", 0, 0, None)
    far = Candidate(2, "x", "sabeiku sxbyk", 0, 0, None)

    assert ranked(question, [near, far]) == [1]
    assert nearest(asked("shebaoqa"), [near, far]) == [1]


def test_weighs_the_rare_more_than_the_common():
    common, rare = list(range(50)), [7]

    (best, _weight), *_ = by_overlap([common, rare, []], limit=50)

    assert best == 7


def test_says_which_parts_were_heard():
    assert heard(asked("我的社保卡要挂失"), "社保卡挂失补办") == ("社保卡", "挂失")


def test_knows_both_ways_of_joining():
    assert holds({"a"}, One(("a", "b")))
    assert not holds({"a"}, All(("a", "b")))
