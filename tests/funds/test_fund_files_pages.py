"""A fund's files for everybody: a data package that its inventors' program accepts, a workbook, IATI's files."""

import io
import json
import zipfile
from decimal import Decimal

import pytest
from frictionless import Package
from openpyxl import load_workbook

from linli.funds.exchange import package
from linli.funds.models import Account, Transaction, Transfer
from linli.funds.queries.balances import trial_balance
from linli.funds.schemas import fund_book, iati_files
from tests.town import funds as town
from tests.town import money

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(noon):
    fund = money.published_fund(noon)
    one = town.account(fund, "paid", at=noon, name="=1+1")
    town.posted(fund, "disburse", (fund.accounts.get(kind="allocated"), one, 5), at=noon)
    return fund


def body(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_offers_a_data_package_that_is_valid_and_whole(client, fund, tmp_path):
    data = body(client.get(f"/en/funds/{fund.code}/datapackage.zip"))
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    whole = Package(str(tmp_path / "datapackage.json"))
    assert whole.validate().flatten(["message"]) == []
    counts = {one.name: len(one.read_rows()) for one in whole.resources}
    assert counts == {
        "accounts": Account.objects.count(),
        "transactions": Transaction.objects.count(),
        "transfers": Transfer.objects.count(),
    }
    rows = whole.get_resource("transfers").read_rows()
    assert sum(row["amount"] for row in rows) * 100 == sum(
        Transfer.objects.values_list("amount", flat=True)
    )


def test_a_changed_key_would_be_seen(client, fund, tmp_path):
    data = body(client.get(f"/en/funds/{fund.code}/datapackage.zip"))
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    table = tmp_path / "transfers.csv"
    first = Account.objects.get(kind="budget").code
    table.write_text(table.read_text().replace(first, "7777-7777"))
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert {*report.flatten(["type"])[0]} == {"foreign-key"}


def test_offers_a_workbook_with_numbers_dates_and_no_formula(client, fund):
    book = load_workbook(io.BytesIO(body(client.get(f"/en/funds/{fund.code}.xlsx"))))
    balances, accounts, transfers = book.worksheets
    told = {row[0].value: row[1].value for row in balances.iter_rows(min_row=2)}
    assert {k: round(Decimal(str(v)) * 100) for k, v in told.items()} == {
        dict(Account.NAMES)[kind]: fen for kind, fen in trial_balance(fund).items()
    }
    assert [one.freeze_panes for one in book.worksheets] == ["A2"] * 3
    named = {row[2].value: row[2].data_type for row in accounts.iter_rows(min_row=2)}
    assert named["=1+1"] == "s"
    rows = list(transfers.iter_rows(min_row=2))
    assert len(rows) == Transfer.objects.count()
    assert {row[0].is_date for row in rows} == {True}
    assert {row[6].data_type for row in rows} == {"n"}


def test_shows_the_newest_transfers_where_there_are_more_than_a_workbook_takes(
    client, fund, monkeypatch
):
    monkeypatch.setattr(fund_book, "MOST", 2)
    book = load_workbook(io.BytesIO(body(client.get(f"/en/funds/{fund.code}.xlsx"))))
    rows = list(book.worksheets[2].iter_rows(min_row=2, values_only=True))
    newest = Transfer.objects.order_by("-transaction__day", "-transaction_id", "-number")
    assert [row[1] for row in rows] == [one.transaction.code for one in newest[:2]]


@pytest.mark.parametrize("ending", [".xlsx", "/datapackage.zip"])
def test_makes_a_file_once_until_the_ledger_has_grown(client, fund, noon, ending, monkeypatch):
    address = f"/en/funds/{fund.code}{ending}"
    first = client.get(address)
    tag, whole = first.headers["ETag"], body(first)
    assert body(client.get(address)) == whole
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    one = {kind: fund.accounts.filter(kind=kind).first() for kind in ("budget", "appropriated")}
    town.posted(fund, "appropriate", (one["budget"], one["appropriated"], 1), at=noon)
    # However fast it grows, a file of some minutes ago is new enough.
    assert body(client.get(address)) == whole
    monkeypatch.setattr(package, "AGE", 0)
    again = client.get(address, headers={"If-None-Match": tag})
    assert body(again) != whole
    assert again.headers["ETag"] != tag


@pytest.mark.parametrize("ending", [".xlsx", "/datapackage.zip"])
def test_knows_no_fund_that_is_not_published(client, noon, ending):
    hidden = town.fund(at=noon)
    assert client.get(f"/en/funds/{hidden.code}{ending}").status_code == 404


@pytest.mark.parametrize("name", ["activities", "organisation"])
def test_serves_what_lies_ready_and_reads_no_ledger_for_it(
    client, fund, noon, settings, tmp_path, name, django_assert_num_queries
):
    settings.REPORTING_ORG, settings.HOME = "11620200000000000N 嘉峪关市人民政府", tmp_path
    first = client.get(f"/iati/{name}.xml")
    text = body(first)
    assert first.headers["Content-Type"] == "application/xml"
    assert b"CN-USCI-11620200000000000N" in text
    with django_assert_num_queries(0):
        assert body(client.get(f"/iati/{name}.xml")) == text
    town.account(fund, "paid", at=noon, name="另一个")
    iati_files.renew(noon)
    assert body(client.get(f"/iati/{name}.xml")) != b""


def test_takes_down_files_of_what_is_published_no_more(client, fund, noon, settings, tmp_path):
    settings.REPORTING_ORG, settings.HOME = "11620200000000000N 嘉峪关市人民政府", tmp_path
    assert iati_files.renew(noon) == 3
    settings.REPORTING_ORG = ""
    assert iati_files.renew(noon) == 0
    assert list((tmp_path / "iati").iterdir()) == []
    assert client.get("/iati/activities.xml").status_code == 404


def test_declares_all_columns_that_it_writes(client, fund):
    packed = zipfile.ZipFile(io.BytesIO(body(client.get(f"/en/funds/{fund.code}/datapackage.zip"))))
    declared = json.loads(packed.read("datapackage.json"))
    for resource in declared["resources"]:
        head = packed.read(resource["path"]).decode().splitlines()[0]
        assert head.split(",") == [one["name"] for one in resource["schema"]["fields"]]
