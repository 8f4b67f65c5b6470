"""Every cell of the matrix is asked; an address without a row fails, and a row without an address too. Here: the house."""

import pytest

from tests.permissions.asking import fault_of
from tests.permissions.cells import cells, other_methods
from tests.permissions.matrix import ROWS, differences

pytestmark = pytest.mark.django_db


def test_knows_every_address():
    assert differences(ROWS) == {"without a row": [], "named twice": [], "without an address": []}


test_answers_as_the_matrix_says = cells("house")
test_refuses_every_other_method = other_methods("house")


def test_shows_a_stranger_no_more_by_head_than_by_get(world):
    looks = [row for row in ROWS if row.method == "GET"]
    faults = {str(row): fault_of(world, row, "anonymous", method="HEAD") for row in looks}

    # The JSON addresses know no HEAD.
    assert {row: one for row, one in faults.items() if one and not one.startswith("method ")} == {}
