"""What a poll is, what it asks in which language, who hands out how many slips, and what was counted in a box."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.poll_boxes import BoxCount
from linli.assessments.actions.poll_questions import LONGEST_TEXT, Frame
from linli.assessments.actions.polls import PollDraft
from linli.assessments.models import Poll, PollMatter, Round, Sheaf, Subject
from linli.assessments.rules.instruments import said
from linli.assessments.rules.polls import BEST, MOST_OPTIONS, Option, PollForm, Question
from linli.directory.models import Unit
from linli.ui.languages import LANGUAGES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TONGUES = {one.code: one.own_name for one in LANGUAGES}
SLIPS, PAPERS = "slips", "papers"


class FrameForm(forms.Form):
    """Name, purpose, last day and languages of a poll."""

    title = forms.CharField(label=_("Title"), max_length=120)
    words = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    until = forms.DateField(
        label=_("Last day"),
        widget=DAY,
        help_text=_("Nothing is told before this day has passed."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=list(TONGUES.items()),
        initial=["zh-hans"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The first of them holds. Each question is said in all of them before it opens."
        ),
    )

    def frame(self) -> Frame:
        """Return what stands around the questions, once it is valid."""
        given = self.cleaned_data
        tongues = tuple(given["languages"])
        return Frame(given["title"], given["until"], given["words"], tongues)


class NewPollForm(FrameForm):
    """A new poll: about the candidates of an open round, about its own topic, or about a subject that is given."""

    unit = forms.ModelChoiceField(
        label=_("Organized by"), queryset=Unit.objects.none(), to_field_name="code"
    )
    round = forms.ModelChoiceField(
        label=_("About the candidates of"),
        queryset=Round.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("None: about its own topic"),
    )

    def __init__(
        self, *args: Any, unit_name: str, about: Subject | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        units = Unit.objects.working().order_by("name")
        open_rounds = Round.objects.published().filter(closed_at=None).select_related("scheme")
        _among(self, "unit", units)
        _among(self, "round", open_rounds)
        if about is not None:
            self.fields.pop("round")
        if own := units.filter(name=unit_name).first():
            self.initial.setdefault("unit", own.code)

    def draft(self) -> PollDraft:
        """Return the poll, once it is valid."""
        given, frame = self.cleaned_data, self.frame()
        return PollDraft(
            title=frame.title,
            unit=given["unit"],
            until=frame.until,
            words=frame.words,
            languages=frame.languages,
            round=given.get("round"),
            subject=self.about,
        )


class QuestionForm(forms.Form):
    """One question in one language. In the first: its answers and what they are worth; in others: texts alone."""

    def __init__(
        self, data: QueryDict | None, *, asks: PollForm, question: Question, language: str
    ) -> None:
        self.question, self.language, self.first = question, language, asks.languages[0]
        self.holds = language == self.first
        super().__init__(data, initial=self._initial())
        wide = forms.Textarea(attrs={"rows": 2, "dir": "auto", "lang": language})
        self.fields["text"] = forms.CharField(
            label=_("Question") if self.holds else said(question.text, self.first),
            max_length=LONGEST_TEXT,
            widget=wide,
        )
        for number in range(1, (MOST_OPTIONS if self.holds else len(question.options)) + 1):
            self._option(number)

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each answer: its text, and what it is worth where that is asked."""
        names = ("option", "worth") if self.holds else ("option",)
        numbers = range(1, MOST_OPTIONS + 1)
        found = (
            [self[f"{name}_{at}"] for name in names if f"{name}_{at}" in self.fields]
            for at in numbers
        )
        return [row for row in found if row]

    def read(self) -> Question:
        """Return the question with what was typed, once it is valid."""
        given, language = self.cleaned_data, self.language
        text = {**self.question.text, language: given["text"].strip()}
        before = list(self.question.options)
        options = []
        for number in range(1, MOST_OPTIONS + 1):
            words = given.get(f"option_{number}", "").strip()
            one = before[number - 1] if number <= len(before) else Option(f"a{number}", {})
            if words or (not self.holds and number <= len(before)):
                worth = given.get(f"worth_{number}") if self.holds else one.worth
                options.append(Option(one.key, {**one.text, language: words}, worth))
        return Question(self.question.key, text, tuple(options))

    def _option(self, number: int) -> None:
        known = self.question.options
        there = known[number - 1].text if number <= len(known) else {}
        label = _("Choice %(number)s") % {"number": number}
        self.fields[f"option_{number}"] = forms.CharField(
            label=label if self.holds else said(there, self.first),
            max_length=LONGEST_TEXT,
            required=number <= 2 or not self.holds,
            widget=forms.TextInput(attrs={"dir": "auto", "lang": self.language}),
        )
        if self.holds:
            self.fields[f"worth_{number}"] = forms.IntegerField(
                label=_("In a score, 0 to 100"), min_value=0, max_value=BEST, required=False
            )

    def _initial(self) -> dict[str, Any]:
        first: dict[str, Any] = {"text": self.question.text.get(self.language, "")}
        for number, one in enumerate(self.question.options, 1):
            first[f"option_{number}"] = one.text.get(self.language, "")
            first[f"worth_{number}"] = one.worth
        return first


class GiveForm(forms.Form):
    """Slips or papers for a unit that hands them out."""

    way = forms.ChoiceField(
        label=_("What"),
        choices=[
            (SLIPS, _("slips with a code, for a phone or a station")),
            (PAPERS, _("papers and a box")),
        ],
        initial=SLIPS,
        widget=forms.RadioSelect,
    )
    unit = forms.ModelChoiceField(
        label=_("Handed out by"), queryset=Unit.objects.none(), to_field_name="code"
    )
    matter = forms.ModelChoiceField(
        label=_("About"),
        queryset=PollMatter.objects.none(),
        to_field_name="number",
        required=False,
        empty_label=_("everything that it asks about"),
    )
    size = forms.IntegerField(label=_("How many of each"), min_value=1, max_value=Sheaf.MOST)

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _among(self, "unit", Unit.objects.working().order_by("name"))
        matters = poll.matters.select_related("poll", "candidacy__subject")
        _among(self, "matter", matters)
        self._all = matters

    def given(self) -> dict[str, Any]:
        """Return to whom how many go about what, once it is valid."""
        given = self.cleaned_data
        matters = [given["matter"]] if given["matter"] else list(self._all)
        return {"matters": matters, "unit": given["unit"], "size": given["size"]}


class CountForm(forms.Form):
    """How many slips are printed now."""

    count = forms.IntegerField(label=_("How many slips"), min_value=1, max_value=500)


class BoxForm(forms.Form):
    """What one person counted in a box: papers, and every answer."""

    papers = forms.IntegerField(label=_("Papers in the box"), min_value=0)

    def __init__(self, *args: Any, asks: PollForm, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = []
        for question in asks.questions:
            names = []
            for option in question.options:
                names.append(f"{question.key}_{option.key}")
                self.fields[names[-1]] = forms.IntegerField(
                    label=said(option.text, language), min_value=0, initial=0
                )
            self.asked.append((said(question.text, language), names))

    def questions(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return every question with the fields of its answers."""
        return [(text, [self[name] for name in names]) for text, names in self.asked]

    def counted(self) -> BoxCount:
        """Return what was counted, once it is valid."""
        given = self.cleaned_data
        counts = [given[name] for _text, names in self.asked for name in names]
        return BoxCount(given["papers"], counts)


class ReasonForm(forms.Form):
    """Why a poll is dropped."""

    reason = forms.CharField(label=_("Why"), max_length=240)


def _among(form: forms.Form, name: str, rows: Any) -> None:  # noqa: ANN401 - a query set of any model
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a field of that kind is named
    field.queryset = rows
