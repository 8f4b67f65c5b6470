"""What is given of recalls: of which lot and why, a decision, what became of the goods."""

from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.clock import now
from linli.kernel.text import Words
from linli.trace.actions.recall_answers import LARGEST
from linli.trace.actions.recalls import RecallDraft
from linli.trace.models import Lot, Recall, RecallCount
from linli.trace.queries.lots import find

_LINES: Final = {"rows": 3, "dir": "auto"}
_DAY: Final = {"type": "date"}
_KINDS: Final[tuple[tuple[str, Words], ...]] = (
    ("", _("All")),
    ("recall", _("Recalls")),
    ("drill", _("Drills")),
)


class RecallFilterForm(forms.Form):
    """Which recalls to show staff. It lives in the address; what makes no sense is left out."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *Recall.STATES], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS, required=False)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class RecallForm(forms.Form):
    """One recall to be proposed."""

    lot = forms.CharField(
        label=pgettext_lazy("goods", "Lot"),
        max_length=200,
        help_text=_("Its code, its address, or what its bar code says."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    grounds = forms.ChoiceField(label=_("Why"), choices=Recall.GROUNDS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=pgettext_lazy("goods", "What was found"),
        max_length=500,
        required=False,
        help_text=_("Everybody reads it: say what, where and how much. Name nobody."),
        widget=forms.Textarea(attrs=_LINES),
    )
    advice = forms.ChoiceField(
        label=_("What to do with it"), choices=Recall.ADVICE, widget=forms.RadioSelect
    )
    since = forms.DateField(
        label=_("Suspect since"),
        required=False,
        help_text=_("Left empty, since the lot was made."),
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    drill = forms.BooleanField(
        label=_("A drill: all goes as it would, and nobody outside is told"), required=False
    )

    def clean_lot(self) -> Lot:
        """Return the lot that is named."""
        found = find(str(self.cleaned_data["lot"]))
        if found is None:
            raise forms.ValidationError(_("No lot is known by this."), code="unknown_lot")
        return found

    def draft(self) -> RecallDraft:
        """Return the recall, once it is valid."""
        given = self.cleaned_data
        day = given["since"] or given["lot"].made_on
        since = make_aware(datetime.combine(min(day, localdate(now())), time()))
        return RecallDraft(
            given["lot"], given["grounds"], given["advice"], since, given["words"],
            drill=bool(given.get("drill")),
        )  # fmt: skip


class OwnRecallForm(RecallForm):
    """A recall of a business's own lot, which it calls itself."""

    drill = None  # type: ignore[assignment]
    grounds = None  # type: ignore[assignment]
    lot = forms.ChoiceField(label=pgettext_lazy("goods", "Lot"))  # type: ignore[assignment]

    field_order = ("lot", "words", "advice", "since")

    def __init__(self, *args: Any, lots: Iterable[Lot], **named: Any) -> None:
        super().__init__(*args, **named)
        self._lots = {one.code: one for one in lots}
        choices = [(code, f"{one} · {one.made_on:%Y-%m-%d}") for code, one in self._lots.items()]
        field = self.fields["lot"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        self.fields["words"].required = True

    def clean_lot(self) -> Lot:
        """Return the lot that was chosen."""
        return self._lots[str(self.cleaned_data["lot"])]

    def draft(self) -> RecallDraft:
        """Return the recall, once it is valid."""
        self.cleaned_data["grounds"] = "maker"
        return super().draft()


class DecisionForm(forms.Form):
    """A second person's decision, with what is to be said to it."""

    words = forms.CharField(
        label=pgettext_lazy("recall", "Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=_LINES),
    )


class EndingForm(forms.Form):
    """The end of a recall."""

    words = forms.CharField(
        label=_("What became of the goods"), max_length=500, widget=forms.Textarea(attrs=_LINES)
    )


class CountForm(forms.Form):
    """What became of one lot at one business. What is left empty says nothing."""

    def __init__(self, *args: Any, lot: Lot, **named: Any) -> None:
        super().__init__(*args, **named | {"prefix": f"lot{lot.pk}"})
        self.lot = lot
        for kind, words in RecallCount.KINDS:
            self.fields[kind] = forms.DecimalField(
                label=words,
                min_value=0,
                max_value=LARGEST,
                max_digits=12,
                decimal_places=3,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            )

    def counts(self) -> dict[tuple[int, str], Decimal]:
        """Return the numbers that were given, by lot and kind."""
        return {
            (self.lot.pk, kind): value
            for kind, value in self.cleaned_data.items()
            if value is not None
        }
