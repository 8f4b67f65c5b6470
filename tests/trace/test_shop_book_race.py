"""A table that is brought at the same moment through several doors is entered once."""

from datetime import UTC, datetime

import pytest

from linli.trace.actions import book
from linli.trace.models import BookLine, BookSheet
from linli.trace.queries.keys import as_operator
from linli.trace.queries.shop_shelf import Shelf, Typed
from tests.town import trace
from tests.town.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(("digests", "lines"), [("aaa", 1), ("abc", 3)])
def test_enters_a_table_once_however_many_bring_it(digests, lines):
    """Its digest is what tells: under three of them the same rows are entered three times."""
    place = trace.premises(at=NOW)
    made = Shelf(place.operator, place, NOW).read("made", Typed("酱牛肉", "30"))
    [first] = book.enter(by=trace.officer(), at=NOW, operator=place.operator, deeds=[made]).lines

    def brings(number):
        # Each at another second: else the events were the same, and known by their hash.
        at = NOW.replace(second=number + 1)
        deed = Shelf(place.operator, place, at).read("sold", Typed(first.lot.code, "1"))
        book.take_in(
            by=as_operator(place.operator), at=at, operator=place.operator,
            digest=digests[number] * 64, deeds=[deed],
        )  # fmt: skip

    assert at_once(3, brings) == []
    assert BookLine.objects.filter(kind="sold").count() == lines
    assert BookSheet.objects.count() == len(set(digests))
