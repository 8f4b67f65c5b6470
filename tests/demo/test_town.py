import pytest
from django.db.models import Sum

from linli.demo import town
from linli.demo.staff import LOGINS, PASSWORD
from linli.demo.years import PLACES, yearly_report
from linli.facts.models import Fact
from linli.funds.models import Account, Fund, Match, Order, Project, Receipt, Sent, Transaction
from linli.funds.queries.balances import untrue_balances
from linli.funds.queries.matches import missing_of
from linli.kernel.actors import OF_STAFF
from linli.reports.models import Report
from linli.reports.views.page import reading_page
from tests.town import filled as kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory, noon):
    """How many reports the demo has made."""
    with django_db_blocker.unblock(), kept.demo(tmp_path_factory.mktemp("demo"), noon):
        yield Report.objects.count()


def test_fills_five_places_with_published_readings(filled):
    areas = set(Report.objects.published().values_list("area", flat=True))
    assert filled == Report.objects.count() >= 5
    assert areas == {"620103", "620200", "620100", "450205", "510106"}


def test_changes_nothing_the_second_time(filled, noon):
    def made():
        reports = list(Report.objects.values_list("pk", "digest", "published_at"))
        return reports, [one.objects.count() for one in (Fund, Transaction, Project, Fact)]

    before = made()

    assert town.fill(size=1, at=noon) == 0
    assert made() == before


def test_moves_the_money_of_which_the_reports_tell(filled):
    given = Account.objects.filter(fund__name="对口支援石渠县资金", kind__in=["budget", "social"])
    assert dict(given.values_list("kind", "balance")) == {
        "budget": -30_300_000_000, "social": -4_836_000_000,
    }  # fmt: skip
    assert Project.objects.published().filter(receiving="513332").count() == 260
    assert (
        Sent.objects.filter(programme__area="510106").aggregate(Sum("count"))["count__sum"] == 158
    )
    assert untrue_balances() == []
    assert Order.objects.filter(state="asked").exists()
    assert Receipt.objects.filter(taking=None).exists()


def test_proves_by_the_ledger_what_the_reports_claim_of_money(filled):
    report = Report.objects.get(name="lanzhou.html")
    (halves,) = [one for one in reading_page(report)["arithmetic"] if one["kind"] == "sum"]

    assert [int(one.value) for one in halves["proof"]] == [1_125_240, 1_125_240, 2_250_480]
    proven = Fact.objects.current().filter(indicator__code__startswith="funds.").proven()
    assert {"funds.public", "funds.social", "funds.donations"} <= set(
        proven.filter(supersedes__isnull=False).values_list("indicator__code", flat=True)
    )
    pair = Fact.objects.current().filter(indicator__code="economy.poverty_rate", area="513332")
    told = pair.filter(status=Fact.CONFIRMED).values_list("period_from", "value")
    assert {day.year: float(value) for day, value in told} == {2014: 22.88, 2019: 0.26}


def test_waits_with_matched_money_for_a_county_that_is_late(filled, noon):
    late = Match.objects.get(fund__name="牛羊肉价格补贴资金", release=None)
    assert [one.whose for one in missing_of(late, noon.date())] == ["partner", "partner"]


def test_adds_a_year_for_each_place_and_size(filled, noon):
    assert town.fill(size=2, at=noon) == len(PLACES)
    assert Report.objects.filter(name__endswith="-2025.txt").count() == len(PLACES)
    assert Report.objects.count() == filled + len(PLACES)


def test_writes_the_same_year_the_same_way():
    assert yearly_report("兰州市", 2024) == yearly_report("兰州市", 2024)
    assert yearly_report("兰州市", 2024) != yearly_report("兰州市", 2025)


def test_hires_staff_of_every_role_who_can_sign_in(filled, client):
    assert {login.role for login in LOGINS} == set(OF_STAFF)
    for login in LOGINS:
        assert client.login(username=login.username, password=PASSWORD)
