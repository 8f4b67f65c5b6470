"""PRIVACY.md, 1 and 2, as far as there is something to check: no trait of a person, no list of people.

Every field of every model and form is held against the deny list, in English, Chinese and pinyin.
"""

import re
from importlib import import_module

import pytest
from django import forms
from django.apps import apps

from linli.kernel.traits import TRAIT
from tests.architecture import source

PLANTED = [
    "ethnicity", "ethnic_group", "religion", "faith", "political_view", "birthplace", "native_place",
    "id_number", "face_print", "plate_number", "risk_score", "minzu", "shenfenzheng", "民族成份", "宗教信仰",
]  # fmt: skip


def fields_of(model):
    for field in model._meta.get_fields():
        yield field.name
        yield str(getattr(field, "verbose_name", ""))
        yield str(getattr(field, "help_text", ""))


def forms_of_the_project():
    # A form is known once its module is imported.
    for path in source.modules():
        if "forms" in {path.stem, path.parent.name}:
            import_module(".".join(path.relative_to(source.ROOT).with_suffix("").parts))
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("linli."):
                found.add(kind)
    return found


def test_has_no_trait_of_a_person_in_any_model():
    denied = [
        f"{model.__name__}.{said}"
        for model in apps.get_models()
        if model.__module__.startswith("linli.")
        for said in fields_of(model)
        if TRAIT.search(said)
    ]

    assert denied == []


def test_has_no_trait_of_a_person_in_any_form():
    kinds = forms_of_the_project()
    denied = [
        f"{kind.__name__}.{said}"
        for kind in kinds
        for name, field in getattr(kind, "base_fields", {}).items()
        for said in (name, str(field.label))
        if TRAIT.search(said)
    ]

    assert kinds
    assert denied == []


@pytest.mark.parametrize("name", PLANTED)
def test_would_see_a_planted_field(name):
    assert TRAIT.search(name)


def test_has_no_address_that_lists_people():
    from django.urls import get_resolver

    def patterns(resolver):
        for entry in resolver.url_patterns:
            yield str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                yield from patterns(entry)

    people = re.compile(r"resident|person|people|citizen|applicant|user(?!name)", re.IGNORECASE)

    assert [p for p in patterns(get_resolver()) if people.search(p)] == []


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
