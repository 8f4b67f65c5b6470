"""What is told with results, what is decided of them, and what follows from a re-check."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.awarding import LONGEST, Outcome
from linli.assessments.actions.honouring import HonourDraft
from linli.assessments.forms.schemes import DAY, choose, own_unit
from linli.assessments.models import Assessment, Award, Scheme
from linli.assessments.queries.honours import levels_of
from linli.directory.models import Unit
from linli.kernel.actors import Actor

_REASON = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
_PUBLIC = _("Everybody can read it. Name no person.")


class DecideForm(forms.Form):
    """For which level a unit is named, or that it is not, and why."""

    NONE = "none"

    level = forms.ChoiceField(label=_("What is decided?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("The reason"), required=False, max_length=500, widget=_REASON, help_text=_PUBLIC
    )

    def __init__(self, data: Any, *, levels: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        choices = [*levels, (self.NONE, _("not named"))]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]

    def decided(self) -> dict[str, str]:
        """Return what is decided, once it is valid."""
        level, reason = self.cleaned_data["level"], self.cleaned_data["reason"]
        return {"level": "" if level == self.NONE else level, "reason": reason}


class RecheckForm(forms.Form):
    """Who looks again, and until when."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    due_on = forms.DateField(label=_("Until"), **DAY)

    def __init__(self, data: Any) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        choose(self, "unit", Unit.objects.working().order_by("name"), _("Choose"))


class RecheckField(forms.ModelChoiceField[Assessment]):
    """A re-check, by its day and who did it."""

    def label_from_instance(self, obj: Assessment) -> str:
        """Return how a re-check is told."""
        return f"{obj.done_at:%Y-%m-%d} · {obj.unit.name}"


class ConcludeForm(forms.Form):
    """What follows: kept, warned or withdrawn."""

    to = forms.ChoiceField(
        label=_("What follows?"),
        widget=forms.RadioSelect,
        choices=(
            (Award.IN_FORCE, _("It is kept")),
            (Award.WARNED, _("It is warned")),
            (Award.WITHDRAWN, _("It is withdrawn")),
        ),
    )
    recheck = RecheckField(
        Assessment.objects.none(), label=_("On which re-check"), required=False,
        to_field_name="code",
    )  # fmt: skip
    reason = forms.CharField(
        label=_("The reason"), required=False, max_length=LONGEST, widget=_REASON, help_text=_PUBLIC
    )

    def __init__(self, data: Any, *, of: Award) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        done = Assessment.objects.filter(
            candidacy=of.candidacy_id, kind=Assessment.RECHECK, done_at__isnull=False,
            award_step=None, dropped_at=None,
        )  # fmt: skip
        choose(self, "recheck", done.select_related("unit").order_by("-done_at"), _("None"))

    def outcome(self) -> Outcome:
        """Return what follows, once it is valid."""
        return Outcome(**self.cleaned_data)


class HonourForm(forms.Form):
    """An honour given to an individual. It asks for nothing about them: they alone put their name to it."""

    scheme = forms.ModelChoiceField(
        Scheme.objects.order_by("name"), label=_("Scheme"), to_field_name="code"
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Given by"), to_field_name="code")
    title = forms.CharField(
        label=_("Honour"),
        max_length=120,
        help_text=_("What it is called. Name no person: whoever it is given to does so, or not."),
    )
    level = forms.CharField(label=_("Level"), max_length=20)
    named_on = forms.DateField(label=_("Given on"), **DAY)

    def __init__(self, data: Any, *, by: Actor) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        own_unit(self, by)
        names = levels_of(Scheme.objects.all())
        choices = [("", _("Choose")), *names.items()]
        self.fields["level"] = forms.ChoiceField(label=_("Level"), choices=choices)

    def draft(self) -> HonourDraft:
        """Return the honour, once it is valid."""
        return HonourDraft(**self.cleaned_data)
