"""The promise 少数民族人口达到15%的重点乡镇(街道): which *area* comes first follows from an official published share and a rule that
everybody reads; money that goes by the rule is held against it. No person is counted here.
"""

from decimal import Decimal

import pytest

from linli.facts.models import Fact
from linli.funds.models import Priority
from tests.town import attested, directory, funds
from tests.town.told import desk, press, read

pytestmark = pytest.mark.django_db


def test_a_share_passes_the_threshold_and_its_area_comes_first(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    share, (here, there) = attested.official(), attested.places()
    unit, giver = directory.unit(attested.GIVER, area=here), desk(attested.giver())
    press(
        giver, "/console/funds/attest/priorities/new/", name="重点县区", indicator=share.code,
        threshold="15", unit=unit.code, source="实施意见", words="占比达到15%的列为重点。",
    )  # fmt: skip
    rule = Priority.objects.get()
    public = f"/funds/priorities/{rule.code}/"
    assert client.get(public).status_code == 404
    press(giver, f"/console/funds/attest/priorities/{rule.code}/", "/publish/")

    # Only what official statistics say counts: 15.4 % passes, 14.9 % does not, whoever would wish otherwise.
    attested.fact(share, here, "15.4", at=noon, year=2020)
    attested.fact(share, there, "14.9", at=noon, year=2020)
    shown = {one["area"].name: one["status"][0] for one in client.get(public).context["areas"]}
    assert shown == {here.name: "done", there.name: "plain"}
    assert Fact.objects.filter(indicator=share).count() == 2
    assert share.official_only

    # A fund that says it goes by the rule is shown beside it.
    fund = funds.fund(at=noon, unit=unit, area=here, by=attested.giver())
    funds.account(fund, "budget", at=noon, by=attested.giver())
    press(giver, f"/console/funds/{fund.code}/", "/publish/")
    press(giver, f"/console/funds/attest/priorities/{rule.code}/", fund=fund.code)
    assert fund.name in read(client, public)
    assert rule.threshold == Decimal(15)
