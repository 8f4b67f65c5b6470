"""What an officer gives a fund and its books: name, accounts, the day until which they are closed, a look back."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.funds.forms.amounts import YuanField
from linli.funds.models import Account, Fund
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words

DAY: dict[str, Any] = {
    "input_formats": ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
}
_MOMENT = "%Y-%m-%dT%H:%M"
_ALL: tuple[str, Words] = ("", _("All"))


def choose(form: forms.BaseForm, name: str, among: QuerySet[Any], first: Words) -> None:
    """Let a field choose among these rows; `first` stands for none of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - a field of that kind is named
    field.empty_label = str(first)
    field.queryset = among


class FundsForm(forms.Form):
    """Which funds to show. It lives in the address; what makes no sense is left out."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[_ALL, ("published", _("Published")), ("draft", _("Not published"))],
        required=False,
    )
    words = forms.CharField(label=_("Name"), max_length=60, required=False)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    def found(self, funds: QuerySet[Fund]) -> QuerySet[Fund]:
        """Return those of the funds that were asked for."""
        given = self.cleaned_data
        if words := given.get("words", "").replace("\0", "").strip():
            funds = funds.filter(name__icontains=words)
        if state := given.get("state"):
            funds = funds.filter(published_at__isnull=state == "draft")
        return funds


class FundForm(forms.Form):
    """One new fund."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit that keeps it"), to_field_name="code"
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"))
    alone = YuanField(
        label=_("A second person decides above"),
        help_text=_("In yuan. With 0, a second person decides about every amount."),
        from_zero=True,
        initial=0,
    )

    def __init__(self, data: Any = None, *, by: Actor) -> None:  # noqa: ANN401
        super().__init__(data)
        units = Unit.objects.working().order_by("name")
        choose(
            self,
            "unit",
            units.filter(name=by.unit) if by.role == Role.OFFICER else units,
            _("Choose"),
        )
        choose(self, "area", Area.objects.order_by("code"), _("Choose"))
        if unit := units.filter(name=by.unit).first():
            self.initial.update({"unit": unit.code, "area": unit.area_id})


class AccountForm(forms.Form):
    """One new account of a fund."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Account.NAMES)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Whose money it is, or what it is for: the county's part, the merchants."),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Unit"),
        to_field_name="code",
        required=False,
        help_text=_("Who answers for it, such as the partner that gives a matched part."),
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data)
        choose(self, "unit", Unit.objects.working().order_by("name"), _("None"))


class CloseForm(forms.Form):
    """The last day of the books that are closed."""

    until = forms.DateField(label=_("Until"), **DAY)


class ThenForm(forms.Form):
    """A day, and the moment by whose knowledge it is seen. It lives in the address."""

    day = forms.DateField(label=_("At the end of"), **DAY)
    known_at = forms.DateTimeField(
        label=_("By what was recorded until"),
        required=False,
        input_formats=[_MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(format=_MOMENT, attrs={"type": "datetime-local"}),
    )

    def known(self, now: datetime) -> datetime:
        """Return the moment that was given, or now. Only of a form that is valid."""
        moment: datetime | None = self.cleaned_data["known_at"]
        return moment or now


class StatementForm(ThenForm):
    """How a statement is looked at: until a day, by what was recorded until a moment; all of it where neither is given."""

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        self.fields["day"].required = False
        self.fields["day"].label = _("Until this day")
        self.is_valid()
