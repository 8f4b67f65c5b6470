"""What a planner gives to keep a policy document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, Unit
from linli.plans.actions.drafts import DocumentDraft
from linli.plans.forms.ledger import DAY, QuickSelect
from linli.plans.forms.programmes import choose, places
from linli.plans.models import PolicyDocument

_RECORDED = [status for status in PolicyDocument.STATUSES if status[0] != "replaced"]


class DocumentForm(forms.Form):
    """A policy document: title, number, who issued it, where it is in force, since when."""

    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("As printed, such as 〔2026〕12号 with the letters of the office in front."),
    )
    issuer = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Issuer"), required=False, widget=QuickSelect
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"), widget=QuickSelect)
    issued_on = forms.DateField(label=_("Issued on"), **DAY)
    status = forms.ChoiceField(label=_("Status"), choices=_RECORDED, initial="in_force")

    def __init__(self, data: Any = None, *, replaces: PolicyDocument | None = None) -> None:  # noqa: ANN401
        given = {"area": replaces.area, "issuer": replaces.issuer} if replaces else {}
        super().__init__(data, initial=given)
        choose(self, "issuer", Unit.objects.working())
        choose(self, "area", places())

    def draft(self) -> DocumentDraft:
        """Return what was given."""
        return DocumentDraft(**self.cleaned_data)


class DocumentFilterForm(forms.Form):
    """The filters of the list of documents; they live in the address."""

    words = forms.CharField(label=_("Words in title or number"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *PolicyDocument.STATUSES]
    )
