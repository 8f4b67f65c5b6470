"""The promise 补贴发放、财政拨款、配套、一元钱捐款: city and county pay half each; the city's half leaves only when the county's has
come; everybody reads what is missing. (In the browser: test_money_stories.py, test_public_money.py.)
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from linli.funds.models import Account, Collection, Fund, Match
from tests.town import directory, funds
from tests.town.told import desk, press, read

pytestmark = pytest.mark.django_db
COUNTY = "七里河区财政局"
HALF = "1,125,240.00"


def test_the_citys_half_waits_for_the_countys(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    keeper, county = directory.unit(funds.KEEPER), directory.unit(COUNTY)
    city = desk(funds.officer())
    press(
        city, "/console/funds/new/", name="牛羊肉价格补贴资金", unit=keeper.code, area="620200",
        alone="99999999",
    )  # fmt: skip
    fund = Fund.objects.get()
    books = f"/console/funds/{fund.code}/"
    for kind, unit in (
        ("budget", ""),
        ("appropriated", ""),
        ("allocated", ""),
        ("matched", county.code),
    ):
        press(city, f"{books}accounts/new/", kind=kind, name=kind, unit=unit)
    has = {one.kind: one.code for one in Account.objects.all()}
    _posts(city, books, "appropriate", has["budget"], has["appropriated"], HALF)
    press(city, books, "/publish/")

    # The two sides agree; until the county has paid, everybody reads what is missing and of whom.
    press(
        city, f"{books}match/", words="市县各半", amount="112.524万", ready=has["appropriated"],
        into=has["allocated"], partner=has["matched"],
        last_day=f"{localdate(noon) + timedelta(days=30)}",
    )  # fmt: skip
    match = Match.objects.get()
    public = f"/funds/{fund.code}/"
    assert HALF in read(client, public)
    at_match = f"/console/funds/matches/{match.code}/"
    assert "/release/" not in city.get(at_match).content.decode()

    # Its money and its paper come; then, and only then, the city's half is let go.
    _posts(city, books, "match", has["budget"], has["matched"], HALF)
    press(desk(funds.officer("县经办人", COUNTY)), at_match, "/show/", quote="国库支付回单。")
    press(city, at_match, "/release/")
    assert Account.objects.get(kind="allocated").balance == 112_524_000

    total = client.get(f"{public}totals/allocated.json")
    assert total.status_code == 200


def test_a_yuan_that_is_given_is_told_and_nobody_who_gave(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    directory.unit(funds.KEEPER)
    fund = funds.fund(at=noon, name="一元钱捐款")
    funds.account(fund, "gift", at=noon)
    city = desk(funds.officer())
    press(city, f"/console/funds/{fund.code}/", "/publish/")
    press(
        city, "/console/funds/gifts/new/", fund=fund.code, title="一元钱", purpose="四点半课堂",
        begins_on=f"{localdate(noon)}",
    )  # fmt: skip
    collection = Collection.objects.get()
    at_desk = f"/console/funds/gifts/{collection.code}/"
    press(city, at_desk, "/publish/")
    press(city, f"{at_desk}take/", day=f"{localdate(noon)}", door="box", gifts="26", amount="26.00")

    told = read(client, f"/gifts/{collection.code}/")
    assert ("26.00" in told, "四点半课堂" in told) == (True, True)


def _posts(who, books, verb, out_of, into, yuan):
    press(who, f"{books}post/{verb}/", out_of_1=out_of, into_1=into, amount_1=yuan, words="第一批")
