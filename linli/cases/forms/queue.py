"""What is asked of a queue, as it stands in the address of its page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case, Topic
from linli.cases.queries.queue import SHOWN, QueueFilters
from linli.directory.models import Area
from linli.kernel.text import Words
from linli.kernel.working_days import due_at

ALL: tuple[str, Words] = ("", _("All"))
# A clock's window -> within how many working days it runs out; "over" has passed already.
WITHIN = {"soon": 2, "week": 5}
CLOCKS: tuple[tuple[str, Words], ...] = (
    ALL,
    ("over", _("Over")),
    ("soon", _("Due within 2 working days")),
    ("week", _("Due within 5 working days")),
)
_TICKS = ("unassigned", "urged", "escalated", "paused")


class FilterForm(forms.Form):
    """The filters of the queue as controls. What makes no sense is left out: old links keep working."""

    code = forms.CharField(
        label=_("Code of the case"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "data-search": True}),
    )
    clock = forms.ChoiceField(label=_("Time left"), choices=CLOCKS)
    topic = forms.ChoiceField(label=_("What about"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[ALL, *Topic.KINDS])
    area = forms.ChoiceField(label=_("Part of town"))
    state = forms.ChoiceField(label=_("State"), choices=[ALL, *Case.STATES])
    channel = forms.ChoiceField(label=_("Came"), choices=[ALL, *Case.CHANNELS])
    bounces = forms.TypedChoiceField(
        label=_("Bounces, at least"),
        choices=[ALL, *((n, str(n)) for n in (1, 2, 3, 4, 5))],
        coerce=int,
        empty_value=None,
    )
    unassigned = forms.BooleanField(label=_("Nobody has taken it"))
    urged = forms.BooleanField(label=_("Urged"))
    escalated = forms.BooleanField(label=_("Escalated"))
    paused = forms.BooleanField(label=_("Clocks stand still"))
    shown = forms.ChoiceField(widget=forms.HiddenInput, choices=[(one, one) for one in SHOWN])
    after = forms.CharField(widget=forms.HiddenInput, max_length=60)

    FIRST = ("code", "clock", "topic", "kind", "area")
    MORE = ("state", "channel", "bounces")

    def __init__(self, asked: Mapping[str, str], *, unit: str) -> None:
        super().__init__(
            {name: value.replace("\0", "") for name, value in asked.items()},
            use_required_attribute=False,
        )
        for field in self.fields.values():
            field.required = False
        here = Topic.objects.filter(cases__unit__name=unit).distinct().order_by("name")
        parts = Area.objects.filter(cases__unit__name=unit).distinct().order_by("code")
        topics = dict(here.values_list("code", "name"))
        self._choose("topic", topics)
        self._choose("area", dict(parts.values_list("code", "name")))
        self.is_valid()

    def filters(self, at: datetime) -> QueueFilters:
        """Return what was asked, as far as it makes sense."""
        return filters_of(self.given, at)

    @property
    def given(self) -> dict[str, Any]:
        """What was asked and is not everything."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def asked_first(self) -> list[forms.BoundField]:
        """The fields that are always in sight."""
        return [self[name] for name in self.FIRST]

    @property
    def asked_more(self) -> list[forms.BoundField]:
        """The fields that open on demand."""
        return [self[name] for name in self.MORE]

    @property
    def ticks(self) -> list[forms.BoundField]:
        """The fields that are ticked."""
        return [self[name] for name in _TICKS]

    @property
    def more_open(self) -> bool:
        """Whether one of those is in use."""
        return any(name in self.given for name in (*self.MORE, *_TICKS))

    def _choose(self, name: str, known: Mapping[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = [ALL, *known.items()]


def filters_of(given: Mapping[str, Any], at: datetime) -> QueueFilters:
    """Return what is given by the names of the form as filters; a clock's window ends with its last day."""
    named = dict(given)
    named.pop("code", "")
    clock = named.pop("clock", "")
    if clock in WITHIN:
        named["due_until"] = due_at(at, WITHIN[clock])
    return QueueFilters(late=clock == "over", **named)
