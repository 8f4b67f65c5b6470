"""The questions of the matrix, asked of some engines: a file of tests for each part, so that they can run side by side."""

import pytest

from tests.permissions.asking import fault_of
from tests.permissions.matrix import ACTORS, METHODS, ROWS, addresses

# Whatever is not named here is of the house itself.
PEOPLE = ("assessments", "offers")
GOODS = ("trace", "goods", "atlas", "open_data", "funds")


def part_of(route):
    """Return the part that an address belongs to: "people", "goods" or "house"."""
    engine = route.split(":")[0]
    return "people" if engine in PEOPLE else "goods" if engine in GOODS else "house"


def cells(part):
    """Return the test of every row of a part."""

    @pytest.mark.sweep(5)
    @pytest.mark.parametrize("row", [row for row in ROWS if part_of(row.route) == part], ids=str)
    def test_answers_as_the_matrix_says(world, row):
        """A hole must be one as well: once it is mended, the ! goes off the matrix."""
        faults = {who: fault_of(world, row, who) for who in ACTORS}

        assert {
            who: fault or "mended: take the ! off the matrix"
            for who, fault in faults.items()
            if bool(fault) != (who in row.holes)
        } == {}

    return test_answers_as_the_matrix_says


def other_methods(part):
    """Return the test of what no row of a part's addresses speaks of."""
    routes = sorted({name for name, _pattern in addresses() if part_of(name) == part})

    @pytest.mark.sweep(5)
    @pytest.mark.parametrize("route", routes)
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

    return test_refuses_every_other_method
