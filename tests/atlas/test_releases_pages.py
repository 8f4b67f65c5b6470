"""The release gate in the browser, without JavaScript: declare, try, freeze, release by another, refuse; what everybody sees."""

import csv
import hashlib
import io
from datetime import date

import pytest
from django.urls import reverse

from linli.atlas.models import Product, Release
from linli.facts.models import Indicator
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.town import atlas_keep as keep
from tests.town.atlas_keep import CITY, CODE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heard")]


@pytest.fixture
def heard(monkeypatch):
    return keep.heard(monkeypatch)


@pytest.fixture
def planner(client):
    return _in(client, "甲", Role.PLANNER)


@pytest.fixture
def other(client):
    from django.test import Client

    return _in(Client(), "乙", Role.SUPERVISOR)


def _in(client, name, role):
    client.force_login(
        Staff.objects.create(
            username=role.value, name=name, role=role, unit="统计局", password="long-enough-1"
        )
    )
    return client


def typed(**given):
    return {
        "name": "各县听讲人数", "code": "talks-by-county", "scope": CITY, "level": "county", "length": "year",
        "begins_on": "2025-01-01", "wait_days": "30", "threshold": "10", "variance": "2.0", "figures": [CODE],
    } | given  # fmt: skip


def test_a_table_goes_from_a_draft_to_everybody(planner, other, django_assert_max_num_queries):
    new = reverse("atlas:product_new")
    tried = planner.post(new, typed(**{"try": "1"}))
    assert tried.status_code == 200
    assert tried.context["trial"]["figures"]
    assert not Product.objects.exists()
    planner.post(new, typed())
    product = reverse("atlas:console_product", args=["talks-by-county"])
    assert planner.get(product).status_code == 200
    planner.post(reverse("atlas:product_propose", args=["talks-by-county"]))
    release = Release.objects.get(period_from=date(2025, 1, 1))
    page = reverse("atlas:console_release", args=[release.code])
    planner.post(reverse("atlas:release_freeze", args=[release.code]))
    own, theirs = planner.get(page), other.get(page)
    assert not own.context["second"]
    assert theirs.context["second"]
    public = reverse("atlas:release", args=[release.code])
    assert other.get(public).status_code == 404
    planner.post(reverse("atlas:release_release", args=[release.code]))
    assert Release.objects.get().state == Release.FROZEN
    other.post(reverse("atlas:release_release", args=[release.code]))

    with django_assert_max_num_queries(8):
        shown = other.get(public)

    [table] = shown.context["tables"]
    kept = [line for line in table.lines if line.kept]
    assert 0 < len(kept) < len(table.lines)
    assert all(line.fact == "" for line in kept)
    text = shown.content.decode()
    assert Release.objects.get().digest in text
    assert release.code in other.get(reverse("atlas:releases")).content.decode()
    assert planner.get(reverse("atlas:console_releases")).status_code == 200
    assert planner.get(page).context["tables"]


def test_the_file_is_what_the_digest_is_of(client):
    release = keep.released()

    given = client.get(reverse("atlas:release_csv", args=[release.code]))

    assert hashlib.sha256(given.content).hexdigest() == release.digest
    rows = list(csv.DictReader(io.StringIO(given.content.decode())))
    assert {row["kept_back"] for row in rows} == {"0", "1"}
    assert all(not row["value"] for row in rows if row["kept_back"] == "1")
    assert len(rows) == 7


def test_the_released_figure_is_cited_with_its_release(client):
    release = keep.released()
    fact = release.cells.get(area=CITY).fact

    page = client.get(reverse("facts:citation", args=[fact.code]))

    assert f"/releases/{release.code}/" in page.content.decode()
    data = client.get(reverse("facts:citation_json", args=[fact.code])).json()
    assert data["evidence"]["kind"] == "release"
    assert data["figure"]["value"] == int(fact.value)


def test_refusing_takes_a_reason_and_can_be_undone(planner, other):
    release = keep.frozen()
    refuse = reverse("atlas:release_refuse", args=[release.code])
    assert other.post(refuse, {"reason": ""}).status_code == 422
    other.post(refuse, {"reason": "记录不全"})
    assert Release.objects.get().state == Release.REFUSED
    assert (
        "记录不全"
        in planner.get(reverse("atlas:console_release", args=[release.code])).content.decode()
    )
    planner.post(reverse("atlas:release_again", args=[release.code]))
    assert Release.objects.filter(state=Release.PROPOSED).count() == 1
    planner.post(reverse("atlas:product_end", args=["talks-by-county"]))
    assert Product.objects.get().ended_at


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "000000"}, {"figures": ["no.such"]}, {"begins_on": "2025-02-30"}, {"begins_on": "9999-01-01"},
        {"threshold": "9"}, {"threshold": "9" * 40}, {"variance": "nan"}, {"wait_days": "-1"}, {"code": "a\0b"},
        {"name": ""}, {"length": "week"}, {"level": "town"}, {"begins_on": "0001-01-01"}, {"figures": []},
    ],
)  # fmt: skip
@pytest.mark.parametrize("button", [{}, {"try": "1"}])
def test_says_what_is_wrong_with_a_draft(planner, wrong, button):
    page = planner.post(reverse("atlas:product_new"), typed(**wrong) | button)

    assert page.status_code == 422
    assert page.context["form"].errors
    assert not Product.objects.exists()


@pytest.mark.parametrize("code", ["7K3M-92QD", "x", "a\0", "7k3m92qd", "é" * 300])
def test_an_unknown_code_is_missing(client, planner, code):
    for name in ("release", "release_csv", "console_release"):
        assert client.get(reverse(f"atlas:{name}", args=[code])).status_code == 404


def test_a_code_is_read_as_it_is_said(client):
    release = keep.released()
    typed_in = release.code.lower().replace("-", "")

    answer = client.get(reverse("atlas:release", args=[typed_in]))

    assert answer.status_code == 302
    assert answer["Location"] == reverse("atlas:release", args=[release.code])


def test_nothing_was_released_yet(client):
    keep.frozen()

    page = client.get(reverse("atlas:releases"))

    assert page.status_code == 200
    assert not page.context["rows"]
    assert not Indicator.objects.get(released_from=None).public
