"""What is asked of the register of honours, and the name that its holder puts to one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from linli.assessments.actions.honouring import LONGEST_NAME
from linli.assessments.models import Award
from linli.assessments.queries.honours import HonoursAsked, levels_of, naming_schemes
from linli.assessments.rules.notices import SHOWN_YEARS
from linli.kernel.text import Words

_ALL: tuple[str, Words] = ("", _("All"))


class HonoursForm(forms.Form):
    """Which units: by scheme, level, state, year, name. What makes no sense narrows nothing."""

    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[_ALL, *Award.STATES])
    year = forms.CharField(
        label=_("Year"),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "size": 5}),
    )
    words = forms.CharField(label=_("Unit"), required=False, max_length=60)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        schemes = list(naming_schemes())
        self.levels = levels_of(schemes)
        names = [(one.code, one.name) for one in schemes]
        self.fields["scheme"].choices = [_ALL, *names]  # type: ignore[attr-defined]
        self.fields["level"].choices = [_ALL, *self.levels.items()]  # type: ignore[attr-defined]
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    @property
    def asked(self) -> HonoursAsked:
        """What is asked for."""
        given = {
            name: self.cleaned_data.get(name, "").replace("\0", "").strip() for name in self.fields
        }
        return HonoursAsked(**given)


class NameForm(forms.Form):
    """The name that an individual wants shown with their honour, and for how long."""

    name = forms.CharField(
        label=_("The name that is shown"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("As you want everybody to read it. It is kept sealed."),
    )
    years = forms.TypedChoiceField(
        label=_("Shown for"),
        coerce=int,
        choices=[(n, ngettext_lazy("%(n)d year", "%(n)d years", "n") % {"n": n}) for n in SHOWN_YEARS],
        widget=forms.RadioSelect,
        initial=SHOWN_YEARS[0],
        help_text=_("You can take it away at any moment."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("I want this name to stand in the public register of honours."),
    )

    def __init__(self, data: Any, *, again: bool) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        if again:  # its last day is fixed: it may only move earlier
            self.fields.pop("years")

    def shown(self) -> dict[str, Any]:
        """Return what is shown, once it is valid."""
        return {name: self.cleaned_data[name] for name in ("name", "years") if name in self.fields}
