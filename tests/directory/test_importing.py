"""A package of the directory: looked at row by row, taken in whole or not at all, again without harm."""

import copy
import csv
import io
import json
from datetime import date, time
from uuid import UUID, uuid5
from zipfile import ZipFile

import pytest

from linli.directory import actions
from linli.directory.actions.wrongs import WRONGS
from linli.directory.models import (
    Change,
    Entry,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from linli.directory.queries.drafts import location_draft, service_draft
from linli.directory.queries.importing import dry_run
from linli.directory.queries.package_reading import packed, read_package
from linli.directory.rules.packages import day_after, fen_of, rrule_of, table_of
from linli.kernel import sheets
from linli.kernel.refusals import Refused
from tests.town import directory
from tests.town import services as town

pytestmark = pytest.mark.django_db
TABLES = (Organization, Service, Location, ServiceAtLocation, TaxonomyTerm, Change, Entry)
NAMES = UUID("7a5c1c1e-6a4d-4f7e-9a52-2b6f6a3c9d10")


def uid(name):
    return str(uuid5(NAMES, name))


PACKAGE = {
    "taxonomies": [{"id": uid("tax"), "name": "theme"}],
    "taxonomy_terms": [
        {"id": uid("jobs"), "code": "jobs", "name": "就业", "taxonomy": "theme", "description": ""}
    ],
    "organizations": [
        {
            "id": uid("org"), "name": "嘉峪关市就业服务中心", "description": "", "website": "",
            "email": "office@example.org", "area": "嘉峪关市", "unit": "", "tax_id": "1",
        }
    ],
    "services": [
        {
            "id": uid("register"), "organization_id": uid("org"), "name": "失业登记", "alternate_name": "找工作、求职",
            "status": "active", "description": "登记以后推荐岗位。", "eligibility_description": "在劳动年龄内。",
            "assured_date": "2026-06-01", "instead_id": uid("fair"), "promised_days": "3",
        },
        {"id": uid("fair"), "organization_id": uid("org"), "name": "招聘会", "status": "active"},
    ],
    "required_documents": [
        {"id": uid("paper"), "service_id": uid("register"), "document": "身份证明", "uri": ""}
    ],
    "cost_options": [
        {"id": uid("cost"), "service_id": uid("register"), "option": "工本费", "currency": "cny", "amount": "12.5"}
    ],
    "service_areas": [{"id": uid("sa"), "service_id": uid("register"), "name": "嘉峪关市"}],
    "attributes": [
        {"id": uid("at"), "link_id": uid("register"), "taxonomy_term_id": uid("jobs"), "link_entity": "service"}
    ],
    "locations": [
        {
            "id": uid("place"), "organization_id": uid("org"), "name": "祁连社区邻里服务站", "location_type": "physical",
            "latitude": "39.77", "longitude": "98.28", "transportation": "2路",
        }
    ],
    "addresses": [
        {"id": uid("ad"), "location_id": uid("place"), "address_1": "祁连街3号", "city": "嘉峪关市", "country": "CN"}
    ],
    "accessibility": [{"id": uid("ac"), "location_id": uid("place"), "description": "step-free"}],
    "languages": [{"id": uid("la"), "location_id": uid("place"), "name": "Uyghur", "code": "ug"}],
    "phones": [{"id": uid("ph"), "location_id": uid("place"), "number": "0937-5550001"}],
    "schedules": [
        {
            "id": uid("sc"), "location_id": uid("place"), "freq": "WEEKLY", "byday": "MO,WE", "interval": "1",
            "dtstart": "2026-01-01", "valid_to": "2026-12-31", "opens_at": "09:00", "closes_at": "12:00+08:00",
        }
    ],
    "service_at_location": [
        {"id": uid("sal"), "service_id": uid("register"), "location_id": uid("place"), "description": "二楼"}
    ],
    "contacts": [{"id": uid("c"), "organization_id": uid("org"), "title": "主任", "email": "a@example.org"}],
}  # fmt: skip


def changed(table, number=0, /, **cells):
    package = copy.deepcopy(PACKAGE)
    package[table][number] |= cells
    return package


def as_json(package):
    return json.dumps(package).encode()


def as_zip(package):
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, rows in package.items():
            text = io.StringIO(newline="")
            writer = csv.DictWriter(
                text, fieldnames=list(dict.fromkeys(k for r in rows for k in r))
            )
            writer.writeheader()
            writer.writerows(rows)
            archive.writestr(f"package/{name}.csv", text.getvalue())
    return out.getvalue()


def as_xlsx(package):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in package.items():
        sheet = book.create_sheet(name[:31])
        columns = list(dict.fromkeys(k for r in rows for k in r))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take_in(package, *, at=town.NOON, by=None, wrap=as_json, checksum=""):
    draft = actions.PackageDraft(data=wrap(package), checksum=checksum)
    return actions.import_package(by=by or town.planner(), at=at, draft=draft)


def refused(code, deed):
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    with pytest.raises(Refused) as refusal:
        deed()
    assert refusal.value.code == code
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before


def looked_at(package):
    run = dry_run(read_package(as_json(package)))
    return {(one.table, one.name): (one.fate.value, one.wrong) for one in run.things}


@pytest.fixture(autouse=True)
def _place():
    directory.area()


@pytest.mark.parametrize("wrap", [as_json, as_zip, as_xlsx])
def test_takes_a_package_in_from_every_wrapping(noon, wrap):
    done = take_in(PACKAGE, wrap=wrap)

    assert done == actions.TakenIn(new=5, changed=0, known=0)
    service = Service.objects.get(uuid=uid("register"))
    draft = service_draft(service)
    assert (draft.name, draft.other_names, draft.promised_days) == (
        "失业登记",
        ("找工作", "求职"),
        3,
    )
    assert (draft.terms, draft.areas) == (("theme/jobs",), ("620200",))
    assert [(one.uuid, one.name) for one in draft.documents] == [(uid("paper"), "身份证明")]
    assert [(one.amount, one.option, one.currency) for one in draft.costs] == [
        (1250, "工本费", "CNY")
    ]
    assert draft.instead == UUID(uid("fair"))
    assert service.assured_on == date(2026, 6, 1)
    place = location_draft(Location.objects.get(uuid=uid("place")))
    assert (place.area, place.address, place.transport) == ("620200", "祁连街3号", "2路")
    assert place.access == ("step-free",)
    assert [(one.language, one.weekday, one.mode) for one in place.languages] == [
        ("ug", 0, "in_person"),
        ("ug", 2, "in_person"),
    ]
    hours = place.schedules[0]
    assert (hours.rrule, hours.starts_on) == (
        "FREQ=WEEKLY;BYDAY=MO,WE",
        date(2026, 1, 1),
    )
    assert (hours.valid_until, hours.closes_at) == (date(2027, 1, 1), time(12))
    offer = ServiceAtLocation.objects.get()
    assert (str(offer.uuid), offer.description) == (uid("sal"), "二楼")


def test_takes_the_same_package_in_twice_and_changes_nothing(noon):
    take_in(PACKAGE)
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]

    assert take_in(PACKAGE, wrap=as_zip) == actions.TakenIn(new=0, changed=0, known=5)
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before


def test_changes_what_a_package_says_otherwise_and_keeps_what_it_does_not_speak_of(noon):
    take_in(PACKAGE)
    service = Service.objects.get(uuid=uid("register"))
    kept = {
        "services": [
            {"id": uid("register"), "organization_id": uid("org"), "name": "失业登记与证明"}
        ]
    }

    assert take_in(kept) == actions.TakenIn(new=0, changed=1, known=0)

    said = service_draft(Service.objects.get(pk=service.pk))
    assert (said.name, said.promised_days, len(said.documents)) == ("失业登记与证明", 3, 1)
    change = Change.objects.get(verb="amended")
    assert (change.was, change.becomes) == ({"name": "失业登记"}, {"name": "失业登记与证明"})


def test_writes_nothing_while_looking(noon, django_assert_max_num_queries):
    before = [table.objects.count() for table in TABLES]

    with django_assert_max_num_queries(20):
        found = looked_at(PACKAGE)

    assert set(found.values()) == {("new", "")}
    assert [table.objects.count() for table in TABLES] == before


@pytest.mark.parametrize(
    ("code", "table", "cells"),
    [
        ("not_an_id", "services", {"id": "17"}),
        ("no_name", "services", {"name": ""}),
        ("unknown_status", "services", {"status": "open"}),
        ("unknown_organization", "services", {"organization_id": uid("nobody")}),
        ("unknown_service", "services", {"instead_id": uid("nothing")}),
        ("instead_of_itself", "services", {"instead_id": uid("register")}),
        ("not_a_time", "services", {"assured_date": "last week"}),
        ("number_out_of_range", "services", {"promised_days": "soon"}),
        ("not_a_rule", "services", {"rules": "{"}),
        ("not_a_rule", "services", {"rules": '[{"kind": "race"}]'}),
        ("group_of_people", "services", {"rules": '[{"kind": "age", "from": 1, "reason": "限藏族"}]'}),
        ("trait_of_a_person", "services", {"rules": '[{"kind": "age", "from": 1, "reason": "birthplace"}]'}),
        ("unknown_unit", "organizations", {"unit": "不存在的局"}),
        ("unknown_area", "organizations", {"area": "不存在市"}),
        ("unknown_area", "service_areas", {"name": "不存在市"}),
        ("unknown_term", "attributes", {"taxonomy_term_id": uid("nothing")}),
        ("number_out_of_range", "cost_options", {"amount": "1.234"}),
        ("not_an_id", "required_documents", {"id": "x"}),
        ("unknown_form", "required_documents", {"form": "fax"}),
        ("not_a_rule_of_days", "schedules", {"freq": "HOURLY"}),
        ("not_a_time", "schedules", {"opens_at": "early"}),
        ("closes_before_it_opens", "schedules", {"opens_at": "13:00"}),
        ("unknown_way_in", "accessibility", {"description": "escalator"}),
        ("unknown_language", "languages", {"code": "Uyghur"}),
        ("unknown_kind", "locations", {"kind": "home"}),
        ("unknown_location", "service_at_location", {"location_id": uid("nowhere")}),
        ("not_a_number", "phones", {"number": "?"}),
    ],
)  # fmt: skip
def test_finds_an_error_and_takes_nothing_in(noon, code, table, cells):
    package = changed(table, **cells)

    wrongs = {wrong for _, wrong in looked_at(package).values() if wrong}

    assert code in wrongs
    assert wrongs <= WRONGS.keys()
    refused("rows_have_errors", lambda: take_in(package))


def test_finds_an_id_that_stands_twice_and_a_name_that_is_taken(noon):
    package = copy.deepcopy(PACKAGE)
    package["services"].append(package["services"][0] | {"name": "再来一次"})
    town.organization(unit="")

    found = looked_at(package)

    assert found["service", "再来一次"] == ("error", "id_stands_twice")
    assert found["organization", "嘉峪关市就业服务中心"] == ("error", "name_taken")


def test_takes_the_place_of_rows_that_name_none_from_whoever_brings_them(noon):
    package = changed("organizations", area="")
    tables = read_package(as_json(package))

    assert [one.wrong for one in dry_run(tables).things if one.wrong] == ["unknown_area"]
    assert dry_run(tables, area=directory.area()).count()["new"] == 5


@pytest.mark.parametrize(
    "column", ["ethnicity", "民族成份", "religion", "身份证号", "姓名", "birthplace"]
)
@pytest.mark.parametrize("wrap", [as_json, as_zip, as_xlsx])
def test_refuses_a_trait_of_a_person_at_the_door(noon, wrap, column):
    package = copy.deepcopy(PACKAGE)
    package["funding"] = [{"id": uid("f"), column: "x", "note": "y"}]

    refused("trait_of_a_person", lambda: take_in(package, wrap=wrap))


def test_refuses_the_number_of_an_identity_card_anywhere(noon):
    package = changed("services", description="如 11010119900307123X 所示")

    refused("trait_of_a_person", lambda: take_in(package))


def test_keeps_nothing_of_contacts_and_of_columns_that_it_does_not_take(noon):
    kept = packed(read_package(as_json(PACKAGE))).decode()

    assert "contact" not in kept
    assert "主任" not in kept
    assert "tax_id" not in kept
    assert "39.77" not in kept
    assert read_package(kept.encode()) == read_package(as_json(PACKAGE))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"a": 1}', b"PK\x03\x04broken", b"name,id\n1,2\n", b"\xff\xfe", b"[[1]]"]
)  # fmt: skip
def test_refuses_what_is_no_package(noon, data):
    refused("not_a_package", lambda: take_in(None, wrap=lambda _: data))


def test_refuses_what_is_too_large(noon):
    refused("too_many_rows", lambda: take_in(None, wrap=lambda _: b" " * (10 * 1024 * 1024 + 1)))


@pytest.mark.parametrize("by", [town.officer(), town.clerk()])
def test_refuses_whoever_is_no_planner(noon, by):
    refused("not_allowed", lambda: take_in(PACKAGE, by=by))


def test_refuses_what_has_changed_since_it_was_looked_at(noon):
    checksum = dry_run(read_package(as_json(PACKAGE))).checksum
    town.organization(unit="")
    other = changed("organizations", name="另一个中心")

    refused("changed_meanwhile", lambda: take_in(other, checksum=checksum))
    assert take_in(other, checksum=dry_run(read_package(as_json(other))).checksum).new == 5


def test_refuses_alternatives_of_each_other(noon):
    package = changed("services", 1, instead_id=uid("register"))

    refused("instead_of_itself", lambda: take_in(package))


def test_reads_nested_things_as_the_api_gives_them(noon):
    service = PACKAGE["services"][1] | {
        "organization": PACKAGE["organizations"][0],
        "phones": [{"id": uid("p2"), "number": "0937-5550009"}],
        "service_at_locations": [
            {
                "id": uid("s2"),
                "location": PACKAGE["locations"][0] | {"addresses": PACKAGE["addresses"]},
            }
        ],
    }

    assert take_in({"total_items": 1, "contents": [service]}).new == 4
    assert Service.objects.get().phones.get().number == "0937-5550009"
    assert ServiceAtLocation.objects.get().location.address == "祁连街3号"


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("data/services.csv", "service"), ("taxonomies", "taxonomy"), ("addresses", "address"),
        ("service_at_location", "service_at_location"), ("service_at_locations", "service_at_location"),
        ("accessibility", "accessibility"), ("address.csv", "address"), ("Organization", "organization"),
    ],
)  # fmt: skip
def test_knows_tables_by_the_names_that_packages_give_them(name, table):
    assert table_of(name) == table


def test_reads_rules_days_and_amounts_of_other_systems():
    row = {"freq": "MONTHLY", "byday": "1MO, -1FR", "until": "2026-12-31", "interval": ""}

    assert rrule_of(row) == "FREQ=MONTHLY;BYDAY=1MO,-1FR;UNTIL=20261231"
    assert (day_after("2026-12-31"), day_after("")) == (date(2027, 1, 1), None)
    assert [fen_of(text) for text in ("12.5", "0.05", "3", "3.00", "")] == [1250, 5, 300, 300, 0]


def test_takes_a_table_that_a_spreadsheet_program_wrote(noon):
    rows = [[uid("org"), "嘉峪关市就业服务中心", "620200"]]
    data = sheets.write_xlsx(["id", "name", "area"], rows, title="organizations")

    draft = actions.PackageDraft(data=data)
    assert actions.import_package(by=town.planner(), at=noon, draft=draft).new == 1
