"""Every cell of the matrix is asked, of what people are offered, and how units are assessed."""

import pytest

from tests.permissions.cells import cells, other_methods

pytestmark = pytest.mark.django_db

test_answers_as_the_matrix_says = cells("people")
test_refuses_every_other_method = other_methods("people")
