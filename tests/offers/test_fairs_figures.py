"""What fairs count: posts, talks, offers and hires, by place and month, and nothing under ten."""

from datetime import timedelta
from decimal import Decimal

import pytest

from linli.kernel.codes import new_code
from linli.offers.figures import FIGURES
from linli.offers.models import Interview
from tests.town import fairs

pytestmark = pytest.mark.django_db
NAMES = ("offers.fair_posts", "offers.fair_talks", "offers.fair_offers", "offers.fair_hires")
NONE = {name: [] for name in NAMES}


def cells(at):
    return {
        one.name: [(cell.area, str(cell.period), cell.value) for cell in one.cells(at)]
        for one in FIGURES
        if one.name in NAMES
    }


def held(stand, post, count, **more):
    begins = stand.session.starts_at
    Interview.objects.bulk_create(
        Interview(
            code=new_code(), stand=stand, lane=0, vacancy=post, state="done", **more,
            starts_at=begins + timedelta(minutes=n), ends_at=begins + timedelta(minutes=n + 1),
        )
        for n in range(count)
    )  # fmt: skip


def test_counts_a_fair_once_it_has_begun(noon):
    fair = fairs.fair(at=noon)
    stand = fairs.stand(fair, at=noon)
    post = fairs.vacancy(stand, at=noon, posts=12)
    held(stand, post, 11, offered_at=fair.starts_at)
    over = fair.ends_at + timedelta(days=1)

    assert cells(fair.starts_at) == NONE

    found = cells(over)
    assert [found[name] and found[name][0][2] for name in NAMES] == [
        Decimal(12), Decimal(11), Decimal(11), [],
    ]  # fmt: skip


def test_makes_no_cell_under_ten(noon):
    fair = fairs.fair(at=noon)
    stand = fairs.stand(fair, at=noon)
    post = fairs.vacancy(stand, at=noon, posts=9)
    held(stand, post, 9, offered_at=fair.starts_at, hired_at=fair.starts_at)

    assert cells(fair.ends_at + timedelta(days=1)) == NONE


def test_tells_when_it_must_be_counted_again(noon):
    version = next(one.version for one in FIGURES if one.name == "offers.fair_hires")
    fair = fairs.fair(at=noon)
    stand = fairs.stand(fair, at=noon)
    seen = [version()]

    post = fairs.vacancy(stand, at=noon)
    seen.append(version())
    held(stand, post, 1)
    seen.append(version())
    Interview.objects.update(offered_at=noon)
    seen.append(version())
    Interview.objects.update(hired_at=noon)
    seen.append(version())

    assert len(set(seen)) == 5
