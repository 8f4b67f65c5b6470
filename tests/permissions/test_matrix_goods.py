"""Every cell of the matrix is asked, of goods, money, maps and open data."""

import pytest

from tests.permissions.cells import cells, other_methods

pytestmark = pytest.mark.django_db

test_answers_as_the_matrix_says = cells("goods")
test_refuses_every_other_method = other_methods("goods")
