"""The public's totals: read off balances, they are what every transfer makes; each row of the picture is all the money."""

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.funds.actions import ledger
from linli.funds.queries.totals import Stood, behind, plain_totals, stood, version_of, whole_totals
from linli.funds.rules import flows
from linli.funds.rules.totals import ASKED, ROWS, TOTALS, amount, plainly, rate, ribbons, told
from linli.funds.schemas.total_words import MEANINGS, SHORT, TITLES
from linli.funds.views.flow_picture import GAP, HEIGHT, WIDTH, picture
from tests.town import funds as town

WAYS = sorted({way for ways in flows.WAYS.values() for way in ways})
# Any way that money may flow, or back by a reversal.
MOVES = st.dictionaries(
    st.sampled_from([*WAYS, *(way[::-1] for way in WAYS)]), st.integers(0, 10**12), max_size=14
)


def balances_of(moves):
    found = defaultdict(int)
    for (out_of, into), fen in moves.items():
        found[out_of] -= fen
        found[into] += fen
    return found


def few_of(moves):
    return {way: fen for way, fen in moves.items() if way in ASKED or way[::-1] in ASKED}


@given(MOVES)
def test_reads_off_balances_what_every_transfer_makes(moves):
    assert told(balances_of(moves), few_of(moves)) == {
        code: amount(total, moves) for code, total in TOTALS.items()
    }


@given(MOVES)
def test_adds_up_to_all_the_money_in_every_row(moves):
    found = told(balances_of(moves), few_of(moves))

    assert [sum(found[code] for code in row) for row in ROWS] == [found["given"]] * 3
    assert found["unspent"] == found["given"] - found["paid"] - found["given_back"]
    assert found["received"] == found["social"] + found["gifts"]


@given(MOVES)
def test_leads_every_fen_from_row_to_row_or_draws_nothing(moves):
    found, drawn = (
        told(balances_of(moves), few_of(moves)),
        ribbons(balances_of(moves), few_of(moves)),
    )
    for row in (0, 1):
        between = [one for one in drawn if (one.out_of in ROWS[0]) == (row == 0)]
        leaves, arrives = defaultdict(int), defaultdict(int)
        for one in between:
            leaves["use" if one.out_of in ("matched", "allocated") else one.out_of] += one.amount
            arrives[one.into] += one.amount
        if drawn:
            assert sum(leaves.values()) == sum(arrives.values()) == found["given"]
            assert {code: found[code] for code in ROWS[row + 1] if found[code]} == arrives


@pytest.mark.parametrize(
    ("given", "paid", "back", "tenths"),
    [(0, 0, 0, None), (3, 1, 0, 333), (3, 3, 0, 1000), (10**9, 10**9 - 1, 0, 999), (4, 1, 2, 500), (4, 0, 4, None)],
)  # fmt: skip
def test_rounds_the_rate_down(given, paid, back, tenths):
    assert rate({"given": given, "paid": paid, "given_back": back}) == tenths


def test_names_every_total():
    assert TITLES.keys() == MEANINGS.keys() == SHORT.keys() == TOTALS.keys()


SUBSIDY = {
    ("budget", "appropriated"): 112_524_000,
    ("budget", "matched"): 112_524_000,
    ("appropriated", "allocated"): 112_524_000,
    ("matched", "committed"): 12_524_000,
    ("allocated", "paid"): 100_000_000,
}


def drawn(moves):
    return picture(Stood(balances_of(moves), few_of(moves)), SHORT, str)


def test_draws_each_row_as_wide_as_all_the_money():
    found = drawn(SUBSIDY)

    rows = defaultdict(list)
    for part in found.parts:
        rows[part.y].append(part)
    assert list(rows) == [0, 20 + GAP, 2 * (20 + GAP)]
    assert [[part.code for part in row] for row in rows.values()] == [
        ["partner", "appropriated"],
        ["matched", "allocated"],
        ["paid", "committed", "left"],
    ]
    assert [round(sum(part.width for part in row)) for row in rows.values()] == [WIDTH] * 3
    assert [part.number for part in found.parts] == [1, 2, 3, 4, 5, 6, 7]
    assert [part.fits for part in found.parts] == ["all"] * 5 + ["no", "all"]
    assert max(rows) + 20 < HEIGHT
    assert [band.code for band in found.bands] == [
        "matched",
        "allocated",
        "paid",
        "committed",
        "left",
    ]
    assert (
        found.bands[0].path
        == "M0.00 20C0.00 63 0.00 63 0.00 106H170.00C170.00 63 170.00 63 170.00 20Z"
    )
    assert "112524000" in found.said


def test_gives_narrow_parts_a_number_and_the_narrowest_nothing():
    found = drawn(
        {
            ("budget", "appropriated"): 1000,
            ("appropriated", "allocated"): 50,
            ("allocated", "paid"): 2,
        }
    )
    parts = {part.code: part for part in found.parts}

    assert (parts["allocated"].fits, parts["allocated"].numbered) == ("no", True)
    assert (parts["paid"].fits, parts["paid"].numbered) == ("no", False)
    assert parts["appropriated"].fits == "all"


@pytest.mark.parametrize(
    "moves",
    [
        {},
        # Social capital that was allocated, and went back to where budgets' money waits.
        {("social", "received"): 5, ("received", "allocated"): 5, ("allocated", "appropriated"): 5},
    ],
)
def test_draws_nothing_of_nothing_and_nothing_of_what_went_round(moves):
    assert drawn(moves) is None


@pytest.fixture
def history(db, noon):
    """A fund that went every way: with a reversal, money given back, and a partner."""
    fund = town.fund(at=noon)
    of = {kind: town.account(fund, kind, at=noon) for kind in flows.KINDS}

    def post(verb, *lines):
        return town.posted(fund, verb, *((of[a], of[b], fen) for a, b, fen in lines), at=noon)

    post("appropriate", ("budget", "appropriated", 1000))
    post("receive", ("social", "received", 300), ("gift", "received", 30))
    wrong = post("match", ("budget", "matched", 77))
    ledger.reverse(by=town.officer(), at=noon, entry=wrong, day=noon.date(), words="记错了")
    post("match", ("budget", "matched", 400), ("appropriated", "matched", 50))
    post("allocate", ("appropriated", "allocated", 600), ("received", "allocated", 100))
    post("commit", ("allocated", "committed", 80), ("matched", "committed", 20))
    post(
        "disburse", ("allocated", "paid", 500), ("matched", "paid", 300), ("committed", "paid", 60)
    )
    post("return", ("appropriated", "given_back", 40), ("allocated", "given_back", 7))
    post("return", ("paid", "allocated", 9), ("committed", "matched", 5))
    return fund


def test_tells_the_totals_of_a_fund(history):
    found = stood(history).totals

    assert found == {
        "given": 1730, "appropriated": 1000, "partner": 400, "received": 330, "social": 300,
        "gifts": 30, "allocated": 700, "matched": 450, "not_allocated": 540, "returned": 40,
        "paid": 851, "committed": 35, "left": 257, "given_back": 47, "unspent": 832,
    }  # fmt: skip
    assert plain_totals([history]) == {history.pk: plainly(stood(history).balances)}
    assert whole_totals(type(history).objects.all()) == plain_totals([history])[history.pk]


def test_finds_behind_every_total_what_makes_it(history, noon):
    found = stood(history).totals
    for code, total in TOTALS.items():
        rows = behind(history, total, day=noon.date(), known_at=noon)
        assert sum(one.amount for one in rows) == found[code], code

    paid = behind(history, TOTALS["paid"], day=noon.date(), known_at=noon)
    assert [tuple(one) for one in paid] == [
        ("disburse", "allocated", "paid", 1, 500),
        ("disburse", "committed", "paid", 1, 60),
        ("disburse", "matched", "paid", 1, 300),
        ("return", "paid", "allocated", 1, -9),
    ]


def test_knows_nothing_before_it_was_recorded_nor_before_its_day(history, noon):
    early, before = noon - timedelta(seconds=1), noon.date() - timedelta(days=1)

    assert behind(history, TOTALS["paid"], day=noon.date(), known_at=early) == []
    assert behind(history, TOTALS["paid"], day=before, known_at=noon) == []
    assert version_of(history, day=noon.date(), known_at=early) == (0, None)
    version = version_of(history, day=noon.date(), known_at=noon)
    assert (version.entries, version.last) == (10, history.transactions.order_by("-pk").first())


def test_reads_few_transfers_however_many_there_are(history, django_assert_num_queries):
    with django_assert_num_queries(3):
        stood(history)
