"""A new indicator, and the filters of their list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.facts.actions import IndicatorDraft
from linli.facts.models import Indicator


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """One new indicator. The action looks at it again, and says no in its own words."""

    class Meta:
        model = Indicator
        fields = (
            "name", "name_hant", "name_en", "code", "unit", "kind", "definition", "computed_by",
            "adds_up", "about_people", "official_only", "public",
        )  # fmt: skip
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "code": _("How tables and addresses name it, for ever: training.attendances."),
            "unit": _("Times, yuan, %, km² …"),
            "definition": _("What is counted, what is not, and when."),
            "computed_by": _("The office or statistics that it comes from."),
            "adds_up": _("Twelve months of attendances make a year's. Inhabitants do not add up."),
            "official_only": _(
                "For every figure about a group of people: published, county or larger."
            ),
        }

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in words of ours."""

    def draft(self) -> IndicatorDraft:
        """Return what was typed, for the action."""
        return IndicatorDraft(**self.cleaned_data)


class IndicatorFilterForm(forms.Form):
    """The filters of the list of indicators; they live in the address."""

    words = forms.CharField(label=_("Words in name, code or unit"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Indicator.KINDS]
    )

    def clean_words(self) -> str:
        """Leave out what no database searches for."""
        words: str = self.cleaned_data["words"]
        return words.replace("\0", "")
