import json

from django import forms

from linli.kernel.refusals import Refused, on_form, problem


def test_becomes_problem_json():
    response = problem(Refused("full", "There is no place left.", status=409))

    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "urn:linli:refused:full",
        "title": "There is no place left.",
        "status": 409,
        "code": "full",
    }


def test_becomes_an_error_of_the_form():
    class Ask(forms.Form):
        name = forms.CharField()

    form = Ask({"name": "x"})
    form.is_valid()

    on_form(form, Refused("full", "There is no place left."), "name")

    assert form.errors == {"name": ["There is no place left."]}
