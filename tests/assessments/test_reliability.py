"""Agreement of those who assessed the same candidate without knowing of each other."""

from datetime import UTC, datetime
from fractions import Fraction

from linli.assessments.queries.agreement import agreement_of
from linli.assessments.rules.instruments import Item
from linli.assessments.rules.reliability import Agreement, Twice, reliability
from linli.assessments.rules.scoring import SKIPPED
from tests.town import assessments as town
from tests.town import scores as heard_town

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
_TEXT = {"zh-hans": "问"}


def _answers(**values):
    return {key: {"v": value} for key, value in values.items()}


def test_compares_each_kind_in_its_own_way():
    form = town.form(
        Item("y", "yes_no", _TEXT, weight=1, may_skip=True),
        Item("g", "scale", _TEXT, weight=1, top=4, may_skip=True),
        Item("n", "count", _TEXT, weight=1, nought="0", full="9"),
        Item("t", "text", _TEXT),
    )
    twice = [
        Twice((0, 100), (_answers(y="yes", g=1, n="1.5"), _answers(y="no", g=1, n="2.5"))),
        Twice((50, 50), (_answers(y=SKIPPED, g=3, n="4"), _answers(y=SKIPPED, g=4, n="4"))),
        Twice((90, 80), (_answers(g=SKIPPED), _answers(g=2))),
    ]

    told = reliability(form, twice)

    assert told.items["y"] == Agreement(1 - Fraction(2, 10) * 3, 2)  # yes, no, and twice neither
    # By hand, and as the oracle says: 5/6 for 1 1 | 3 4 in their order, and for 1.5 2.5 | 4 4 as numbers.
    assert told.items["g"] == Agreement(Fraction(5, 6), 2)
    assert told.items["n"] == Agreement(Fraction(5, 6), 2)
    assert (told.whole.things, "t" in told.items) == (3, False)


def test_says_what_may_be_concluded():
    words = [Agreement(Fraction(n, 1000), 9).word for n in (900, 800, 799, 667, 666, -1)]

    assert words == ["good", "good", "fair", "fair", "poor", "poor"]
    assert (Agreement(None, 0).word, Agreement(None, 0).said) == ("unknown", "")
    assert Agreement(Fraction(2, 3), 4).said == "0.667"


def test_tells_the_agreement_of_a_round(db, django_assert_max_num_queries):
    round_ = town.opened(at=AT, weights=heard_town.WEIGHTS)
    pairs = {
        "甲社区": ({"a": "yes", "b": "12"}, {"a": "yes", "b": "12"}),
        "乙社区": ({"a": "no", "b": "6"}, {"a": "yes", "b": "6"}),
    }
    both = {name: town.candidate(name, at=AT, of=round_) for name in pairs}
    for name, one in both.items():
        heard_town.twice("cross", one, *pairs[name], at=AT)
    heard_town.heard("丙社区", at=AT, of=round_, says={"cross": {"a": "no", "b": "0"}})

    with django_assert_max_num_queries(2):
        told = agreement_of(round_)

    assert told.shares == {
        both["甲社区"].pk: [(10_000, 10_000)],
        both["乙社区"].pk: [(2_000, 8_000)],
    }
    assert told.round.items["a"] == Agreement(Fraction(0), 2)
    assert told.round.items["b"] == Agreement(Fraction(1), 2)
    assert (told.round.whole.said, told.round.whole.things) == ("0.372", 2)
