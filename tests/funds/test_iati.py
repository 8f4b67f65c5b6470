"""IATI's files: outside checks find nothing to say, and every amount is the ledger's, to the fen."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from lxml import etree

from linli.funds.actions import publishing
from linli.funds.actions.accounts import close_account
from linli.funds.models import Transfer
from linli.funds.queries.balances import trial_balance
from linli.funds.rules import flows
from linli.funds.rules.rulesets import judge
from linli.funds.schemas import iati_files
from linli.kernel.exporting import Nothing
from tests.town import directory, money
from tests.town import funds as town

pytestmark = pytest.mark.django_db
ORG = "11620200000000000N"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(autouse=True)
def _reporting(settings):
    settings.REPORTING_ORG = f"{ORG} 嘉峪关市人民政府"


@pytest.fixture
def fund(noon):
    return money.published_fund(noon)


@pytest.fixture
def project(noon, fund):
    return money.published_project(noon, fund)


def written(folder, at):
    folder.mkdir(exist_ok=True)
    return iati_files.write_all(folder, at)


def read(folder, at, name="activities.xml"):
    written(folder, at)
    return etree.parse(folder / name).getroot()


def sums(activity):
    """Amounts in fen by type of transaction."""
    by_type = Counter()
    for one in activity.iterfind("transaction"):
        fen = Decimal(one.findtext("value")) * 100
        by_type[one.find("transaction-type").get("code")] += int(fen)
    return by_type


def activity_of(root, code):
    (found,) = (one for one in root if one.findtext("iati-identifier").endswith(code))
    return found


def checked(shared, name, *files):
    return subprocess.run(
        [sys.executable, shared / f"checks/{name}.py", *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_passes_schema_codelists_and_rules_without_a_warning(tmp_path, noon, project, shared):
    *files, findings = written(tmp_path, noon)
    assert [one.name for one in files] == ["activities.xml", "organisation.xml"]
    schema = checked(shared, "iati_schema", *files)
    assert (schema.returncode, schema.stdout.count(" OK")) == (0, 2)
    assert checked(shared, "iati_codelists", *files).stdout == "codelist violations 0\n"
    assert findings.read_text().splitlines() == ["file,about,rule,severity,kind,paths"]


def test_would_see_a_fault_in_schema_codelists_and_rules(tmp_path, noon, fund, shared):
    activities, *_rest = written(tmp_path, noon)
    sound = activities.read_text()
    no_date = tmp_path / "schema.xml"
    no_date.write_text(sound.replace("<transaction-date ", "<date-of-transaction ", 1))
    assert checked(shared, "iati_schema", no_date).returncode == 1
    no_code = tmp_path / "codelist.xml"
    no_code.write_text(
        sound.replace('<transaction-type code="1"', '<transaction-type code="77"', 1)
    )
    assert checked(shared, "iati_codelists", no_code).stdout.endswith("codelist violations 1\n")
    late = etree.fromstring(
        sound.replace(f'iso-date="{noon.date()}"', 'iso-date="2030-01-01"').encode()
    )
    assert {
        one.code for one in judge(late, iati_files._rules(), iati_files._known(noon)).broken
    } == {"11.2.1"}


def test_tells_of_each_fund_what_its_trial_balance_says(tmp_path, noon, fund):
    activity = activity_of(read(tmp_path, noon), fund.code)
    balance, told = trial_balance(fund), sums(activity)
    outside = sum(balance[kind] for kind in flows.OUTSIDE)
    assert told["1"] == -outside - balance[flows.GIVEN_BACK] == 2 * money.SUBSIDY + 49_36 - 4
    assert told["3"] + told["4"] == balance[flows.PAID] == 27_00
    assert told["2"] == 30_000_01
    budgets = {
        one.find("period-end").get("iso-date"): one.findtext("value")
        for one in activity.iterfind("budget")
    }
    assert budgets == {"2025-12-31": "1125240.00", "2026-12-31": "1125289.32"}
    assert sum(int(Decimal(one) * 100) for one in budgets.values()) == told["1"]


def test_names_the_ledger_entry_of_every_amount(tmp_path, noon, fund):
    activity = activity_of(read(tmp_path, noon), fund.code)
    known = {
        f"{code}.{number}": amount
        for code, number, amount in Transfer.objects.values_list(
            "transaction__code", "number", "amount"
        )
    }
    told = {
        one.get("ref"): abs(int(Decimal(one.findtext("value")) * 100))
        for one in activity.iterfind("transaction")
    }
    assert told.items() <= known.items()
    inside = Transfer.objects.filter(transaction__verb="allocate").count()
    assert len(known) - len(told) == inside


def test_tells_matched_money_as_what_came_in_from_its_own_giver(tmp_path, noon, fund):
    activity = activity_of(read(tmp_path, noon), fund.code)
    incoming = [
        (one.findtext("description/narrative"), one.findtext("provider-org/narrative"), one.findtext("value"))
        for one in activity.iterfind("transaction")
        if one.find("transaction-type").get("code") == "1"
    ]  # fmt: skip
    assert ("县级配套", "budget", "1125240.00") in incoming
    assert ("上级补贴; 第一批: |", "budget", "1125240.00") in incoming


def test_tells_a_reversal_as_less_of_the_same(tmp_path, noon, fund):
    activity = activity_of(read(tmp_path, noon), fund.code)
    amounts = [one.findtext("value") for one in activity.iterfind("transaction")]
    assert "7.77" in amounts
    assert "-7.77" in amounts


def test_says_the_language_of_all_words_and_the_country(tmp_path, noon, project):
    root = read(tmp_path, noon)
    assert {one.get(LANG) for one in root.iter("narrative")} == {"zh-Hans"}
    for activity in root:
        assert [one.get("code") for one in activity.iterfind("recipient-country")] == ["CN"]
        assert [one.get("percentage") for one in activity.iterfind("sector")] == ["100"]
        assert activity.findtext("iati-identifier").startswith(f"CN-USCI-{ORG}-")
        assert activity.find("document-link").get("url").startswith("http://localhost/funds/")
        roles = [one.get("role") for one in activity.iterfind("participating-org")]
        assert sorted({*roles}) == ["1", "2", "4"]


def test_tells_a_payment_of_a_project_with_the_project_alone(tmp_path, noon, fund, project):
    root = read(tmp_path, noon)
    of_fund, of_project = activity_of(root, fund.code), activity_of(root, project.code)
    assert sums(of_project) == {"3": 99_00}
    assert sums(of_fund)["3"] + sums(of_fund)["4"] == 27_00
    receiver = of_project.findtext("transaction/receiver-org/narrative")
    assert receiver == money.BUTCHER
    assert [one.findtext("value") for one in of_project.iterfind("budget")] == ["99.01"]
    parent, child = of_project.find("related-activity"), of_fund.find("related-activity")
    assert (parent.get("type"), parent.get("ref")) == ("1", of_fund.findtext("iati-identifier"))
    assert (child.get("type"), child.get("ref")) == ("2", of_project.findtext("iati-identifier"))


def test_tells_what_a_project_changed_from_where_to_where(tmp_path, noon, project):
    (indicator,) = activity_of(read(tmp_path, noon), project.code).iterfind("result/indicator")
    assert (indicator.get("measure"), indicator.get("ascending")) == ("2", "0")
    baseline = indicator.find("baseline")
    assert (baseline.get("year"), baseline.get("value")) == ("2013", "22.88")
    (period,) = indicator.iterfind("period")
    assert period.find("period-end").get("iso-date") == "2020-12-31"
    assert (period.find("target").get("value"), period.find("actual").get("value")) == ("3", "0.26")


def test_totals_the_organisation_by_years(tmp_path, noon, fund):
    organisation = read(tmp_path, noon, "organisation.xml")[0]
    totals = [one.findtext("value") for one in organisation.iterfind("total-budget")]
    assert totals == ["1125240.00", "1125289.32"]
    assert [one.findtext("value") for one in organisation.iterfind("total-expenditure")] == [
        "27.00"
    ]


def test_tells_no_day_that_has_not_begun_for_whoever_judges_the_file(tmp_path, noon, fund):
    night = noon - timedelta(hours=8)  # in Greenwich the day before; here the day of the postings
    amounts = sums(activity_of(read(tmp_path / "a", night), fund.code))
    assert amounts == {"1": money.SUBSIDY}
    assert (tmp_path / "a/findings.csv").read_text().count("\n") == 1
    whole = sums(activity_of(read(tmp_path / "b", noon), fund.code))
    assert whole["1"] > money.SUBSIDY


def test_tells_that_a_fund_is_planned_runs_and_is_closed(tmp_path, noon):
    empty, full = town.fund(at=noon, name="甲"), town.fund(at=noon, name="乙")
    for one in (empty, full):
        given, taken = (town.account(one, kind, at=noon) for kind in ("budget", "allocated"))
        publishing.publish(by=town.officer(), at=noon, fund=one)
    ready = town.account(full, "appropriated", at=noon)
    town.posted(full, "appropriate", (given, ready, 5), at=noon)
    assert _course(tmp_path, noon, empty) == ("1", {"1": "2026-11-21"})
    assert _course(tmp_path, noon, full) == ("2", {"2": "2026-11-21"})
    back = town.account(full, "given_back", at=noon)
    town.posted(full, "return", (ready, back, 5), at=noon)
    for one in (given, taken, ready, back):
        close_account(by=town.officer(), at=noon, account=one)
    assert _course(tmp_path, noon, full) == ("4", {"2": "2026-11-21", "4": "2026-11-21"})


def _course(folder, at, fund):
    activity = activity_of(read(folder, at), fund.code)
    days = {one.get("type"): one.get("iso-date") for one in activity.iterfind("activity-date")}
    return activity.find("activity-status").get("code"), days


def test_leaves_out_what_is_not_published(tmp_path, noon, fund):
    hidden = town.fund(at=noon, name="未公布")
    assert hidden.code not in etree.tostring(read(tmp_path, noon), encoding="unicode")


def test_leaves_out_an_activity_that_breaks_a_rule_and_says_so(tmp_path, noon, fund, monkeypatch):
    other = money.published_fund(noon, name="另一个", unit=directory.unit(town.KEEPER))
    whole = iati_files.activities

    def spoilt(by):
        for one in whole(by):
            if one.identifier.endswith(other.code):
                one.head[:] = [part for part in one.head if part.tag != "sector"]
            yield one

    monkeypatch.setattr(iati_files, "activities", spoilt)
    root = read(tmp_path, noon)
    assert [one.findtext("iati-identifier")[-9:] for one in root] == [fund.code]
    said = (tmp_path / "findings.csv").read_text()
    assert f"{other.code},6.2.2,error,atleast_one,sector | transaction/sector" in said


def test_lists_a_warning_and_publishes_nonetheless(tmp_path, noon, fund, monkeypatch):
    monkeypatch.setattr(iati_files, "_REGISTER", "XX-NONE")
    monkeypatch.setattr(iati_files, "_known", iati_files.Known)
    assert len(read(tmp_path, noon)) == 1
    assert (
        ",1.14.8,warning,startswith,reporting-org/@ref" in (tmp_path / "findings.csv").read_text()
    )


def test_judges_the_same_however_few_stand_in_memory(tmp_path, noon, fund, monkeypatch):
    whole = etree.tostring(read(tmp_path / "a", noon))
    monkeypatch.setattr(iati_files, "_AT_ONCE", 2)
    assert etree.tostring(read(tmp_path / "b", noon)) == whole


def test_asks_for_no_more_transactions_than_stand_in_memory_together():
    endless = count()
    assert next(iati_files._batches(endless)) == list(range(iati_files._AT_ONCE))
    assert next(endless) == iati_files._AT_ONCE


@pytest.mark.parametrize("org", ["", ORG, "116202000000000000 嘉峪关市人民政府"])
def test_writes_nothing_without_a_code_of_whoever_reports(tmp_path, noon, fund, settings, org):
    settings.REPORTING_ORG = org
    with pytest.raises(Nothing, match="LINLI_REPORTING_ORG"):
        written(tmp_path, noon)
    assert list(tmp_path.iterdir()) == []


def test_writes_nothing_before_something_is_published(tmp_path, noon):
    town.fund(at=noon)
    with pytest.raises(Nothing, match="No fund or project"):
        written(tmp_path, noon)
    assert list(tmp_path.iterdir()) == []
