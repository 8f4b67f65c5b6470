"""What lists of food businesses are asked by, and what is given of a business and its premises."""

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.forms.units import AreaField
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words
from linli.trace.actions.operators import OperatorDraft, PremisesDraft
from linli.trace.actions.replies import LONGEST
from linli.trace.models import Premises
from linli.trace.queries.premises_lists import CLEAN, NEVER, OPEN, Asked
from linli.trace.rules.permit_states import EXPIRED, NONE
from linli.trace.rules.validity import SUSPENDED, VALID, WITHDRAWN

STANDS: Final[tuple[tuple[str, Words], ...]] = (
    (VALID, pgettext_lazy("permit", "valid")),
    (SUSPENDED, pgettext_lazy("permit", "suspended")),
    (WITHDRAWN, pgettext_lazy("permit", "withdrawn")),
    (EXPIRED, pgettext_lazy("permit", "expired")),
    (NONE, pgettext_lazy("permit", "none")),
)
_SEEN: Final[tuple[tuple[str, Words], ...]] = (
    (CLEAN, _("nothing is open")),
    (OPEN, _("with something still open")),
    (NEVER, _("not inspected yet")),
)
_ANY: Final = ("", _("All"))
_FURTHEST: Final = 99  # rows and columns of the schematic map


class PremisesFilterForm(forms.Form):
    """Which premises to show. It lives in the address; what makes no sense is left out."""

    words = forms.CharField(label=_("Name or street"), max_length=60, required=False)
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Place"), to_field_name="code", required=False,
        empty_label=_("All"),
    )  # fmt: skip
    activity = forms.ChoiceField(
        label=_("Activity"), choices=[_ANY, *Premises.ACTIVITIES], required=False
    )
    stand = forms.ChoiceField(label=_("Permit"), choices=[_ANY, *STANDS], required=False)
    seen = forms.ChoiceField(label=_("Latest inspection"), choices=[_ANY, *_SEEN], required=False)

    def __init__(self, asked: Any) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        places = Area.objects.filter(pk__in=Premises.objects.open().order_by().values("area"))
        _choose(self, "area", places.order_by("code"))
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        given = self.cleaned_data
        area = given.get("area")
        return Asked(
            words=str(given.get("words") or "").replace("\0", ""),
            area=area.code if area else "",
            square=read_square(str(self.data.get("square", ""))),
            **{name: str(given.get(name) or "") for name in ("activity", "stand", "seen")},
        )


class OperatorFilterForm(PremisesFilterForm):
    """The same on the console: of which unit, and whether those that have ended."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Supervised by"), to_field_name="code", required=False,
        empty_label=_("All"),
    )  # fmt: skip
    closed = forms.ChoiceField(
        label=_("State"), choices=[("", _("working")), ("on", _("ended"))], required=False
    )

    def __init__(self, asked: Any, *, by: Actor) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        if by.role == Role.OFFICER:
            del self.fields["unit"]
        else:
            units = Unit.objects.filter(operators__isnull=False).distinct().order_by("name")
            _choose(self, "unit", units)
        self.full_clean()

    @property
    def more(self) -> dict[str, Any]:
        """Of which unit, and whether the ended ones."""
        unit = self.cleaned_data.get("unit")
        return {"unit": unit.code if unit else "", "closed": bool(self.cleaned_data.get("closed"))}


class OperatorForm(forms.Form):
    """One business. No person stands behind it here: the name over the door, and its credit code."""

    name = forms.CharField(label=_("Name of the business"), max_length=120)
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=24, required=False,
        help_text=_("Eighteen characters, from its licence. Leave it empty where it has none."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Supervised by"), to_field_name="code", empty_label=None
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    name_ug = forms.CharField(label=_("Name in Uyghur"), max_length=120, required=False)

    def __init__(self, data: Any, *, by: Actor) -> None:  # noqa: ANN401 - a QueryDict or None
        super().__init__(data)
        units = Unit.objects.working().order_by("name")
        _choose(self, "unit", units.filter(name=by.unit) if by.role == Role.OFFICER else units)
        self.fields["credit_code"].widget.attrs.update({"dir": "ltr", "autocomplete": "off"})
        self.fields["name_ug"].widget.attrs["dir"] = "rtl"

    def draft(self) -> OperatorDraft:
        """Return what was given."""
        given = self.cleaned_data
        names = {one: given[f"name_{one}"] for one in ("en", "ug") if given[f"name_{one}"]}
        return OperatorDraft(given["name"], given["unit"], given["credit_code"], names)


class PremisesForm(forms.Form):
    """One place where a business works."""

    name = forms.CharField(label=_("Name over the door"), max_length=120)
    area = AreaField(
        label=_("Place"), max_length=60, help_text=_("The digits of its code, or its full name.")
    )
    street = forms.CharField(label=_("Address"), max_length=200)
    activities = forms.MultipleChoiceField(
        label=_("What is done here"), choices=Premises.ACTIVITIES,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    gln = forms.CharField(
        label=_("GLN"), max_length=13, required=False,
        help_text=_("Thirteen digits, if the business has one from GS1."),
    )  # fmt: skip
    row = forms.IntegerField(
        label=_("Row on the map"), min_value=1, max_value=_FURTHEST, required=False,
        help_text=_("The square on the schematic map, row and column; both or neither."),
    )  # fmt: skip
    column = forms.IntegerField(
        label=_("Column on the map"), min_value=1, max_value=_FURTHEST, required=False
    )

    def clean(self) -> None:
        """Refuse half a square."""
        given = super().clean() or self.cleaned_data
        if (given.get("row") is None) != (given.get("column") is None):
            self.add_error("column", _("A square has a row and a column."))

    def draft(self) -> PremisesDraft:
        """Return what was given."""
        given = dict(self.cleaned_data)
        row, column = given.pop("row"), given.pop("column")
        return PremisesDraft(**given, tile=(row, column) if row else None)


class KeyForm(forms.Form):
    """Where a key is used: which program, never who."""

    name = forms.CharField(
        label=_("Where it is used"), max_length=60,
        help_text=_("The program, for example the till or the cold store. Name no person."),
    )  # fmt: skip


class ClosingForm(forms.Form):
    """From which day."""

    on = forms.DateField(
        label=_("Closed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class OperatorReplyForm(forms.Form):
    """What a business says in public."""

    words = forms.CharField(
        label=_("Your reply"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("Everybody reads it on the page of your premises. Name no person."),
    )  # fmt: skip


def read_square(said: str) -> tuple[int, int] | None:
    """Return row and column of a square as an address says it ("3-5"); None where it says none."""
    row, mark, column = said.partition("-")
    if not mark or not (row + column).isascii() or not (row.isdigit() and column.isdigit()):
        return None
    return (int(row), int(column)) if max(len(row), len(column)) <= 4 else None


def _choose(form: forms.Form, name: str, found: Any) -> None:  # noqa: ANN401 - any queryset
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = found
