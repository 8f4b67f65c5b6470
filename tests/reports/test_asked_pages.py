"""A form from its arrival to the public page, through HTTP, without JavaScript."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from linli.facts.models import Fact
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from linli.kernel.sheets import XLSX
from linli.reports.models import FormAsked, FormSaying
from tests.town import forms_asked as town
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unit(db):
    return town.place()


@pytest.fixture
def officer(client):
    who = account(Role.OFFICER)
    Staff.objects.filter(pk=who.pk).update(unit=town.UNIT)
    client.force_login(who)
    return client


def bring(client, data=None, **more):
    file = SimpleUploadedFile("区县教育基本情况表.xlsx", town.education() if data is None else data)
    unit = re.search(r'<option value="([^"]+)" selected', client.get("/console/forms-asked/bring/").content.decode())  # fmt: skip
    given = {
        "file": file, "asker": "省教育厅", "ground": "年度统计制度", "period": "2025",
        "due_on": "2026-12-10", "unit": unit[1] if unit else "",
    }  # fmt: skip
    return client.post("/console/forms-asked/bring/", given | more)


def fields(response):
    """Return what the form on a page would send."""
    form = response.context["typed"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def test_goes_the_whole_way(officer):
    town.know()
    page = bring(officer)
    home = page["Location"]
    form = FormAsked.objects.get()
    assert (form.title, form.unit.name) == ("区县教育基本情况表", town.UNIT)

    mapping = officer.get(f"{home}map/0/")
    assert "常住人口" in mapping.content.decode()
    assert officer.post(f"{home}map/0/", fields(mapping)).status_code == 302
    known = officer.get(home)
    assert {name: known.context["counts"][name] for name in ("asked", "exists", "new")} == {
        "asked": 6, "exists": 5, "new": 1,
    }  # fmt: skip
    told = officer.post(f"{home}tell/", {"cell-0": "4,100", "words": "年报台账"})
    assert told.status_code == 302
    assert Fact.objects.count() == 6
    assert officer.get(f"{home}filled.xlsx")["Content-Type"] == XLSX
    assert officer.post(f"{home}send/", {"send-words": ""}).status_code == 302

    officer.logout()
    public = officer.get(f"/forms-asked/{form.code}/")
    text = public.content.decode()
    assert all(value in text for value in ("150.3", "131", "9800", "64.6", "74", "4100"))
    assert text.count('href="/c/') == 6
    cells = json.loads(officer.get(f"/forms-asked/{form.code}/cells.json").content)["cells"]
    assert {one["cell"]: one["written"] for one in cells}["D5"] == "4100"
    assert cells[0]["citation"].startswith("http://testserver/c/")


def test_refuses_a_duplicate_in_public(officer):
    town.know(figures=town.KNOWN | {("education.teachers", "620103"): "4100"})
    first = town.mapped(town.brought())
    town.sent(first)
    again = bring(officer, asker="市统计局")["Location"]

    page = officer.get(again)
    assert page.context["before"]
    assert officer.post(f"{again}refuse/", {"refuse-words": ""}).status_code == 422
    assert officer.post(f"{again}refuse/", {"refuse-words": "已于上月报送。"}).status_code == 302

    letter = officer.get(f"/forms-asked/{FormAsked.objects.get(asker='市统计局').code}/")
    text = letter.content.decode()
    assert letter.context["refused"]
    assert f'href="/forms-asked/{first.code}/"' in text
    assert text.count('href="/c/') == 6
    listed = officer.get("/forms-asked/")
    assert listed.context["tally"].refused == 1
    assert listed.context["tally"].strokes == 2 * (len("150.3" "131" "9800" "64.6" "74" "4100") + 6)  # fmt: skip


def test_tells_the_second_of_two_officers(officer):
    home = bring(officer)["Location"]
    given = fields(officer.get(f"{home}map/0/"))
    town.mapped(FormAsked.objects.get())

    same = officer.post(f"{home}map/0/", given)
    other = officer.post(f"{home}map/0/", given | {"0:r4-area": "七里河区"})

    assert (same.status_code, other.status_code) == (302, 409)
    assert FormSaying.objects.filter(place="0:r4", field="area").count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("0:c2-indicator", "没有这个"), ("0:r4-area", "没有这里"), ("0:r4-period", "某年"),
        ("cell", "Z9"), ("cell", "A1"), ("0:c2-scale", "5"), ("seen", "9" * 40), ("0:r4-area", "1" * 30),
    ],
)  # fmt: skip
def test_refuses_words_that_nobody_knows(officer, field, typed):
    home = bring(officer)["Location"]
    given = fields(officer.get(f"{home}map/0/"))

    answer = officer.post(f"{home}map/0/", given | {field: typed})

    assert answer.status_code == 422
    assert FormSaying.objects.count() == 0


def test_gives_one_cell_a_meaning_of_its_own(officer):
    home = bring(officer)["Location"]
    officer.post(f"{home}map/0/", fields(officer.get(f"{home}map/0/")))
    given = fields(officer.get(f"{home}map/0/")) | {"cell": "D5", "cell-period": "2024"}

    officer.post(f"{home}map/0/", given)

    assert FormSaying.objects.get(place="0:r5:c4").value == "y-1"


def persons():
    book = Workbook()
    book.active.append(["姓名", "籍贯"])
    return town.saved(book)


@pytest.mark.parametrize("data", [b"x", b"PK\x03\x04x", b"\xd0\xcf\x11\xe0x", town.saved(Workbook()), persons()])  # fmt: skip
def test_keeps_nothing_of_a_file_that_it_refuses(officer, data):
    answer = bring(officer, data)

    assert answer.status_code == 422
    assert FormAsked.objects.count() == 0


@pytest.mark.parametrize("words", [{}, {"words": "x"}, {"cell-0": "很多", "words": "x"}, {"cell-0": "5"}, {"cell-0": "9" * 30, "words": "x"}, {"cell-0": "-4", "words": "x"}])  # fmt: skip
def test_keeps_no_figure_that_rests_on_nothing(officer, words):
    town.know()
    form = town.mapped(town.brought())

    answer = officer.post(f"/console/forms-asked/{form.code}/tell/", words)

    assert answer.status_code == 422
    assert Fact.objects.count() == 5


def test_leaves_an_open_form_and_one_laid_aside_to_the_desk(officer):
    form = town.brought()
    assert officer.get(f"/forms-asked/{form.code}/").status_code == 404
    officer.post(f"/console/forms-asked/{form.code}/aside/", {"aside-words": "传错了"})

    assert officer.get(f"/forms-asked/{form.code}/").status_code == 404
    assert form.code not in officer.get("/console/forms-asked/").content.decode()
    assert form.code in officer.get("/console/forms-asked/?state=aside").content.decode()


def test_asks_the_same_of_the_database_for_any_form(officer, django_assert_max_num_queries):
    town.know(figures=town.KNOWN | {("education.teachers", "620103"): "4100"})
    first = town.mapped(town.brought())
    town.sent(first)
    form = town.mapped(town.brought(town.services(), asker="别人"))

    with django_assert_max_num_queries(18):
        officer.get(f"/console/forms-asked/{form.code}/")
    with django_assert_max_num_queries(20):
        officer.get(f"/console/forms-asked/{form.code}/map/1/")
    with django_assert_max_num_queries(12):
        officer.get(f"/console/forms-asked/{first.code}/")
    officer.logout()
    with django_assert_max_num_queries(8):
        officer.get(f"/forms-asked/{first.code}/")
    with django_assert_max_num_queries(8):
        officer.get("/forms-asked/")


@pytest.mark.parametrize("path", ["map/9/", "map/99999999999999999999/", "nothing/"])
def test_finds_no_sheet_that_a_form_has_not(officer, path):
    form = town.brought()

    assert officer.get(f"/console/forms-asked/{form.code}/{path}").status_code == 404
