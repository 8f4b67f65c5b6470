"""What is done to a fund once: accounts are closed empty, and a fund is published for good."""

import pytest

from linli.funds.actions import accounts, publishing
from linli.funds.models import Account, Fund
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import funds as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
OWN, STRANGER = town.officer(), town.officer(unit="嘉峪关市教育局")


def refused(deed):
    """Return the code of the refusal; nothing was written."""
    before = [list(model.objects.order_by("pk").values()) for model in (Fund, Account)]
    with pytest.raises(Refused) as caught:
        deed()
    assert [list(model.objects.order_by("pk").values()) for model in (Fund, Account)] == before
    return caught.value.code


@pytest.fixture
def fund(noon):
    return town.fund(at=noon)


def test_publishes_a_fund_once(fund, noon):
    def publish(by=OWN):
        return publishing.publish(by=by, at=noon, fund=fund)

    assert refused(publish) == "no_accounts"
    town.account(fund, "budget", at=noon)
    assert refused(lambda: publish(STRANGER)) == "not_own_unit"
    assert refused(lambda: publish(actor(Role.SUPERVISOR))) == "not_allowed"

    assert publish().published_at == noon
    assert refused(publish) == "already_published"


def test_closes_an_account_that_is_empty(fund, noon):
    budget = town.account(fund, "budget", at=noon)
    stands = town.account(fund, "appropriated", at=noon)
    back = town.account(fund, "given_back", at=noon)
    town.posted(fund, "appropriate", (budget, stands, 5), at=noon)

    def close(account, by=OWN):
        return accounts.close_account(by=by, at=noon, account=account)

    assert refused(lambda: close(stands)) == "not_empty"
    assert refused(lambda: close(back, STRANGER)) == "not_own_unit"
    assert refused(lambda: close(back, actor(Role.CLERK, unit=town.KEEPER))) == "not_allowed"
    town.posted(fund, "return", (stands, back, 5), at=noon)
    for account in (budget, stands, back):
        assert close(account).closed_on == noon.date()
    assert refused(lambda: close(stands)) == "account_closed"
    assert (
        refused(lambda: town.posted(fund, "appropriate", (budget, stands, 1), at=noon))
        == "account_closed"
    )
