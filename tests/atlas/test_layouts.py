"""The schematic map: one square each, as near as can be, always the same; moved by hand without losing anybody."""

import itertools
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.atlas.actions import layouts as actions
from linli.atlas.models import LayoutTile
from linli.atlas.queries import layers
from linli.atlas.rules.maps import layouts
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import atlas_layers, directory
from tests.town.staff import actor

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FOUR = {"620102": (0, 0), "620103": (0, 1), "620104": (1, 0), "620105": (1, 1)}
points = st.tuples(st.floats(100, 110), st.floats(30, 40))


@settings(max_examples=25)
@given(st.lists(points, min_size=1, max_size=9))
def test_gives_everybody_a_square_of_their_own_and_always_the_same(places):
    centres = {f"{at:06}": place for at, place in enumerate(places)}
    laid = layouts.lay_out(centres)
    assert laid.keys() == centres.keys()
    assert len(set(laid.values())) == len(laid)
    assert layouts.lay_out(dict(reversed(centres.items()))) == laid


def test_moves_nobody_further_than_must_be():
    """No other way of giving out the squares costs less: all of them are tried."""
    costs = [[7, 2, 9, 4], [3, 2, 8, 1], [6, 5, 4, 3]]
    best = min(
        itertools.permutations(range(4), 3), key=lambda way: sum(costs[at][to] for at, to in enumerate(way))
    )  # fmt: skip
    assert layouts._assigned(costs) == list(best)


def test_keeps_west_in_the_west_and_north_in_the_north():
    centres = {
        f"{row}{column}": (103 + column, 36 - row) for row in range(3) for column in range(4)
    }
    laid = layouts.lay_out(centres)
    for code, (row, column) in laid.items():
        assert row <= laid[f"{min(2, int(code[0]) + 1)}{code[1]}"][0]
        assert column <= laid[f"{code[0]}{min(3, int(code[1]) + 1)}"][1]


def test_lays_the_parts_out_by_their_shapes(db):
    atlas_layers.layer(at=NOW)
    count = actions.lay_out(by=atlas_layers.planner(), at=NOW, parent=atlas_layers.town())
    assert count == 4
    assert layers.layout("620100") == FOUR


def test_puts_parts_never_laid_out_below_in_order(db):
    city = atlas_layers.town()
    assert layers.layout("620100") == FOUR  # two by two, by code
    actions.set_tiles(by=atlas_layers.planner(), at=NOW, parent=city, places={"620105": (0, 5)})
    directory.area("620123", name="榆中县", level="county", parent=city)
    assert layers.layout("620100")["620123"] == (2, 0)


def move(step, area="620103", by=None):
    city = atlas_layers.town()
    actions.move_tile(by=by or atlas_layers.planner(), at=NOW, parent=city, area=area, step=step)
    return layers.layout("620100")


def test_changes_places_with_a_neighbour(db):
    assert move("down") == FOUR | {"620103": (1, 1), "620105": (0, 1)}
    hand = LayoutTile.objects.filter(by_hand=True).values_list("area_id", flat=True)
    assert set(hand) == {"620103", "620105"}


def test_goes_onto_an_empty_square(db):
    assert move("right") == FOUR | {"620103": (0, 2)}


def test_makes_room_above_the_first_row(db):
    shifted = {code: (row + 1, column) for code, (row, column) in FOUR.items()}
    assert move("up") == shifted | {"620103": (0, 1)}
    hand = LayoutTile.objects.filter(by_hand=True).values_list("area_id", flat=True)
    assert list(hand) == ["620103"]


def test_refuses_what_cannot_be(db):
    city, by = atlas_layers.town(), atlas_layers.planner()
    said = {"by": by, "at": NOW, "parent": city}
    for code, deed in {
        "not_a_part": lambda: move("up", area="510104"),
        "unknown_step": lambda: move("away"),
        "not_allowed": lambda: move("up", by=actor(Role.OFFICER)),
        "two_on_one": lambda: actions.set_tiles(**said, places={"620102": (0, 1)}),
        "off_the_map": lambda: actions.set_tiles(**said, places={"620102": (40, 0)}),
        "no_shapes": lambda: actions.lay_out(**said),
        "no_parts": lambda: actions.lay_out(by=by, at=NOW, parent=directory.area("620200")),
    }.items():
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == code
    assert not LayoutTile.objects.exists()


@pytest.mark.parametrize("wrong", [{"parent_id": "620200"}, {"row": 40}, {"row": 0, "column": 1}])
def test_the_database_keeps_a_map_a_map(db, wrong):
    move("right", area="620105")
    directory.area("620200")
    tile = {"parent_id": "620100", "area_id": "620102", "row": 9, "column": 9} | wrong
    signature = {"by_name": "甲", "by_role": "planner", "by_unit": "乙", "at": NOW}
    LayoutTile.objects.filter(area="620102").delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        LayoutTile.objects.create(**tile, **signature)
    LayoutTile.objects.create(
        parent_id="620100", area_id="620102", row=9, column=9, **signature
    )  # the same without the fault
