"""Every cell of the matrix is asked; an address without a row fails, and a row without an address too."""

import pytest

from tests.permissions.asking import fault_of
from tests.permissions.matrix import ACTORS, METHODS, ROWS, addresses, differences

pytestmark = pytest.mark.django_db


def test_knows_every_address():
    assert differences(ROWS) == {"without a row": [], "named twice": [], "without an address": []}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_answers_as_the_matrix_says(world, row):
    """A hole must be one as well: once it is mended, the ! goes off the matrix."""
    faults = {who: fault_of(world, row, who) for who in ACTORS}

    assert {
        who: fault or "mended: take the ! off the matrix"
        for who, fault in faults.items()
        if bool(fault) != (who in row.holes)
    } == {}


@pytest.mark.parametrize("route", sorted({name for name, _pattern in addresses()}))
def test_refuses_every_other_method(world, route):
    """POST is asked by everybody; the rest, which no page sends, by a stranger and by who may most."""
    rows = [row for row in ROWS if row.route == route]
    others = [method for method in METHODS if method not in {row.method for row in rows}]
    refused = rows[0].but(**dict.fromkeys(ACTORS, "method"))
    faults = {
        (method, who): fault
        for method in others
        for who in (ACTORS if method == "POST" else ("anonymous", "planner"))
        if (fault := fault_of(world, refused, who, method=method))
    }

    assert faults == {}


def test_shows_a_stranger_no_more_by_head_than_by_get(world):
    looks = [row for row in ROWS if row.method == "GET"]
    faults = {str(row): fault_of(world, row, "anonymous", method="HEAD") for row in looks}

    # The JSON addresses know no HEAD.
    assert {row: one for row, one in faults.items() if one and not one.startswith("method ")} == {}
