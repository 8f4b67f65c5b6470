"""What an organizer writes for a course: its plan, its orders, who was hired."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Organization
from linli.kernel.codes import read_code
from linli.offers.actions.lessons import MOST, Planned
from linli.offers.models import Lesson, Offer, Session


class PlanForm(forms.Form):
    """The plan as text: one lesson a line, what is learnt after a bar."""

    plan = forms.CharField(
        label=_("Lessons"),
        required=False,
        max_length=MOST * 500,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "zh", "autocomplete": "off"}),
        help_text=_(
            "One a line, in their order. After a bar ( | ) you may say what is learnt in it."
        ),
    )

    def planned(self) -> list[Planned]:
        """Return the lessons that were typed."""
        lines = (line.strip() for line in self.cleaned_data["plan"].splitlines())
        parts = (line.replace("｜", "|").partition("|") for line in lines if line)
        return [Planned(title.strip(), words.strip()) for title, _bar, words in parts]

    @staticmethod
    def written(lessons: "list[Lesson]") -> str:
        """Return a plan as it is typed."""
        return "\n".join(
            f"{one.title} | {one.words}" if one.words else one.title for one in lessons
        )


class TeachForm(forms.Form):
    """For each meeting, which lesson it is about."""

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lessons = [(0, "—"), *((one.number, str(one)) for one in session.offer.lessons.all())]
        for meeting in session.meetings.filter(cancelled_at=None).select_related("lesson"):
            proposed = meeting.number if meeting.number < len(lessons) else 0
            self.fields[f"meeting-{meeting.number}"] = forms.TypedChoiceField(
                label=f"{meeting.number}",
                choices=lessons,
                coerce=int,
                initial=meeting.lesson.number if meeting.lesson else proposed,
            )

    def chosen(self) -> dict[int, int]:
        """Return lessons by meeting, both by number."""
        return {
            int(name.removeprefix("meeting-")): lesson for name, lesson in self.cleaned_data.items()
        }


class OrderForm(forms.Form):
    """An employer's order."""

    organization = forms.ModelChoiceField(label=_("Employer"), queryset=Organization.objects.none())
    places = forms.IntegerField(label=_("People ordered"), min_value=1, max_value=10_000)
    role = forms.CharField(label=_("Work"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Organization]", self.fields["organization"])
        field.empty_label = gettext("Choose an employer")
        field.queryset = Organization.objects.filter(closed_on=None).order_by("name")


class HireForm(forms.Form):
    """So many people of a booking whom an employer has taken on."""

    training = forms.ChoiceField(label=_("Whose order"))
    code = forms.CharField(
        label=_("Code of the booking"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    people = forms.IntegerField(label=_("People hired"), min_value=0, max_value=60, initial=1)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        orders = offer.trainings.select_related("organization")
        field = cast("forms.ChoiceField", self.fields["training"])
        field.choices = [(one.code, f"{one.organization.name} · {one.role}") for one in orders]

    def clean_code(self) -> str:
        """Read the code as it was meant."""
        return read_code(self.cleaned_data["code"]) or ""
