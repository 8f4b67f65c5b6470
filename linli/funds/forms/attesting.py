"""What one side of a project says: of what, over which period, how much, in which words."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.facts.actions.wrongs import WRONGS
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period, of_typed
from linli.facts.rules.typed import typed
from linli.funds.actions.attesting import Matter, Said
from linli.funds.forms.amounts import YuanField
from linli.funds.models import Attestation
from linli.funds.rules import attesting as rule
from linli.kernel.text import Words

_PERCENT = {"%", "percent"}
_PERIOD = "2019 · 2019-03 · 2016/2020"


def read_value(text: str, indicator: Indicator) -> Decimal:
    """Return an exact value of an indicator, as people write one.

    Raises ValidationError for what is no number, or is not exact: each side says how much, not about how much.
    """
    cell = typed(text)
    wrong = cell.wrong or ("wrong_unit" if cell.percent and indicator.unit not in _PERCENT else "")
    if wrong or cell.statement is None:
        raise forms.ValidationError(str(WRONGS[wrong or "not_a_number"]), code=wrong)
    if cell.statement.bound != "exact":
        raise forms.ValidationError(_("Give the exact figure."), code="not_exact")
    return cell.statement.value


def read_period(text: str) -> Period:
    """Return a period as people write one. Raises ValidationError."""
    period = of_typed(text)
    if period is None:
        raise forms.ValidationError(str(WRONGS["unknown_period"]), code="unknown_period")
    return period


class WordsForm(forms.Form):
    """In which words something is said, and where they stand."""

    words = forms.CharField(
        label=_("In which words"), max_length=2000,
        help_text=_("What your side declares, with the number of the paper where there is one. Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where to look"), help_text="https://…", required=False, max_length=500
    )


class SayForm(WordsForm):
    """One statement of one side. `side` is asked of who may write down either side's word."""

    side = forms.ChoiceField(label=_("Side"), choices=Attestation.SIDES)
    what = forms.ChoiceField(label=_("Of what"))
    period = forms.CharField(label=_("Period"), help_text=_PERIOD, max_length=40)
    value = forms.CharField(
        label=_("How much"), max_length=60,
        help_text=_("Money in yuan, or 112.524万; an indicator in its unit."),
    )  # fmt: skip
    field_order = ("side", "what", "period", "value", "words", "address")

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - a QueryDict or None
        *,
        indicators: list[Indicator],
        side: str,
        given: dict[str, str],
    ) -> None:
        super().__init__(data, initial=given)
        self.indicators = {one.code: one for one in indicators}
        if side:
            del self.fields["side"]
        self.speaks_for = side
        choices: list[tuple[str, Words]] = list(Attestation.MATTERS[:2])
        choices += [(code, one.shown_name) for code, one in self.indicators.items()]
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101 - it is, above
        what.choices = choices

    def clean_period(self) -> Period:
        """Read the period as people write it."""
        return read_period(self.cleaned_data["period"])

    def clean(self) -> dict[str, Any]:
        """Read how much, as what it is of asks for it."""
        given = super().clean() or {}
        if "what" in given and "value" in given:
            try:
                given |= _read(self.indicators.get(given["what"]), given["value"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        return given

    def matter(self) -> Matter:
        """Return what is spoken of. Only of a form that is valid."""
        what = self.cleaned_data["what"]
        indicator = self.indicators.get(what)
        return Matter(
            matter=rule.INDICATOR if indicator else what, indicator=indicator,
            period=self.cleaned_data["period"],
        )  # fmt: skip

    def said(self) -> Said:
        """Return what is said. Only of a form that is valid."""
        return _said(self.cleaned_data)


class CorrectForm(WordsForm):
    """Something else that a side says instead, and why."""

    value = forms.CharField(label=_("How much"), max_length=60)
    reason = forms.CharField(label=_("Why it is corrected"), max_length=240)
    field_order = ("value", "reason", "words", "address")

    def __init__(self, data: Any, *, attestation: Attestation) -> None:  # noqa: ANN401
        super().__init__(data)
        self.indicator = attestation.indicator

    def clean(self) -> dict[str, Any]:
        """Read how much, as what it is of asks for it."""
        given = super().clean() or {}
        if "value" in given:
            try:
                given |= _read(self.indicator, given["value"])
            except forms.ValidationError as error:
                self.add_error("value", error)
        return given

    def said(self) -> Said:
        """Return what is said instead. Only of a form that is valid."""
        return _said(self.cleaned_data)


def _read(indicator: Indicator | None, text: str) -> dict[str, Any]:
    if indicator is not None:
        return {"amount": None, "number": read_value(text, indicator)}
    return {"amount": YuanField(from_zero=True).clean(text), "number": None}


def _said(given: dict[str, Any]) -> Said:
    return Said(
        words=given["words"], address=given["address"], amount=given["amount"],
        value=given["number"],
    )  # fmt: skip
