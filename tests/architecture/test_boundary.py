"""PRIVACY.md, 1 and 2: no trait of a person, no list of people.

Every name of every model, form, schema, table, address and rule is held against the deny list, in English,
Chinese and pinyin; what is planted is found, wherever it stands and in whatever script.
"""

import re
import sys
from contextlib import contextmanager

import ninja
import pytest
from django import forms
from django.db import models
from django.test.utils import isolate_apps
from django.urls import include, path
from django.urls.resolvers import RegexPattern, URLResolver

from linli.kernel.traits import TRAIT
from tests.architecture import names, source

WORDS = [
    "ethnicity", "ethnic_group", "religion", "faith", "political_view", "birthplace", "native_place",
    "id_number", "face_print", "plate_number", "risk_score", "minzu", "shenfenzheng", "民族成份", "宗教信仰",
    "籍貫", "身份證號", "人臉", "車牌", "軌跡", "戶籍", "族別", "chepai", "zhengzhimianmao",
]  # fmt: skip
PEOPLE = re.compile(r"resident|person|people|citizen|applicant|user(?!name)", re.IGNORECASE)


def test_has_no_trait_of_a_person_under_any_name():
    assert names.denied_in_all_tongues() == []


def test_looks_at_models_forms_and_schemas_of_every_engine():
    """A scan that sees nothing finds nothing: what it must have seen at least."""
    seen = {where for where, _said in names.of_the_project()}

    assert {
        "model Case.words", "model Look.by_unit", "form FindForm.language", "form HeldForm.code",
        "form TopicForm.keywords", "schema AskIn.words", "schema OpenedOut.granted", "table services", "rule", "address",
    } <= seen  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_knows_the_word(word):
    assert TRAIT.search(word)


@contextmanager
def model(**fields):
    """Plant a table with these fields."""
    options = fields.pop("options", {})
    with isolate_apps("tests"):
        meta = type("Meta", (), {"app_label": "tests"} | options)
        body = {"__module__": "tests.planted", "Meta": meta, **fields}
        yield names.of_model(type("Planted", (models.Model,), body))


@contextmanager
def form(**fields):
    yield names.of_form(type("PlantedForm", (forms.Form,), fields))


@contextmanager
def schema(**fields):
    kinds = {name: kind for name, (kind, _default) in fields.items()}
    given = {name: default for name, (_kind, default) in fields.items() if default is not ...}
    body = {"__annotations__": kinds, "__module__": "tests.planted", **given}
    yield names.of_schema(type("Planted", (ninja.Schema,), body))


@contextmanager
def address(pattern):
    def view(request):
        """Never called."""

    inner = URLResolver(RegexPattern(r"^/"), [path("x/", include([path(pattern, view)]))])
    yield names.of_addresses(inner)


@contextmanager
def columns(*said):
    yield names.of_tables(planted=said)


@contextmanager
def rules(*said):
    yield names.of_rules(said)


def text(*words, **more):
    return models.CharField(*words, max_length=20, **more)


PLANTED = {
    "a field, in English": lambda: model(ethnicity=text()),
    "a field's words, in Simplified Chinese": lambda: model(kind=text("民族")),
    "a field's help, in Traditional Chinese": lambda: model(kind=text(help_text="籍貫")),
    "a column, in pinyin": lambda: model(kind=text(db_column="minzu")),
    "a choice of a field": lambda: model(kind=text(choices=[("a", "少数民族")])),
    "an index": lambda: model(
        kind=text(), options={"indexes": [models.Index(fields=["kind"], name="by_religion")]}
    ),
    "a form's field, in pinyin": lambda: form(zongjiao=forms.CharField()),
    "a form's label": lambda: form(kind=forms.CharField(label="宗教信仰")),
    "a form's label that heads a column about persons": lambda: form(
        kind=forms.CharField(label="性别")
    ),
    "a form's choice, in Traditional Chinese": lambda: form(
        kind=forms.ChoiceField(choices=[("x", "身份證")])
    ),
    "a schema's field": lambda: schema(native_place=(str, ...)),
    "a schema's alias, in pinyin": lambda: schema(
        kind=(str, ninja.Field("", alias="shenfenzheng"))
    ),
    "a column of an import": lambda: columns("编号", "政治面貌"),
    "a part of an address": lambda: address("<str:huji>/"),
    "a key deep in a rule": lambda: rules({"kind": "any", "of": [{"kind": "age", "faith": "x"}]}),
    "the words of a rule": lambda: rules({"kind": "situation", "reason": "少數民族家庭"}),
}


@pytest.mark.parametrize("place", PLANTED)
def test_finds_what_is_planted(place):
    with PLANTED[place]() as planted:
        assert len(names.denied(planted)) == 1


def test_finds_nothing_in_what_is_clean():
    with model(words=text("说明"), surface=models.IntegerField()) as clean:
        assert names.denied(clean) == []
    with columns("单位", "市级", "办理时限") as clean:
        assert names.denied(clean) == []


def test_imports_the_modules_that_it_speaks_of():
    names.import_all()

    missing = {
        source.name(one)
        for one in source.modules()
        if {"forms", "schemas"} & {one.stem, one.parent.name}
        and ".".join(one.relative_to(source.ROOT).with_suffix("").parts).removesuffix(".__init__")
        not in sys.modules
    }
    assert missing == set()


def test_has_no_address_that_lists_people():
    assert [said for _where, said in names.of_addresses() if PEOPLE.search(said)] == []


def test_control_sees_an_address_that_lists_people():
    with address("residents/") as planted:
        assert [said for _where, said in planted if PEOPLE.search(said)] == ["residents/"]


def test_never_names_a_machine_or_a_registry():
    # Written in two halves each, so that this file does not name them itself.
    halves = [("/wo", "rk/"), ("/ro", "ot/"), (".libr", "ary/"), ("py", "pi.org"), ("npm", "js.")]
    said = re.compile("|".join(re.escape(left + right) for left, right in halves))
    found = [
        source.name(path)
        for path in source.tracked(
            "*.py", "*.md", "*.toml", "*.html", "*.sh", "*.json", "Makefile", ".ci/run"
        )
        if path.name != "uv.lock"
        and said.search(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []
