"""The questions of one service as a short form, and its answers as the rules read them. Nothing is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.rules.eligibility import Answer, Question, questions
from linli.directory.rules.eligibility_grammar import OLDEST
from linli.directory.schemas.asked import offered
from linli.directory.schemas.telling import question_words

ELSEWHERE = "000000"
_YES_NO = (
    ("yes", pgettext_lazy("answer", "Yes")),
    ("no", pgettext_lazy("answer", "No")),
    ("", _("I do not know")),
)
_MOST = 1_000_000


class ForYouForm(forms.Form):
    """One field a question; each may stay open, since not to know is an answer as well."""

    def __init__(self, rules: Sequence[Mapping[str, Any]], data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, auto_id="%s")
        self.asked = questions(rules)
        for number, question in enumerate(self.asked):
            field = _field(question)
            field.label, field.required = str(question_words(question)), False
            self.fields[f"answer{number}"] = field

    def answers(self) -> dict[str, Answer]:
        """Return what was answered, by the keys of the questions."""
        said: dict[str, Answer] = {}
        for number, question in enumerate(self.asked):
            value = self.cleaned_data.get(f"answer{number}")
            if value in (None, ""):
                continue
            said[question.key] = value == "yes" if question.kind in _YES_OR_NO else value
        return said


_YES_OR_NO = frozenset({"holds", "situation"})


def _field(question: Question) -> forms.Field:
    if question.kind in _YES_OR_NO:
        return forms.ChoiceField(choices=_YES_NO, widget=forms.RadioSelect)
    if question.kind == "lives_in":
        places = [("", _("I do not know")), *offered().areas, (ELSEWHERE, _("Somewhere else"))]
        return forms.ChoiceField(choices=places)
    return forms.IntegerField(min_value=0, max_value=OLDEST if question.kind == "age" else _MOST)
