"""The tile map, what it says in numbers, and how two values differ: pure geometry and arithmetic."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from linli.atlas.rules.maps.difference import Difference, bars, difference
from linli.atlas.rules.maps.summary import summary
from linli.atlas.rules.maps.tiles import SIDE, Entry, tile_map

CODES = [f"{number:06}" for number in range(30)]
PLACES = st.dictionaries(
    st.sampled_from(CODES), st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20
).filter(lambda places: len(set(places.values())) == len(places))


def entry(code, value=None, state="unknown", name="县"):
    return Entry(
        code=code, name=name, value=value, state=state, short="—", label=name, address=f"#{code}"
    )


def drawn(name):
    return tile_map([entry("1", name=name)], {}).tiles[0].lines


@given(PLACES, st.lists(st.sampled_from(CODES), unique=True, min_size=1))
def test_draws_every_place_once_inside_and_apart(places, codes):
    found = tile_map([entry(code) for code in codes], places)

    assert sorted(tile.code for tile in found.tiles) == sorted(codes)
    assert len({(tile.x, tile.y) for tile in found.tiles}) == len(codes)
    for tile in found.tiles:
        assert 0 <= tile.x <= found.width - SIDE
        assert 0 <= tile.y <= found.height - SIDE
    for one in found.tiles:
        assert all(
            abs(one.x - other.x) >= SIDE or abs(one.y - other.y) >= SIDE
            for other in found.tiles
            if other is not one
        )


def test_keeps_the_layout_and_puts_the_rest_below():
    found = tile_map([entry(code) for code in "abcd"], {"a": (5, 2), "b": (5, 4), "c": (7, 3)})
    at = {tile.code: (tile.x, tile.y) for tile in found.tiles}

    assert at["a"][1] == at["b"][1] < at["c"][1] < at["d"][1]
    assert at["a"][0] < at["c"][0] < at["b"][0]
    assert at["d"][0] == at["a"][0]


def test_colours_what_is_known_alone():
    found = tile_map(
        [entry("a", Decimal(1), "known"), entry("b", Decimal(9), "known"), entry("c", None, "kept_back"), entry("d")],
        {},
    )  # fmt: skip
    by_code = {tile.code: tile for tile in found.tiles}

    assert [by_code[code].step for code in "abcd"] == [1, 5, 0, 0]
    assert by_code["a"].filled.count("M") == 1
    assert by_code["a"].empty.count("M") == 4
    assert by_code["b"].filled.count("M") == 5
    assert not by_code["c"].filled
    assert (found.kept_back, found.unknown) == (1, 1)


def test_fits_names_into_squares():
    assert [line for _, line in drawn("七里河区")] == ["七里河区"]
    assert [line for _, line in drawn("张家川回族自治县")] == ["张家川回", "族自治县"]
    assert [line for _, line in drawn("积石山保安族东乡族撒拉族自治县")][1].endswith("…")
    assert [line for _, line in drawn("New Town")] == ["New Town"]
    assert [line for _, line in drawn("Upper New Town")] == ["Upper New", "Town"]


def test_says_highest_lowest_and_the_middle_half():
    found = summary([("甲", Decimal(1)), ("乙", None), ("丙", Decimal(9)), ("丁", Decimal(9)), ("戊", Decimal(4))])  # fmt: skip

    assert (found.known, found.highest, found.lowest) == (4, ("丙", "丁"), ("甲",))
    assert (found.quarter, found.middle, found.three_quarters) == (
        Decimal("2.5"),
        Decimal("6.5"),
        9,
    )
    assert summary([("甲", None)]) is None


def test_says_how_two_values_differ():
    assert difference(Decimal(30), Decimal(12), in_percent=False) == Difference(
        "times", Decimal("2.5"), 1
    )
    assert difference(Decimal("15.4"), Decimal(20), in_percent=True) == Difference(
        "points", Decimal("4.6"), 2
    )
    assert difference(Decimal(3), Decimal(3), in_percent=False).kind == "same"
    # Nothing is so many times nought, and of what is kept back nothing is said.
    assert difference(Decimal(3), Decimal(0), in_percent=False) == Difference("", Decimal(0), 1)
    assert difference(None, Decimal(3), in_percent=False).kind == ""
    assert bars(Decimal(50), Decimal(200)) == (25, 100)
    assert bars(Decimal(-1), Decimal(3)) is bars(None, Decimal(3)) is bars(Decimal(0), Decimal(0))
