"""Where the passages of a draft go in the newer version of its template."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from linli.reports.models import HandText, Written
from linli.reports.rules.writing.parts import Text

BESIDE = _("Lay it beside the draft")


class MoveForm(forms.Form):
    """One field for each passage that was written: its place in the newer text, or beside the draft."""

    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    to = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *,  # noqa: ANN401 - as Django declares it
        written: Written, texts: tuple[Text, Text],
        passages: Iterable[HandText], kept: Mapping[int, int],
    ) -> None:  # fmt: skip
        # What was sent, None where somebody only looks.
        newest = written.version.template.version
        super().__init__(data, initial={"base": written.changed_at.isoformat(), "to": newest})
        old, new = texts
        asked = {one.number: one.about for one in old.by_hand}
        places = [("0", BESIDE), *((str(one.number), one.about) for one in new.by_hand)]
        for one in passages:
            self.fields[f"place_{one.number}"] = forms.ChoiceField(
                label=asked.get(one.number, str(one.number)),
                help_text=Truncator(one.text).chars(140),
                choices=places,
                initial=str(kept.get(one.number, 0)),
            )

    def places(self) -> dict[int, int]:
        """Return the chosen places by the numbers of the passages, 0 for beside."""
        return {
            int(name.removeprefix("place_")): int(place)
            for name, place in self.cleaned_data.items()
            if name.startswith("place_")
        }
