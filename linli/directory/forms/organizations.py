"""An organization as a planner writes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.units import AreaField
from linli.directory.rules.drafts import OrganizationDraft


class OrganizationForm(forms.Form):
    """One organization; its phones stay as they are."""

    name = forms.CharField(label=_("Name"), max_length=120)
    area = AreaField(label=_("Place"), max_length=60)
    unit = forms.CharField(
        label=_("Unit"),
        max_length=120,
        required=False,
        help_text=_("The full name of the unit that it is: its officers then keep its services."),
    )
    description = forms.CharField(
        label=_("What it does"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    website = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https"
    )
    email = forms.EmailField(label=_("Office email"), required=False, max_length=254)

    def __init__(self, data: Any = None, *, before: OrganizationDraft | None = None) -> None:  # noqa: ANN401
        names = self.base_fields
        super().__init__(data, initial={n: getattr(before, n) for n in names} if before else {})
        self.before = before

    def draft(self) -> OrganizationDraft:
        """Return the organization as typed."""
        given = dict(self.cleaned_data)
        phones = self.before.phones if self.before else ()
        return OrganizationDraft(**given | {"area": given["area"].code}, phones=phones)
