"""What may be asked of the ways, and what is given of a town's ground and buses."""

from datetime import date, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.atlas.rules.access.counters import IN_PERSON, Asked
from linli.atlas.rules.access.minutes import WITHIN
from linli.atlas.rules.access.squares import MOST_SQUARES, read_square
from linli.directory.rules.languages import KNOWN, MODES
from linli.directory.schemas.telling import LANGUAGE_NAMES, WEEKDAYS
from linli.kernel.text import Words

FOOT, BUS = "foot", "bus"
_WAYS: Final[list[tuple[str, Words]]] = [(BUS, _("on foot or by bus")), (FOOT, _("on foot"))]
_SPOKEN: Final[list[tuple[str, Words]]] = [
    (IN_PERSON, _("by somebody at the counter")),
    ("any", _("also by telephone or video")),
]
_HOURS: Final = [time(*divmod(minutes, 60)) for minutes in range(6 * 60, 22 * 60 + 1, 30)]
NEAR: Final = 30
LARGEST: Final = 2 * 1024 * 1024
# Put into words when the form is made, in the reader's language.
_MINUTES: Final = _("%(n)d minutes")


class AccessForm(forms.Form):
    """A town, an hour, a language, a service and a way: it stands in the address and nowhere else.

    A service that the town does not have is left out, so that one may go from town to town.
    """

    area = forms.ChoiceField(label=_("Town"))
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    weekday = forms.ChoiceField(
        label=_("Weekday"), required=False,
        choices=[("", _("today")), *((str(day), words) for day, words in enumerate(WEEKDAYS))],
    )  # fmt: skip
    hour = forms.ChoiceField(
        label=pgettext_lazy("of a day", "Hour"), required=False,
        choices=[("", pgettext_lazy("hour", "now")), *((f"{hour:%H:%M}", f"{hour:%H:%M}") for hour in _HOURS)],
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How one goes"), choices=_WAYS, required=False)
    within = forms.TypedChoiceField(label=_("Near enough"), required=False, coerce=int)
    service = forms.ChoiceField(label=_("For which service"), required=False)
    spoken = forms.ChoiceField(label=_("How it is spoken"), choices=_SPOKEN, required=False)

    def __init__(
        self,
        data: dict[str, str],
        *,
        areas: list[tuple[str, Words]],
        services: list[tuple[str, Words]],
    ) -> None:
        offered = {code for code, _name in services}
        given = data if data.get("service", "") in offered else data | {"service": ""}
        self.dropped = given is not data and bool(data.get("service"))
        given = given if given.get("within") else given | {"within": str(NEAR)}
        super().__init__(given, auto_id="access_%s")
        spoken = [(tag, LANGUAGE_NAMES[tag]) for tag in KNOWN if tag != "zh-Hans"]
        _choose(self, "area", areas)
        _choose(self, "within", [(str(n), _MINUTES % {"n": n}) for n in WITHIN])
        _choose(self, "language", [("", pgettext_lazy("choice", "any")), *spoken])
        _choose(self, "service", [("", pgettext_lazy("choice", "any")), *services])

    def asked(self, today: int, hour: time) -> Asked:
        """Return what is asked for; today's weekday and the hour that it is stand in for what was left open."""
        said = self.cleaned_data
        weekday = int(said["weekday"]) if said.get("weekday") else today
        modes = MODES if said.get("spoken") == "any" else (IN_PERSON,)
        return Asked(
            weekday,
            time.fromisoformat(said["hour"]) if said.get("hour") else hour,
            said.get("language", ""),
            frozenset(modes),
            said.get("service", ""),
        )


class GroundForm(forms.Form):
    """A town's ground: how wide its squares are, how fast one walks, from where one sets out."""

    metres = forms.IntegerField(
        label=_("Width of a square, in metres"), min_value=50, max_value=5000
    )
    pace = forms.IntegerField(
        label=_("Pace, in metres a minute"), min_value=20, max_value=120, initial=70,
        help_text=_("70 metres a minute is a calm walk of 4.2 kilometres an hour; with a pram or a stick one walks slower."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where this is known from"), max_length=200,
        help_text=_("For example: measured on the town's street plan of 2026."),
    )  # fmt: skip
    squares = forms.CharField(
        label=_("Squares from which people set out"), max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("One a line: row, a dash, column, and a name if it has one, such as “3-5 Xinhua Street”. 400 at most."),
    )  # fmt: skip

    def clean_squares(self) -> list[tuple[int, int, str]]:
        """Read the lines; say of the first that cannot be read which it is."""
        found = []
        for number, line in enumerate(self.cleaned_data["squares"].splitlines(), 1):
            if not line.strip():
                continue
            place, _space, name = line.strip().partition(" ")
            square = read_square(place)
            if square is None or len(name) > 60:
                said = _("Line %(n)d is no square such as 3-5, or its name is too long.")
                raise forms.ValidationError(said % {"n": number}, code="not_a_square")
            found.append((square.row, square.column, name.strip()))
            if len(found) > MOST_SQUARES:
                said = _("A town has 400 squares at most. Make them wider.")
                raise forms.ValidationError(said, code="too_many_squares")
        return found


class BusTableForm(forms.Form):
    """A table of buses: the file, where it comes from, and from when its timetable is."""

    source = forms.CharField(
        label=_("Where this is known from"), max_length=200,
        help_text=_("For example: timetable of the town's bus company."),
    )  # fmt: skip
    valid_from = forms.DateField(
        label=_("Timetable of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=_("The table of buses"),
        help_text=_("XLSX or CSV, up to 2 MB. The next page shows every row as it was read."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_valid_from(self) -> date:
        """Refuse a day that no timetable is of."""
        day: date = self.cleaned_data["valid_from"]
        if day.year < 1950:
            raise forms.ValidationError(_("This day lies too far back."), code="too_early")
        return day

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."), code="too_large")
        return file


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Words]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so
    field.choices = choices
