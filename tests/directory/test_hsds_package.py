"""The data package: valid for the program that defines data packages, and taken in again without a difference."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from frictionless import Package, system
from hypothesis import given
from hypothesis import strategies as st

from linli.directory import actions
from linli.directory.exchange.package import fields_of, tables
from linli.directory.models import Location, Organization, Schedule, Service, ServiceAtLocation
from linli.directory.queries.importing import Fate, dry_run
from linli.directory.queries.package_reading import read_package
from linli.directory.rules.hours import days_of, rule_fault
from linli.directory.rules.hsds import ages_of, parts_of
from linli.directory.rules.packages import rrule_of
from tests.directory.test_hsds import town  # noqa: F401 - the same town
from tests.town import hsds, services


@pytest.fixture
def written(town, tmp_path):  # noqa: F811
    call_command("export", "hsds", str(tmp_path), stdout=io.StringIO())
    return tmp_path


def rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def zipped(folder):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in folder.glob("*.csv"):
            archive.write(path, path.name)
    return data.getvalue()


@pytest.mark.django_db
def test_refuses_an_empty_directory(tmp_path):
    with pytest.raises(CommandError, match="no organization"):
        call_command("export", "hsds", str(tmp_path))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_writes_a_package_that_frictionless_finds_valid(written):
    with system.use_context(trusted=True):
        report = Package(str(written / "datapackage.json")).validate()

    assert report.flatten(["code", "title", "message"]) == []
    assert report.stats["tasks"] == len(tables())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("service_at_location.csv", "location_id", "00000000-0000-0000-0000-000000000001"),
        ("services.csv", "status", "open"),
        ("locations.csv", "id", "seven"),
        ("schedules.csv", "valid_from", "2026-13-01"),
    ],
)
def test_would_see_a_fault(written, name, column, value):
    found = rows(written, name)
    found[0][column] = value
    with (written / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0])
        writer.writeheader()
        writer.writerows(found)

    with system.use_context(trusted=True):
        assert not Package(str(written / "datapackage.json")).validate().valid


@pytest.mark.django_db
def test_is_taken_in_again_without_a_difference(written):
    run = dry_run(read_package(zipped(written)))

    assert [
        (one.table, one.name, one.becomes) for one in run.things if one.fate != Fate.KNOWN
    ] == []
    assert run.count()["known"] == 1 + 2 + 1 + 2
    assert run.terms == []


@pytest.mark.django_db
def test_shows_a_difference_when_there_is_one(written):
    Schedule.objects.filter(offer=None).update(valid_until=date(2027, 1, 2))

    run = dry_run(read_package(zipped(written)))

    assert [one.table for one in run.of("changes")] == ["location"]


@pytest.mark.django_db
def test_fills_an_empty_directory_with_the_same(written, tmp_path_factory):
    said = {path.name: rows(written, path.name) for path in written.glob("*.csv")}
    for kind in (ServiceAtLocation, Service, Location, Organization):
        kind.objects.all().delete()

    actions.import_package(
        by=services.planner(), at=services.NOON, draft=actions.PackageDraft(data=zipped(written))
    )
    again = tmp_path_factory.mktemp("again")
    call_command("export", "hsds", str(again), stdout=io.StringIO())

    for name in (
        "services.csv",
        "locations.csv",
        "schedules.csv",
        "phones.csv",
        "required_documents.csv",
    ):
        old, new = (
            {row["id"]: _same(row) for row in them} for them in (said[name], rows(again, name))
        )
        assert new == old, name


def _same(row):
    """Return a row without what a new directory gives anew: codes, and when it was taken in."""
    anew = {"url", "external_identifier", "last_modified", "assured_date"}
    return {name: value for name, value in row.items() if name not in anew}


@pytest.mark.django_db
def test_writes_services_and_organizations_in_full_as_the_strict_schemas_have_them(written, shared):
    for name in ("service", "organization"):
        told = json.loads((written / f"{name}s.json").read_text())
        assert told
        for one in told:
            assert hsds.faults(hsds.strict(shared, name), one) == []


def test_declares_only_columns_of_the_standard_beside_its_own(shared):
    for table in tables()[:-1]:
        published = json.loads(
            (shared / f"conformance/hsds/3.1-dev/schema/{table}.json").read_text()
        )["properties"]
        theirs = [one["name"] for one in fields_of(table) if "description" not in one]
        assert {"id", *theirs} <= set(published), table
        assert len(theirs) > 2, table


RULES = st.builds(
    "FREQ={};{}{}".format,
    st.sampled_from(["WEEKLY;BYDAY=MO,WE", "WEEKLY;BYDAY=SA", "MONTHLY;BYDAY=-1FR", "MONTHLY;BYMONTHDAY=15"]),
    st.sampled_from(["INTERVAL=1", "INTERVAL=2", "INTERVAL=3;WKST=SU"]),
    st.sampled_from(["", ";COUNT=9", ";UNTIL=20270301"]),
)  # fmt: skip


@given(RULES | st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;UNTIL=20270301"]))
def test_says_rules_in_parts_that_mean_the_same_days(rrule):
    said = {name: str(value) for name, value in parts_of(rrule).items()}
    back, first = rrule_of(said), date(2026, 11, 2)

    assert rule_fault(rrule) == rule_fault(back) == ""
    assert days_of(back, first, 2027) == days_of(rrule, first, 2027)


@pytest.mark.parametrize(
    "rrule",
    ["FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "FREQ=DAILY;INTERVAL=2"],
)  # fmt: skip
def test_says_nothing_rather_than_something_else(rrule):
    assert parts_of(rrule) == {}


def test_tells_ages_with_both_ends():
    both = [{"kind": "age", "from": 16, "until": 60}]

    assert ages_of(both) == {"minimum_age": 16, "maximum_age": 59}
    assert ages_of([{"kind": "age", "from": 60}]) == {"minimum_age": 60}
    assert ages_of([{"kind": "holds", "document": "x"}]) == {}
