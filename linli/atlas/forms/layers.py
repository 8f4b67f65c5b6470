"""What is asked of a layer that somebody brings, of its approval and withdrawal, and of a tile that is moved."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.atlas.actions.layers import COARSEST, NO_APPROVAL, NO_NUMBER, LayerDraft
from linli.atlas.models import Layer
from linli.atlas.models.layout import FURTHEST
from linli.atlas.queries.boundary_files import LARGEST
from linli.atlas.rules.maps.approvals import approval_number
from linli.atlas.rules.maps.layouts import Place
from linli.directory.models import Area

_DATUM_WORDS: Final = _(
    "CGCS2000 is that of surveys and of 天地图; WGS 84 that of satellites; GCJ-02 that of maps of Chinese web services: it is turned back."
)
_APPROVAL_WORDS: Final = _("As it stands on the map, such as GS(2024)0650号. Without it the layer stays inside.")  # fmt: skip


class LayerForm(forms.Form):
    """A file of shapes, and what must be known of it."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("GeoJSON, a zipped Shapefile or a GeoPackage, up to 50 MB. The next page shows what becomes of every shape."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,.zip,.gpkg"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=pgettext_lazy("layer", "What it holds"), choices=Layer.KINDS, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Who made the map, and of which year it is.")
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=120,
        help_text=_("Under which licence or agreement we may show it."),
    )  # fmt: skip
    datum = forms.ChoiceField(
        label=_("Datum"), choices=Layer.DATUMS, widget=forms.RadioSelect, help_text=_DATUM_WORDS
    )
    approval_no = forms.CharField(
        label=_("Map approval number"), max_length=40, required=False, help_text=_APPROVAL_WORDS
    )
    public = forms.BooleanField(label=_("Show it to everybody"), required=False)
    metres = forms.IntegerField(
        label=_("Simplify for pages to (metres)"), min_value=0, max_value=COARSEST, initial=100,
        help_text=_("How far a drawn border may be off. 0 draws every point. What was brought is kept beside it."),
    )  # fmt: skip

    def __init__(self, *given: Any, year: int, **named: Any) -> None:
        super().__init__(*given, **named)
        self.year = year

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file that is too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 50 MB."), code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse a layer for everybody without its number, before anybody waits for the file to be read."""
        said: dict[str, Any] = super().clean() or {}
        typed = said.get("approval_no", "")
        if typed and approval_number(typed, year=self.year) is None:
            self.add_error("approval_no", forms.ValidationError(NO_NUMBER, code="not_a_number"))
        elif said.get("public") and not typed:
            self.add_error("approval_no", forms.ValidationError(NO_APPROVAL, code="no_approval"))
        return said

    def draft(self, data: bytes, checksum: str = "") -> LayerDraft:
        """Return what was said, with the bytes of the file."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return LayerDraft(data=data, checksum=checksum, **said)


class ApprovalForm(forms.Form):
    """The number under which a layer may be shown to everybody."""

    approval_no = forms.CharField(
        label=_("Map approval number"), max_length=40, required=False, help_text=_APPROVAL_WORDS
    )


class WithdrawalForm(forms.Form):
    """Why a layer is withdrawn."""

    reason = forms.CharField(label=pgettext_lazy("layer", "Reason"), max_length=300)


class TilesForm(forms.Form):
    """Row and column of every part of an area, counted from 1."""

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - what was sent
        *,
        areas: Iterable[Area],
        places: dict[str, Place],
    ) -> None:
        super().__init__(data)
        self.areas = list(areas)
        for area in self.areas:
            at = places[area.code]
            for number, (name, words) in enumerate(
                (("row", _("Row of %(area)s")), ("column", _("Column of %(area)s")))
            ):
                self.fields[f"{name}_{area.code}"] = forms.IntegerField(
                    label=words % {"area": area.name}, min_value=1, max_value=FURTHEST + 1,
                    initial=at[number] + 1,
                    widget=forms.NumberInput(attrs={"class": "layout__number"}),
                )  # fmt: skip

    def rows(self) -> list[tuple[Area, list[forms.BoundField]]]:
        """Return each part with its two fields."""
        return [
            (area, [self[f"{name}_{area.code}"] for name in ("row", "column")])
            for area in self.areas
        ]

    def places(self) -> dict[str, Place]:
        """Return what was typed, counted from 0."""
        said = self.cleaned_data
        return {
            area.code: (said[f"row_{area.code}"] - 1, said[f"column_{area.code}"] - 1)
            for area in self.areas
        }
