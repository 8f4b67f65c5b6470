"""Which candidates of a round to show. It lives in the address; what makes no sense is left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Round
from linli.assessments.queries.stage_words import STAGES
from linli.kernel.text import Words

_ALL: tuple[str, Words] = ("", _("All"))


class CandidatesForm(forms.Form):
    """By stage, kind of unit, name."""

    stage = forms.ChoiceField(label=_("Stage"), choices=[_ALL, *STAGES.items()], required=False)
    category = forms.ChoiceField(label=_("Kind of unit"), required=False)
    words = forms.CharField(label=_("Name"), max_length=60, required=False)

    def __init__(self, asked: Any, *, of: Round) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        kinds = [(str(one.number), one.name) for one in of.scheme.categories.all()]
        self.fields["category"].choices = [_ALL, *kinds]  # type: ignore[attr-defined]
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for."""
        given = self.cleaned_data
        names = ("stage", "category", "words")
        return {name: given.get(name, "").replace("\0", "").strip() for name in names}

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return any(self.asked.values())
