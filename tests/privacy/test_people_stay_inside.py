"""A count of people that has not passed the release gate is said nowhere: on no page, in no file, to nobody (PRIVACY 9)."""

import json
import pickle
import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from linli.facts import actions
from linli.facts.models import Fact, Indicator
from linli.facts.queries.released import released, sayable
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import year
from linli.facts.rules.released import NotReleased, Raw, Released, as_published, of_things, spoken
from linli.facts.schemas import telling
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.architecture import source
from tests.town import directory
from tests.town.addresses import let_go, paths
from tests.town.staff import actor

MAY = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
CODE, NUMBER = "talks.heard", 83_617
SAID = re.compile(r"83[,.  ]?617|8\.3617")
ROLES = (None, Role.PLANNER, Role.SUPERVISOR, Role.OFFICER)


def counted(*, about_people):
    """Count a number here, as engines do, and return its fact."""
    directory.area()
    figure = Figure(
        name=CODE, title="听讲人数", unit="person", kind="count", definition="听讲的人数。", computed_by="邻里",
        about_people=about_people, version=lambda: "1", cells=lambda _at: [Cell("620200", year(2025), Decimal(NUMBER))],
    )  # fmt: skip
    actions.compute(by=actor(), at=MAY, figure=figure)
    return Fact.objects.select_related("indicator", "evidence", "area").get()


def of_the_fact(fact):
    """Yield every address that is about one figure."""
    code, cited = fact.indicator.code, fact.code
    for name in ("public_indicator", "series_csv", "series_json", "console_indicator"):
        yield reverse(f"facts:{name}", args=[code])
    for name in ("citation", "citation_json", "console_fact"):
        yield reverse(f"facts:{name}", args=[cited])
    yield from (
        "/facts/",
        "/console/facts/",
        "/console/facts/contradictions/",
        f"/search/?q={code}",
    )
    asked = f"indicator={code}&parent=620200&area=620200&period=2025"
    yield from (f"/atlas/?{asked}&view={view}" for view in ("tiles", "table", "chart", "prisms"))
    yield from (f"/atlas/compare/?{asked}", f"/atlas/cell/?{asked}", f"/atlas/3d/?{asked}", f"/atlas/3d/areas.json?{asked}")  # fmt: skip
    yield from ("/api/indicators", f"/api/indicators/{code}", f"/api/figures?indicator={code}")
    yield f"/api/cells?indicator={code}&period=2025&areas=620200"


def shown(addresses):
    """Return (role, address) of every answer in which the number stands."""
    found = set()
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if role:
            client.force_login(_staff(role))
        for address in addresses:
            answer = client.get(address)
            text = b"".join(answer) if answer.streaming else answer.content
            if answer.streaming:
                let_go(answer)
            assert answer.status_code < 500, address
            if SAID.search(text.decode(errors="ignore")):
                found.add((role, address))
    return found


def _staff(role):
    made, _ = Staff.objects.get_or_create(
        username=role.value, defaults={"name": "甲", "role": role, "unit": "统计局", "password": "long-enough-1"}
    )  # fmt: skip
    return made


@pytest.mark.django_db
def test_nobody_is_told_on_any_page_of_the_figure():
    fact = counted(about_people=True)

    assert shown(list(of_the_fact(fact))) == set()


@pytest.mark.django_db
def test_control_the_walk_sees_a_figure_that_counts_nobody():
    fact = counted(about_people=False)

    found = shown(list(of_the_fact(fact)))

    assert {role for role, _address in found} == set(ROLES)
    for name in ("public_indicator", "series_csv", "series_json"):
        assert (None, reverse(f"facts:{name}", args=[CODE])) in found
    assert (None, f"/api/figures?indicator={CODE}") in found
    assert (None, f"/api/cells?indicator={CODE}&period=2025&areas=620200") in found
    for name in ("citation", "citation_json", "console_fact"):
        assert (Role.PLANNER, reverse(f"facts:{name}", args=[fact.code])) in found


@pytest.mark.django_db
def test_no_address_at_all_says_it():
    counted(about_people=True)
    of_lists = [one for one in paths() if "zzzz" not in one and "987654321" not in one]

    assert shown(of_lists) == set()


@pytest.mark.django_db
def test_a_count_of_people_is_refused_when_it_is_said():
    fact = counted(about_people=True)

    assert sayable(fact) is None
    with pytest.raises(NotReleased):
        released(fact)
    assert str(NUMBER) not in telling.figure(fact)
    # Its digest could otherwise be tried against every number.
    assert fact.evidence.digest != _bare_digest()
    assert Indicator.objects.get().public is False


def _bare_digest():
    import hashlib

    return hashlib.sha256(f"620200 {year(2025)} {NUMBER}".encode()).hexdigest()


@pytest.mark.parametrize(
    "say", [str, repr, format, int, float, bool, json.dumps, pickle.dumps, "{}".format, spoken]
)
def test_a_raw_count_cannot_be_said(say):
    with pytest.raises((NotReleased, TypeError)) as error:
        say(Raw(NUMBER))

    assert str(NUMBER) not in str(error.value)


@pytest.mark.parametrize("bare", [NUMBER, Decimal(NUMBER), str(NUMBER), None])
def test_a_bare_number_is_refused(bare):
    with pytest.raises(NotReleased):
        telling.said(bare, "exact", "person")


def test_nobody_makes_a_released_figure_by_hand():
    with pytest.raises(NotReleased):
        Released(NUMBER, "gate", "7K3M-92QD")
    with pytest.raises(NotReleased):
        as_published(NUMBER, "")
    assert spoken(of_things(NUMBER)) == NUMBER


PLANTED = """
from decimal import Decimal
from linli.facts.rules.released import Raw, Released, of_things, spoken

def said(figure: Released[Decimal]) -> str:
    return str(spoken(figure))

said(of_things(Decimal(1)))
said(Decimal(1))
said(Raw(Decimal(1)))
"""


def test_the_type_checker_refuses_a_bare_number(tmp_path):
    file = tmp_path / "planted.py"
    file.write_text(PLANTED)

    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file=", "--strict", f"--cache-dir={tmp_path}", file],
        capture_output=True, text=True, check=False, cwd=source.ROOT,
    ).stdout  # fmt: skip

    wrong = [line for line in told.splitlines() if "error:" in line]
    assert [line.split(":")[1] for line in wrong] == ["9", "10"], told
    assert all("Argument 1 to" in line and "Released[Decimal]" in line for line in wrong)


# What shows figures asks whether they may be said; these ask only whether there is one, or where its interval ends.
_ASKED = {
    "facts/schemas/telling.py": 1, "facts/schemas/rows.py": 2, "facts/views/told.py": 2, "plans/views/promise.py": 1,
    "facts/exchange/open_data_sets.py": 2, "plans/views/task_context.py": 4, "funds/schemas/attested_words.py": 1,
    "facts/schemas/answers.py": 2,
}  # fmt: skip


def test_what_shows_figures_never_reads_the_bare_value():
    shows = re.compile(r"/(views|schemas|exchange|forms|templatetags)/")
    bare = re.compile(r"\bfact\.(value|low|high)\b")
    found = {
        path.relative_to(source.ROOT / "linli").as_posix(): len(bare.findall(path.read_text()))
        for path in source.modules()
        if shows.search(path.as_posix()) and bare.search(path.read_text())
    }
    templates = [
        one.name for one in (source.ROOT / "linli").glob("*/templates/**/*.html") if re.search(r"fact\.(value|low|high)", one.read_text())
    ]  # fmt: skip

    assert found == _ASKED
    assert templates == []
