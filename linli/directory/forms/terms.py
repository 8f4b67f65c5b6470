"""A word that services are sorted by, as a planner writes it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.models import TaxonomyTerm


class TermForm(forms.Form):
    """One word; taxonomy and code are chosen once and stay."""

    taxonomy = forms.CharField(
        label=_("Taxonomy"),
        max_length=40,
        initial="theme",
        help_text=_("Which kind of word it is: theme, venue …"),
    )
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Latin letters, digits and hyphens; it stands in addresses and exports."),
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    description = forms.CharField(
        label=_("What it covers"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    above = forms.ModelChoiceField(
        TaxonomyTerm.objects.none(), label=_("Wider word"), required=False, to_field_name="code"
    )

    def __init__(self, data: Any = None, *, term: TaxonomyTerm | None = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=_shown(term) if term else None)
        self.term = term
        wider = TaxonomyTerm.objects.all()
        if term is not None:
            del self.fields["taxonomy"], self.fields["code"]
            wider = wider.filter(taxonomy=term.taxonomy).exclude(pk=term.pk)
        field = cast("forms.ModelChoiceField[TaxonomyTerm]", self.fields["above"])
        field.queryset = wider
        field.empty_label = str(_("None"))

    def clean(self) -> dict[str, Any]:
        """Refuse a wider word of another taxonomy, and a code that is taken."""
        given = super().clean() or {}
        above, taxonomy, code = given.get("above"), given.get("taxonomy"), given.get("code")
        if above and taxonomy and above.taxonomy != taxonomy:
            self.add_error("above", _("The wider word is of another taxonomy."))
        if code and TaxonomyTerm.objects.filter(taxonomy=taxonomy, code=code).exists():
            self.add_error("code", _("Another word bears this code."))
        return given

    def said(self) -> dict[str, str]:
        """Return the word as typed, by the names of its draft."""
        given = dict(self.cleaned_data)
        above = given.pop("above")
        if self.term is not None:
            given |= {"taxonomy": self.term.taxonomy, "code": self.term.code}
        return given | {"above": above.code if above else ""}


def _shown(term: TaxonomyTerm) -> dict[str, Any]:
    above = term.parent.code if term.parent else ""
    return {"name": term.name, "description": term.description, "above": above}
