"""The tables that tests copy (tools/check.py has them made while it looks at other things)."""

from django.db import connection

from tests.town import tables


def test_are_there_for_whoever_comes_next(db):
    assert connection.vendor != "sqlite" or tables.made().exists()
