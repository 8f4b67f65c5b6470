"""Every form in our look: a name, a hint, what is wrong, a control, tied to one another."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test import override_settings
from django.test.html import parse_html

from linli.ui.guide import SampleForm
from linli.ui.rendering import FormRenderer


@pytest.fixture(autouse=True)
def _our_renderer():
    with override_settings(FORM_RENDERER="linli.ui.rendering.FormRenderer"):
        forms.renderers.get_default_renderer.cache_clear()
        yield
    forms.renderers.get_default_renderer.cache_clear()


def test_ties_name_hint_error_and_control_together():
    page = str(SampleForm({"matter": ""})["matter"].as_field_group())

    assert '<label class="field__name" for="id_matter">' in page
    assert 'id="id_matter_helptext"' in page
    assert 'id="id_matter_error"' in page
    assert 'aria-describedby="id_matter_helptext id_matter_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'class="input"' in page


def test_groups_choices_under_a_legend():
    page = str(SampleForm()["door"].as_field_group())

    assert "<legend" in page
    assert page.count('<label class="choice"') == 3
    assert 'class="input"' not in page


class Places(forms.Select):
    """Some of it may not be chosen."""

    def create_option(self, name, value, *rest, **more):
        option = super().create_option(name, value, *rest, **more)
        option["attrs"] |= {"disabled": value == "b", "data-of": None if value == "c" else value}
        return option


def test_writes_a_select_as_django_does():
    groups = [("", "<all>"), ("North & \"west\"", [("a", "A"), ("b", "B & b")]), ("c", "C"), (2026, 2026)]  # fmt: skip
    field = Places(choices=groups)
    given = {"attrs": {"id": "id_place", "required": True, "aria-invalid": False}}

    for chosen in ("", "a", "c", 2026, None, ["<"]):
        ours = field.render("pl<ace", chosen, renderer=FormRenderer(), **given)
        theirs = field.render("pl<ace", chosen, renderer=TemplatesSetting(), **given)
        assert parse_html(ours.replace(' class="input"', "", 1)) == parse_html(theirs)
        assert ours.count('class="input"') == 1


def test_lists_every_error_with_a_way_to_its_field():
    page = str(SampleForm({}))
    ways = re.findall(r'<a href="#([\w]+)">', page)

    assert ways == ["id_matter", "id_door", "id_when", "id_seen"]
    assert all(f'id="{way}"' in page for way in ways)


def test_says_nothing_of_errors_before_there_are_any():
    page = str(SampleForm())

    assert "wrongs" not in page
    assert "field--wrong" not in page


def test_marks_what_may_be_left_out():
    form = SampleForm()

    assert "soft" in str(form["account"].as_field_group())
    assert "soft" not in str(form["matter"].as_field_group())


def test_leaves_the_forms_own_classes():
    class Own(forms.Form):
        one = forms.CharField(widget=forms.TextInput({"class": "mine"}))

    assert 'class="mine"' in str(Own()["one"])


def test_escapes_labels_and_errors():
    class Hostile(forms.Form):
        one = forms.CharField(label="<b>", error_messages={"required": "<i>"})

    page = str(Hostile({}))

    assert "<b>" not in page
    assert "<i>" not in page
