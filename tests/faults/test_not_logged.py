"""If a look cannot be written down, nothing is shown (P10): through every way in which staff see what was said."""

from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection
from django.test import Client

from linli.cases.models import Attachment
from linli.kernel.actors import Role
from linli.kernel.api_keys import issue
from linli.kernel.models import Look, Staff
from linli.kernel.uploads import Rebuilt
from tests.cases.console import desk
from tests.town import cases
from tests.town.asking import AT
from tests.town.staff import actor

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "cnry-0001-words-000000000000"
FUNCTION = "CREATE FUNCTION refuse_looks() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'full'; END $$ LANGUAGE plpgsql"
TRIGGER = "CREATE TRIGGER refuse_looks BEFORE INSERT ON kernel_look"
REFUSE = {
    "sqlite": (
        f"{TRIGGER} BEGIN SELECT RAISE(ABORT, 'full'); END",
        "DROP TRIGGER refuse_looks",
    ),
    "postgresql": (
        f"{FUNCTION}; {TRIGGER} FOR EACH ROW EXECUTE FUNCTION refuse_looks()",
        "DROP TRIGGER refuse_looks ON kernel_look; DROP FUNCTION refuse_looks()",
    ),
}


@contextmanager
def no_look_is_taken():
    begin, end = REFUSE[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(end)


@pytest.fixture
def case(settings, tmp_path):
    settings.KEYS, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "files"
    with time_machine.travel(AT, tick=False):
        photo = Rebuilt(f"\xff\xd8{CANARY}".encode(), "image/jpeg", "jpg")
        contact = cases.Contact("email", f"{CANARY}@example.org")
        granted = (*cases.MAY_PASS_ON, "contact")
        yield cases.asked(
            at=AT, words=CANARY, photos=(photo,), contact=contact, fields_granted=granted
        )


def program():
    staff = Staff.objects.filter(role=Role.OFFICER).first()
    by = actor(Role.ADMINISTRATOR, name="管理员", unit="")
    _key, secret = issue(by=by, at=AT, staff=staff, name="窗口系统")
    return Client(headers={"Authorization": f"Bearer {secret}"})


def ways(case):
    """Every way in which the unit's own officer is shown what the person said."""
    client, page = desk(cases.officer()), f"/en/console/cases/{case.code}/"
    paper = Attachment.objects.get(case=case).code
    programs = program()
    return {
        "the page": lambda: client.get(page),
        "a paper": lambda: client.get(f"{page}papers/{paper}/"),
        "the contact": lambda: client.post(f"{page}contact/", {"reveal-reason": "需当面核实"}),
        "a program": lambda: programs.get(f"/api/desk/cases/{case.code}"),
    }


@pytest.mark.parametrize("way", ["the page", "a paper", "the contact", "a program"])
def test_shows_nothing_when_the_look_is_refused(case, way):
    ask = ways(case)[way]

    with no_look_is_taken():
        answer = ask()

    assert answer.status_code == 503
    assert CANARY.encode() not in answer.content
    assert Look.objects.count() == 0


@pytest.mark.parametrize("way", ["the page", "a paper", "the contact", "a program"])
def test_control_shows_it_when_the_look_is_taken(case, way):
    answer = ways(case)[way]()

    assert answer.status_code == 200
    assert CANARY.encode() in answer.content
    assert Look.objects.count() > 0
