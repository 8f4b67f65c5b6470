"""The controls: the tests of the matrix notice a wrong answer, a hole in the code, and an address nobody listed."""

from inspect import getclosurevars
from types import ModuleType

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from linli.config import urls
from linli.directory.models import Unit
from linli.facts.actions import facts
from linli.kernel.doors import staff_only
from linli.plans.actions import milestones, moves, notices, progress
from tests.permissions.asking import ask, fault_of, judged
from tests.permissions.matrix import (
    ACTORS,
    FILE,
    OUTCOMES,
    ROWS,
    Row,
    addresses,
    differences,
    read,
)
from tools import sweeps

pytestmark = pytest.mark.django_db
PATTERNS = dict(addresses())
# All that they are sent is taken as it comes, and the action refuses who may not send it: two locks on one door.
TWICE_LOCKED = {
    "assessments:objection_open",
    "cases:end_office", "cases:end_partner", "directory:guide_assure", "directory:guide_edit",
    "directory:guide_end", "directory:offer_add", "directory:offer_drop", "directory:offer_edit", "directory:place_assure",
    "directory:place_close", "directory:place_edit", "directory:unit_close",
    "plans:ledger_assign_undo", "plans:note_attendance", "plans:send_call", "plans:write_minutes",
    "portal:account_disable", "portal:account_enable", "portal:account_link", "portal:account_reset",
    "portal:announcement_end", "reports:choose_cell", "reports:lay_form_aside", "reports:map_sheet",
    "reports:publish", "reports:refuse_form", "reports:send_form", "reports:tell_cells",
    "reports:withdraw", "trace:counter_notice", "trace:counter_product_end", "trace:operator_phrase",
}  # fmt: skip
# What keeps one's own account: for everybody who is in, in whatever role, and behind allauth's own door.
OWN = {
    "account_change_password", "account_reauthenticate", "account_sessions", "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_index", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
}  # fmt: skip
SOME = [
    "portal:home",
    "plans:task",
    "plans:drop_task",
    "reports:public_reading",
    "portal:view_change",
]


def noticed(world, route, *kept_out):
    """Return whether somebody whom the matrix keeps out of a route, by one of these words, gets further."""
    cells = [(row, who) for row in ROWS if row.route == route for who in ACTORS]
    cells = [(row, who) for row, who in cells if row.outcomes[who] in kept_out]
    return any(fault_of(world, row, who) for row, who in cells if who not in row.holes)


def door_of(callback):
    """Return the door before a view, or None when there is none."""
    while callback is not None and "roles" not in _closure(callback):
        callback = getattr(callback, "__wrapped__", None)
    return callback


def _closure(callback):
    code = getattr(callback, "__code__", None)
    return code.co_freevars if code else ()


# Missing wherever there is no demo: tests/demo/test_tour.py asks at its door.
OF_A_DEMO = {"demo:reset"}
DOORS = {
    name: door
    for name, one in PATTERNS.items()
    if name not in OF_A_DEMO and (door := door_of(one.callback))
}
# Those that let some roles in only; behind the others each deed has its own rule.
CHOOSY = {name for name, door in DOORS.items() if getclosurevars(door).nonlocals["roles"]}


@pytest.mark.parametrize("route", SOME)
def test_notices_a_wrong_answer(world, route):
    row = next(row for row in ROWS if row.route == route)
    for who in ACTORS:
        answer = ask(world, row, who)
        assert judged(row, who, answer) == ""
        for word in sorted(OUTCOMES - {row.outcomes[who]}):
            wrong = f"{row.outcomes[who]} instead of {word}"
            assert judged(row.but(**{who: word}), who, answer) == wrong


def test_knows_all_doors():
    assert {row.route for row in ROWS if row.outcomes["anonymous"] == "login"} == {*DOORS} | OWN


def test_notices_a_door_that_is_gone(world, monkeypatch):
    unnoticed = set()
    for route in sweeps.part(sorted(DOORS), 4):
        with monkeypatch.context() as patch:
            patch.setattr(PATTERNS[route], "callback", DOORS[route].__wrapped__)
            if not noticed(world, route, "login"):
                unnoticed.add(route)

    assert unnoticed == set()


def test_notices_a_door_that_lets_every_role_in(world, monkeypatch):
    unnoticed, asked = set(), sweeps.part(sorted(CHOOSY), 4)
    for route in asked:
        with monkeypatch.context() as patch:
            patch.setattr(PATTERNS[route], "callback", staff_only()(DOORS[route].__wrapped__))
            if not noticed(world, route, "forbidden"):
                unnoticed.add(route)

    assert unnoticed == TWICE_LOCKED & {*asked}


@pytest.mark.parametrize(
    ("module", "check", "route"),
    [
        (progress, "own", "plans:report"),
        (progress, "impartial", "plans:review"),
        (moves, "impartial", "plans:decide_move"),
        (notices, "impartial", "plans:send_notice"),
        (milestones, "own", "plans:reach_milestone"),
    ],
)
def test_notices_that_nobody_asks_whose_it_is(world, monkeypatch, module, check, route):
    monkeypatch.setattr(module, check, lambda **_given: None)

    assert noticed(world, route, "forbidden")


def test_notices_that_everybody_may_forget_a_view(world, monkeypatch):
    def anybodys(found, *, pk, owner):
        return found.get(pk=pk)

    monkeypatch.setattr("linli.portal.lists.views.get_object_or_404", anybodys)
    monkeypatch.setattr("linli.kernel.saved_views._yours", lambda *_given: None)

    assert noticed(world, "portal:view_change", "missing")


def test_notices_that_an_officer_speaks_for_another_unit(world, monkeypatch):
    monkeypatch.setattr(facts, "may_claim", lambda **_given: None)
    monkeypatch.setattr("linli.facts.actions.may_claim", lambda **_given: None)
    row = next(row for row in ROWS if row.sends == "correction" and row.of == "unit's claim")

    assert fault_of(world, row, "other officer") == "redirect instead of forbidden"


@pytest.mark.parametrize(("status", "who"), [(403, "officer"), (404, "planner"), (200, "planner")])
def test_notices_who_writes_and_says_that_nothing_happened(world, monkeypatch, status, who):
    def sly(request, **_parts):
        Unit.objects.filter(pk=world.has.lead.pk).update(kind="office")
        return HttpResponse(status=status)

    word = {403: "forbidden", 404: "missing", 200: "ok"}[status]
    monkeypatch.setattr(PATTERNS["plans:task"], "callback", sly)
    row = next(row for row in ROWS if row.route == "plans:task").but(**{who: word})

    assert fault_of(world, row, who) == f"{word}, but wrote ['directory_unit']"


def test_notices_who_says_that_it_is_done_and_does_nothing(world, monkeypatch):
    monkeypatch.setattr(
        PATTERNS["plans:drop_task"], "callback", lambda request, **_parts: HttpResponseRedirect("/")
    )
    (row,) = (
        r for r in ROWS if (r.route, r.sends, r.of) == ("plans:drop_task", "valid", "own task")
    )

    assert fault_of(world, row, "planner") == "nothing was done"


def test_notices_an_address_that_nobody_listed(settings):
    planted = ModuleType("planted")
    planted.urlpatterns = [*urls.urlpatterns, path("console/planted/", urls.health, name="planted")]
    settings.ROOT_URLCONF = planted

    assert differences(ROWS)["without a row"] == ["planted"]


def test_notices_an_address_that_hides_behind_the_name_of_another(settings):
    planted = ModuleType("planted")
    planted.urlpatterns = [*urls.urlpatterns, path("console/planted/", urls.health, name="health")]
    settings.ROOT_URLCONF = planted

    assert differences(ROWS)["named twice"] == ["health"]


def test_notices_a_row_without_an_address():
    gone = Row("plans:gone", "GET", "-", "-", dict.fromkeys(ACTORS, "ok"), frozenset())

    assert differences([*ROWS, gone])["without an address"] == ["plans:gone"]


@pytest.mark.parametrize(
    "line",
    [
        "health, GET, -, -, ok, ok, ok, ok, ok, ok, ok",
        "health, GET, -, -, fine, ok, ok, ok, ok, ok, ok, ok",
        "health, GET, -, -, , ok, ok, ok, ok, ok, ok, ok",
    ],
)
def test_reads_no_line_that_leaves_something_open(line):
    with pytest.raises(ValueError, match="health"):
        read(f"{FILE.read_text()}\n{line}\n")
