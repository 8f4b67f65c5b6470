"""Every cell of the matrix is asked; an address without a row fails, and a row without an address too. Here: the house."""

import os
import random

import pytest
from django import forms

from tests.permissions import fuzzing
from tests.permissions.asking import fault_of
from tests.permissions.cells import cells, other_methods
from tests.permissions.matrix import ROWS, differences
from tools import sweeps

pytestmark = pytest.mark.django_db
MANY = int(os.environ.get("LINLI_FUZZ", "0"))
FEW = 30  # pieces of nonsense in each run; LINLI_FUZZ=20 tells each form of each page 20


def test_knows_every_address():
    assert differences(ROWS) == {"without a row": [], "named twice": [], "without an address": []}


test_answers_as_the_matrix_says = cells("house")
test_refuses_every_other_method = other_methods("house")


def test_shows_a_stranger_no_more_by_head_than_by_get(world):
    looks = sweeps.part([row for row in ROWS if row.method == "GET"], 5)
    faults = {str(row): fault_of(world, row, "anonymous", method="HEAD") for row in looks}

    # The JSON addresses know no HEAD.
    assert {row: one for row, one in faults.items() if one and not one.startswith("method ")} == {}


def test_no_nonsense_breaks_a_form(world):
    chance, told = random.Random(MANY), fuzzing.sent(world)
    told = [*told, *fuzzing.shown(world)] if MANY else chance.sample(told, FEW)
    with fuzzing.faults() as broken:
        for form in told:
            for _each in range(MANY or 1):
                fuzzing.send(world, form, fuzzing.mutated(form, chance))

    print(f"{len(told)} forms, {len(told) * (MANY or 1)} sent, {len(broken)} broke")  # noqa: T201 - many are asked by hand
    assert broken == []


def test_no_nonsense_breaks_an_address(world):
    chance = random.Random(MANY)
    rows = [row for row in ROWS if row.method == "GET" and world.parts[row.of]]
    asked = [
        form
        for row in (rows if MANY else chance.sample(rows, FEW))
        for _each in range(MANY or 1)
        if (form := fuzzing.elsewhere(row, world, chance))
    ]
    with fuzzing.faults() as broken:
        for form in asked:
            fuzzing.send(world, form, ())

    print(f"{len(asked)} addresses, {len(broken)} broke")  # noqa: T201 - many are asked by hand
    assert broken == []


def test_would_notice_a_form_that_breaks(world, monkeypatch):
    """The control."""
    form = next(one for one in fuzzing.sent(world) if one.path == "/account/login/")
    monkeypatch.setattr(forms.Form, "full_clean", lambda _form: int("not a number"))

    with fuzzing.faults() as broken:
        assert fuzzing.send(world, form, form.given).status_code == 500
    assert len(broken) == 1
    assert "ValueError" in broken[0]
