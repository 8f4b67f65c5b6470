"""A board and its parts."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.boards import BoardDraft
from linli.atlas.actions.tiles import TileDraft
from linli.atlas.models import Board, BoardTile, Rate
from linli.directory.models import Area, Unit
from linli.facts.models import Indicator
from linli.facts.rules.periods import of_typed
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words

Grouped = Iterable[tuple[Words, list[tuple[str, str]]]]  # indicators under their sections


class BoardForm(forms.ModelForm[Board]):
    """What a board is called, and how it stands on a wall."""

    class Meta:
        model = Board
        fields = ("title", "title_hant", "title_en", "unit", "at_once", "seconds")
        help_texts = {
            "seconds": _("On a wall the screens follow each other by themselves."),
        }

    def __init__(self, *given: Any, by: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.instance.pk or by.role == Role.OFFICER:
            del self.fields["unit"]  # it stays with its unit; an officer's is the own one
        else:
            units = Unit.objects.filter(closed_on=None).order_by("name")
            cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
        self.by = by

    def clean(self) -> dict[str, Any]:
        """Find whose board it is."""
        cleaned = super().clean() or {}
        if self.instance.pk:
            cleaned["unit"] = self.instance.unit
        elif "unit" not in self.fields:
            cleaned["unit"] = Unit.objects.filter(name=self.by.unit, closed_on=None).first()
            if cleaned["unit"] is None:
                raise ValidationError(_("Your account belongs to no unit that is open."))
        return cleaned

    def validate_constraints(self) -> None:
        """Leave it to the action, which says it in words of ours."""

    def draft(self) -> BoardDraft:
        """Return what was typed, for the action."""
        return BoardDraft(**self.cleaned_data)


class TileForm(forms.Form):
    """One part of a board."""

    what = forms.ChoiceField(label=_("Figure or rate"))
    kind = forms.ChoiceField(label=_("Shown as"), choices=BoardTile.KINDS, widget=forms.RadioSelect)
    area = forms.CharField(
        label=_("Place"),
        max_length=60,
        help_text=_("Its code or its name. Side by side and on a map: the places inside it."),
    )
    period = forms.CharField(
        label=_("Period"),
        required=False,
        max_length=30,
        help_text=_("Left empty, always the newest that is known."),
        widget=forms.TextInput(attrs={"placeholder": "2024 · 2024-03"}),
    )
    caption = forms.CharField(label=_("Caption"), required=False, max_length=120)
    caption_hant = forms.CharField(
        label=_("Caption in Traditional script"), required=False, max_length=120
    )
    caption_en = forms.CharField(
        label=_("Caption in English"),
        required=False,
        max_length=200,
        help_text=_("In all three languages, or in none: then the name of the figure stands there."),
    )  # fmt: skip

    def __init__(
        self,
        given: Any = None,  # noqa: ANN401 - a QueryDict
        *,
        listed: Grouped,
        tile: BoardTile | None = None,
    ) -> None:
        super().__init__(given, initial=_initial(tile) if tile else {"kind": BoardTile.FIGURE})
        rates = [(f"rate:{one.code}", one.shown_name) for one in Rate.objects.public()]
        figures = [
            (words, [(f"indicator:{code}", name) for code, name in inside])
            for words, inside in listed
        ]
        choices: list[Any] = [("", "—"), *figures]
        if rates:
            choices.append((_("Rates"), rates))
        cast("forms.ChoiceField", self.fields["what"]).choices = choices

    def clean_area(self) -> Area:
        """Find the place by code or name."""
        text: str = self.cleaned_data["area"].strip()
        found = Area.objects.filter(Q(code=text) | Q(name=text), until_year=None)[:2]
        if len(found) != 1:
            raise ValidationError(
                _("Several areas bear this name. Give the code.") if found else _("There is no such area."),
                code="unknown_area",
            )  # fmt: skip
        return found[0]

    def clean_period(self) -> str:
        """Take what can be read as a period."""
        typed: str = self.cleaned_data["period"]
        if typed and of_typed(typed) is None:
            raise ValidationError(
                _("This is not a period: write 2019, 2019-03, 2019-03-05 or 2016/2020."),
                code="unknown_period",
            )
        return typed

    def draft(self) -> TileDraft:
        """Return what was chosen, for the action."""
        given = dict(self.cleaned_data)
        kind, _colon, code = given.pop("what").partition(":")
        of: Indicator | Rate
        if kind == "rate":
            of = Rate.objects.whole().get(code=code)
        else:
            of = Indicator.objects.get(code=code)
        return TileDraft(of=of, **given)


def _initial(tile: BoardTile) -> dict[str, Any]:
    of = f"rate:{tile.rate.code}" if tile.rate else f"indicator:{tile.indicator.code}"  # type: ignore[union-attr]
    said = ("kind", "period", "caption", "caption_hant", "caption_en")
    return {name: getattr(tile, name) for name in said} | {"what": of, "area": tile.area_id}
