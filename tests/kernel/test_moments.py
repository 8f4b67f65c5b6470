"""Moments with every offset that can be written reach the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from linli.kernel.models import Look
from linli.kernel.moments import in_utc

FAR = timezone(-timedelta(hours=23, minutes=4))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment", [datetime(6693, 5, 26, 13, 35, tzinfo=FAR), datetime(2026, 1, 1, tzinfo=UTC)]
)
def test_asks_for_a_moment_with_any_offset(moment):
    assert not Look.objects.filter(at__gte=moment).exists()


def test_keeps_the_moment():
    moment = datetime(2026, 11, 22, 1, tzinfo=FAR)
    assert in_utc(moment) == moment
    assert in_utc(moment).utcoffset() == timedelta(0)
    first = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))
    assert in_utc(first) == datetime(1, 1, 1, tzinfo=UTC)
