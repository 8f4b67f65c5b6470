"""What a project is to change: the indicator, which way, with what it began, what is aimed at."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period, shown
from linli.facts.schemas import telling
from linli.funds.actions.aims import Target
from linli.funds.forms.attesting import read_period, read_value
from linli.funds.models import Aim

# What a project may aim at: no share of a group of people, and no target.
CHOSEN = Indicator.objects.filter(official_only=False).exclude(code__endswith=".target")


class IndicatorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    """An indicator by its name in the reader's language."""

    def label_from_instance(self, obj: Indicator) -> str:
        """Return how an indicator is called."""
        return f"{obj.shown_name} · {obj.shown_unit}"


class FactField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    """A fact by its period and figure."""

    def label_from_instance(self, obj: Fact) -> str:
        """Return what a fact says, of which days, from whom."""
        period = telling.period(obj.period_from, obj.period_until)
        return f"{period}: {telling.figure(obj)} · {obj.evidence.source} · {obj.code}"


class ChooseForm(forms.Form):
    """Which indicator. It lives in the address."""

    indicator = IndicatorField(
        CHOSEN.all(), label=_("Indicator"), to_field_name="code",
    )  # fmt: skip


class TargetForm(forms.Form):
    """What is aimed at, by which days, in which words; empty where nothing is."""

    value = forms.CharField(label=_("Target"), max_length=60, required=False)
    period = forms.CharField(
        label=_("By when"), help_text="2020 · 2020-12 · 2016/2020", max_length=40, required=False
    )
    words = forms.CharField(
        label=_("In which words"), max_length=2000, required=False,
        help_text=_("What the plan says, with the number of the paper where there is one."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where to look"), help_text="https://…", required=False, max_length=500
    )

    def __init__(self, data: Any, *, indicator: Indicator) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        self.indicator = indicator

    def clean(self) -> dict[str, Any]:
        """Read the target; it comes with its days and words, or not at all."""
        given = super().clean() or {}
        given["target"] = None
        if not given.get("value"):
            return given
        for name in ("period", "words"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("A target comes with it."))
        try:
            value = read_value(given["value"], self.indicator)
            period = read_period(given["period"]) if given.get("period") else None
        except forms.ValidationError as error:
            self.add_error("period" if error.code == "unknown_period" else "value", error)
            return given
        if period and given.get("words"):
            given["target"] = Target(
                value=value, period=period, words=given["words"], address=given["address"]
            )
        return given


class AimForm(TargetForm):
    """One new aim of a project."""

    sense = forms.ChoiceField(label=_("Which way"), choices=Aim.SENSES)
    baseline = FactField(
        Fact.objects.none(), label=_("Where it began"), required=False,
        empty_label=_("not known yet"),
    )  # fmt: skip
    field_order = ("sense", "baseline", "value", "period", "words", "address")

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - a QueryDict or None
        *,
        indicator: Indicator,
        facts: QuerySet[Fact],
    ) -> None:
        super().__init__(data, indicator=indicator)
        baseline = self.fields["baseline"]
        assert isinstance(baseline, FactField)  # noqa: S101 - it is, above
        baseline.queryset = facts


class BaselineForm(forms.Form):
    """With which fact it began."""

    baseline = FactField(Fact.objects.none(), label=_("Where it began"))

    def __init__(self, data: Any, *, facts: QuerySet[Fact]) -> None:  # noqa: ANN401
        super().__init__(data)
        baseline = self.fields["baseline"]
        assert isinstance(baseline, FactField)  # noqa: S101 - it is, above
        baseline.queryset = facts


class MoveForm(TargetForm):
    """A target that is said for the first time, or moves; then with the reason."""

    reason = forms.CharField(label=_("Why it moves"), max_length=240)
    field_order = ("value", "period", "reason", "words", "address")

    def __init__(self, data: Any, *, indicator: Indicator, days: Period | None) -> None:  # noqa: ANN401
        super().__init__(data, indicator=indicator)
        self.fields["value"].required = self.fields["words"].required = True
        if days is None:
            del self.fields["reason"]
            self.fields["period"].required = True
        else:
            del self.fields["period"]
        self.days = days

    def clean(self) -> dict[str, Any]:
        """Keep the days of a target that moves."""
        if self.days is not None:
            self.cleaned_data["period"] = shown(self.days)
        return super().clean()
