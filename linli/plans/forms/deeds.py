"""What people say about a task: what was done, whether it counts, wishes to move it, letters, an end."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.facts.rules.periods import Period, of_typed
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from linli.plans.actions.drafts import ProgressDraft
from linli.plans.forms.ledger import DAY
from linli.plans.forms.programmes import choose
from linli.plans.forms.tasks import plain
from linli.plans.models import Notice, Task

_LARGEST = 10 * 1024 * 1024


def _refuse_lists_of_people(table: bytes) -> None:
    """What backs a report is kept, so the door is the same as for tables that are brought (PRIVACY 1)."""
    try:
        read_sheet(table)
    except Refused as refused:
        if refused.code == "trait_of_a_person":
            raise forms.ValidationError(str(refused.sentence)) from refused


class ProgressForm(forms.Form):
    """What a unit did: words, whether it is done, a value with its period, and what backs it."""

    words = forms.CharField(
        label=_("Work done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    value = forms.DecimalField(
        label=_("Value reached"), max_digits=21, decimal_places=6, required=False, localize=False
    )
    period = forms.CharField(
        label=_("For which time"),
        required=False,
        max_length=40,
        help_text=_(
            "A year, a month, a day, or from one to another: 2026, 2026-06, 2026-01/2026-06."
        ),
    )
    file = forms.FileField(
        label=_("What backs it"),
        required=False,
        help_text=_(
            "A file, up to 10 MB. Nothing is accepted without one. Leave lists of people out: the public"
            " sees what the file is called."
        ),
    )
    says_done = forms.BooleanField(label=_("The task is done"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, task: Task, year: int) -> None:  # noqa: ANN401
        super().__init__(data, files, initial={"period": str(year)}, prefix="report")
        if task.indicator is None:
            del self.fields["value"], self.fields["period"]
        else:
            named = {"name": task.indicator.shown_name, "unit": task.indicator.shown_unit}
            self.fields["value"].label = _("Value reached: %(name)s (%(unit)s)") % named

    def clean_period(self) -> Period | None:
        """Return the period that was typed."""
        typed: str = self.cleaned_data["period"]
        period = of_typed(typed) if typed else None
        if typed and period is None:
            raise forms.ValidationError(_("Write a year, a month or a day, such as 2026-06."))
        return period

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file or none
        """Refuse a file that is too large to keep, and a table whose columns describe persons."""
        file = self.cleaned_data["file"]
        if file and file.size > _LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        if file and file.name.lower().endswith((".csv", ".xlsx")):
            _refuse_lists_of_people(file.read())
            file.seek(0)
        return file

    def draft(self) -> ProgressDraft:
        """Return what was given."""
        given, file = self.cleaned_data, self.cleaned_data["file"]
        value = given.get("value")
        return ProgressDraft(
            words=given["words"],
            says_done=given["says_done"],
            value=value,
            period=given.get("period") if value is not None else None,
            file=(file.read(), file.name, file.content_type or "") if file else None,
        )


class ReviewForm(forms.Form):
    """The answer to one report."""

    progress = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What is missing, if it is sent back"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=initial, prefix="review")


class MoveForm(forms.Form):
    """A wish to move the due day or the target of what was promised."""

    due_on = forms.DateField(label=_("New due day"), **DAY)
    target = forms.DecimalField(
        label=_("New target"), max_digits=21, decimal_places=6, required=False, localize=False
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody can read it."),
    )

    def __init__(self, data: Any = None, *, task: Task) -> None:  # noqa: ANN401
        given = {"due_on": task.due_on, "target": plain(task.target)}
        super().__init__(data, initial=given, prefix="move")
        self.task = task
        if task.indicator is None:
            del self.fields["target"]

    def clean_target(self) -> Decimal | None:
        """Leave the target as it is when none is said: a promise loses its measure by no oversight."""
        said: Decimal | None = self.cleaned_data["target"]
        return self.task.target if said is None else said


class MoveDecisionForm(forms.Form):
    """The answer to a wish to move."""

    move = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Words to the unit"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when the wish is refused."),
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=initial, prefix="decision")


class NoticeForm(forms.Form):
    """A supervision letter: to whom, how strongly, by when, in which words."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("To"), to_field_name="code")
    kind = forms.ChoiceField(label=_("Kind"), choices=Notice.KINDS)
    due_on = forms.DateField(label=_("Answer by"), **DAY | {"required": True})
    words = forms.CharField(
        label=_("Letter"), max_length=4000, widget=forms.Textarea(attrs={"rows": 10, "lang": "zh"})
    )

    def __init__(self, data: Any = None, *, among: list[Unit], initial: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=initial, prefix="letter")
        choose(self, "unit", Unit.objects.filter(pk__in=[unit.pk for unit in among]))

    def asked(self) -> dict[str, Any]:
        """Return what was given of unit, kind and day, whatever is still missing."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in ("unit", "kind", "due_on")}
        return {name: value for name, value in given.items() if value}


class ReasonForm(forms.Form):
    """Why a task is given up."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The task stays in the ledger with it."),
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="drop")


class MilestoneForm(forms.Form):
    """A step on the way, with its own day."""

    title = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), **DAY | {"required": True})

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data, prefix="milestone")


class ReachedForm(forms.Form):
    """The day on which a milestone was reached."""

    reached_on = forms.DateField(label=_("Reached on"), **DAY | {"required": True})

    def __init__(self, data: Any = None, *, key: int, today: date) -> None:  # noqa: ANN401
        super().__init__(data, initial={"reached_on": today}, prefix=f"reached-{key}")
