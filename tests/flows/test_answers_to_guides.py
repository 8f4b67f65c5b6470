"""What it took stands beside what was promised: from enough answered cases, once a month, and never of fewer."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from linli.cases.actions import following
from linli.cases.figures import working_days_by_guide
from linli.directory.actions.measuring import Measure, Span, measure_services
from linli.directory.models import MeasuredTime
from linli.facts.models import Indicator
from linli.flows.answers_to_guides import FIGURE, measure_guides
from linli.kernel.editions import edition_of
from linli.kernel.refusals import Refused
from tests.cases.console import page
from tests.town import cases, services

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 10, 13, 2, tzinfo=UTC)  # a week without a holiday follows
SPAN = (date(2025, 11, 1), date(2026, 11, 1))


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield


def guided(*, promised_days=2, **topic):
    service = services.service(promised_days=promised_days, statutory_days=20)
    return service, cases.topic(service=service, **topic)


def answered(count, *, topic, days, at=TUESDAY):
    """Let so many cases be asked at `at` and answered calendar days later."""
    for _ in range(count):
        case = cases.taken(at=at, topic=topic)
        cases.handling.reply(
            by=cases.officer(case.unit.name), at=at + timedelta(days=days), case=case, words="好。"
        )


def test_tells_the_median_of_working_days_beside_the_promise(client, noon):
    service, topic = guided()
    answered(6, topic=topic, days=7)  # a weekend between: five working days
    answered(5, topic=topic, days=1)

    assert measure_guides(noon) == 1

    row = MeasuredTime.objects.get()
    assert (row.service, row.days, row.cases, row.since, row.until, row.figure) == (
        service, Decimal("5.0"), 11, *SPAN, "",
    )  # fmt: skip
    text = page(client, f"/services/{service.code}/")
    for words in ("20 working days", "2 working days", "5 working days, the middle one"):
        assert words in text
    assert "Measured from 11 answered cases, 2025-11 to 2026-10 ." in text


@pytest.mark.parametrize(("count", "told"), [(9, False), (10, True)])
def test_says_so_when_too_few_were_answered(client, noon, count, told):
    service, topic = guided()
    answered(count, topic=topic, days=1)

    measure_guides(noon)

    row = MeasuredTime.objects.get()
    assert (row.days, row.cases) == ((Decimal("1.0"), 10) if told else (None, None))
    text = page(client, f"/services/{service.code}/")
    assert ("fewer than ten cases were answered" in text) != told
    assert f"{count} answered cases" in text or not told


def test_leaves_out_what_is_not_its_own(noon):
    _service, topic = guided()
    answered(9, topic=topic, days=1)
    answered(1, topic=cases.topic("other-thing", service=None), days=1)
    answered(1, topic=topic, days=1, at=noon - timedelta(days=15))  # answered in November
    case = cases.answered(at=TUESDAY, topic=topic)
    following.withdraw(at=TUESDAY, case=case)

    assert working_days_by_guide(*SPAN) == [(_service.code, None, 9)]


def test_tells_nothing_of_sensitive_matters(noon):
    _service, topic = guided(sensitive=True)
    answered(10, topic=topic, days=1)

    assert measure_guides(noon) == 0
    assert not MeasuredTime.objects.exists()


def test_leaves_a_measured_month_as_it_is(noon):
    _service, topic = guided()
    answered(10, topic=topic, days=1)
    measure_guides(noon)
    mark = edition_of("directory")
    answered(10, topic=topic, days=7)

    assert measure_guides(noon + timedelta(days=1)) == 0
    assert MeasuredTime.objects.get().cases == 10
    assert edition_of("directory") == mark
    assert measure_guides(datetime(2026, 12, 2, tzinfo=UTC)) == 1
    assert MeasuredTime.objects.get().cases == 20
    assert edition_of("directory") != mark


def test_links_the_figure_that_is_public(client, noon):
    service, topic = guided()
    Indicator.objects.create(
        code=FIGURE, name="答复天数中位数", unit="天", kind="duration", definition="天数", computed_by="邻里",
        public=True,
    )  # fmt: skip
    answered(10, topic=topic, days=1)
    measure_guides(noon)

    assert (
        f'href="/en/facts/{FIGURE}/"'
        in client.get(f"/en/services/{service.code}/").content.decode()
    )


def test_asks_the_same_few_questions_however_many_guides(noon, django_assert_max_num_queries):
    for number in range(5):
        service = services.service(f"服务{number}")
        cases.topic(f"topic-{number}", service=service)

    with django_assert_max_num_queries(9):
        assert measure_guides(noon) == 5


def test_takes_a_measure_from_the_calendar_alone(noon):
    service, _topic = guided()
    with pytest.raises(Refused, match="not_allowed"):
        measure_services(
            by=cases.planner(), at=noon, span=Span(*SPAN),
            measures=[Measure(service.code, Decimal(1), 10)],
        )  # fmt: skip
    assert not MeasuredTime.objects.exists()
