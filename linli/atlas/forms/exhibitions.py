"""An exhibition and its works."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.exhibitions import ExhibitionDraft
from linli.atlas.actions.works import WorkDraft
from linli.atlas.models import Exhibition, Work
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.refusals import Refused
from linli.kernel.uploads import ACCEPT_SOUND, Rebuilt, rebuild, rebuild_sound

_PICTURES = "image/jpeg,image/png,image/webp,image/gif"


class ExhibitionForm(forms.ModelForm[Exhibition]):
    """What an exhibition is called, and what it is about."""

    class Meta:
        model = Exhibition
        fields = (
            "kind", "title", "title_hant", "title_en", "about", "about_hant", "about_en", "unit",
        )  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("about", "about_hant", "about_en")
            },
        }
        help_texts = {
            "about_hant": _("Left empty, readers of Traditional script see the first text."),
            "about_en": _("Left empty, readers of English see the first text."),
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
        """Find whose exhibition it is."""
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

    def draft(self) -> ExhibitionDraft:
        """Return what was typed, for the action."""
        return ExhibitionDraft(**self.cleaned_data)


class WorkForm(forms.ModelForm[Work]):
    """One work, its files drawn and written anew before anything is kept."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": _PICTURES}),
        help_text=_("A photo or a drawing, at most 10 MB. Where and with what it was taken is not kept."),
    )  # fmt: skip
    no_picture = forms.BooleanField(label=_("Take the picture away"), required=False)
    sound = forms.FileField(
        label=_("Recording"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT_SOUND}),
        help_text=_("WAV, at most 10 MB and ten minutes."),
    )
    no_sound = forms.BooleanField(label=_("Take the recording away"), required=False)
    leave = forms.BooleanField(
        label=_("Whoever made it, and whoever is named, agreed that it hangs here so."),
        required=False,
    )
    field_order = (
        "title", "title_hant", "title_en", "source", "source_name", "maker", "made", "text", "text_hant",
        "text_en", "picture", "no_picture", "shows", "shows_hant", "shows_en", "sound", "no_sound", "says",
        "says_hant", "says_en", "leave",
    )  # fmt: skip

    class Meta:
        model = Work
        fields = (
            "source", "source_name", "maker", "made", "title", "title_hant", "title_en", "text", "text_hant",
            "text_en", "shows", "shows_hant", "shows_en", "says", "says_hant", "says_en",
        )  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("text", "text_hant", "text_en", "says", "says_hant", "says_en")
        }
        help_texts = {
            "maker": _("A school, a group, a house; a person only who wants to be named. May stay empty."),
        }  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, there in (("picture", self.instance.picture), ("sound", self.instance.sound)):
            if not there:
                del self.fields[f"no_{name}"]

    def validate_constraints(self) -> None:
        """Leave it to the action, which says it in words of ours."""

    def _post_clean(self) -> None:
        """Leave the row as it is: the action writes it."""

    def clean(self) -> dict[str, Any]:
        """Draw the picture and write the recording anew, once all else is right: it takes a while."""
        given: dict[str, Any] = super().clean() or {}
        self.made: dict[str, Rebuilt] = {}
        for name, write_anew in (("picture", rebuild), ("sound", rebuild_sound)):
            file = given.pop(name, None)
            if file and not self.errors:
                try:
                    self.made[name] = write_anew(file.read(), name=file.name or "")
                except Refused as refused:
                    self.add_error(name, str(refused.sentence))
        return given

    def draft(self) -> WorkDraft:
        """Return what was typed and made anew, for the action."""
        picture, sound = self.made.get("picture"), self.made.get("sound")
        return WorkDraft(picture=picture, sound=sound, **self.cleaned_data)
