"""What is given about a quiz: the answers of one visit; its title, its questions, a table of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.offers.actions.quizzing import MOST_CHOICES, QuestionDraft
from linli.offers.forms.dates import DAY
from linli.offers.forms.offer import choose
from linli.offers.models import Offer, Question

_LETTERS = "ABCDEF"


class VisitForm(forms.Form):
    """The questions that were drawn for one visit."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for number, question in enumerate(questions, 1):
            self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
                label=f"{number}. {question.words}",
                choices=list(enumerate(question.choices)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )

    def given(self) -> dict[int, int]:
        """Return what was chosen, by question."""
        return {one.pk: self.cleaned_data[f"q{one.pk}"] for one in self.questions}


class QuizForm(forms.Form):
    """A new quiz."""

    offer = forms.ModelChoiceField(Offer.objects.none(), label=_("Part of"), to_field_name="code")
    title = forms.CharField(label=_("Title"), max_length=120)
    drawn = forms.IntegerField(label=_("Questions a visit"), min_value=1, max_value=20, initial=5)
    ends_on = forms.DateField(label=_("Open until"), required=False, widget=DAY)

    def __init__(self, *args: Any, offers: "QuerySet[Offer]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "offer", offers)


class QuestionForm(forms.Form):
    """One question: its answers one a line, and which of them is right."""

    words = forms.CharField(label=_("Question"), max_length=240)
    choices = forms.CharField(
        label=_("Answers"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, two to six."),
    )
    right = forms.TypedChoiceField(
        label=_("The right one"),
        coerce=int,
        choices=[(n, _LETTERS[n]) for n in range(MOST_CHOICES)],
        help_text=_("A is the first line."),
    )
    why = forms.CharField(
        label=_("Why"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def draft(self) -> QuestionDraft:
        """Return the question, once it is valid."""
        given = self.cleaned_data
        lines = [line for line in given["choices"].splitlines() if line.strip()]
        return QuestionDraft(
            words=given["words"], choices=lines, right=given["right"], why=given["why"]
        )


class BankForm(forms.Form):
    """A table of questions."""

    file = forms.FileField(
        label=_("Table of questions"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("XLSX or CSV with the columns 题目, A to F, 正确答案 (a letter) and 解析."),
    )
