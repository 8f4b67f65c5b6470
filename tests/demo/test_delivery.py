"""The demo says once who keeps two of its promises."""

import pytest

from linli.demo.courses import COURSES
from linli.demo.delivery import say_who_delivers
from linli.funds.models import Fund
from linli.plans.queries.ways import ways_of
from tests.town import delivery, offers, plans

pytestmark = pytest.mark.django_db


def test_links_training_with_courses_and_maqu_with_what_was_paid_once(noon):
    training = plans.promised_task(at=noon, title="全年培训600人次")
    maqu = plans.promised_task(at=noon, measure=training.measure, title="接收玛曲县校长挂职8名")
    course, other = offers.offer(at=noon, title=COURSES[0]), offers.offer(at=noon, title="书法课")
    account = delivery.paid_account(at=noon)
    Fund.objects.update(name="玛曲县帮扶资金")

    for _again in range(2):
        say_who_delivers(at=noon)

    assert [(way.kind, way.code) for way in ways_of(training.code)] == [("offer", course.code)]
    assert [(way.kind, way.code) for way in ways_of(maqu.code)] == [("account", account.code)]
    assert other.code != course.code
