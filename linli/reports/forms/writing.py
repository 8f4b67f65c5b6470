"""What people type to write reports: a template, a new report, its passages."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.units import AreaField
from linli.directory.models import Unit
from linli.facts.rules.periods import Period, of_typed
from linli.kernel.actors import Actor, Role
from linli.reports.actions.templates import TemplateDraft
from linli.reports.actions.writing import WrittenDraft
from linli.reports.models import Template
from linli.reports.models.writing import LANGUAGES, LONGEST
from linli.reports.rules.writing.parts import Text

KINDS = [("", _("All")), *Template.KINDS]


class PeriodField(forms.CharField):
    """A period as people write it; cleaned to a Period, or None when nothing is typed."""

    def clean(self, value: object) -> Period | None:
        """Read the period. Raises ValidationError for what is none."""
        text = super().clean(value)
        if not text:
            return None
        period = of_typed(text)
        if period is None:
            raise ValidationError(
                _("Write a period such as 2019, 2019-03 or 2016/2020."), code="unknown_period"
            )
        return period


class TemplateForm(forms.Form):
    """A template, and of where and when it is to be looked at before it is kept."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Template.KINDS)
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    title = forms.CharField(label=_("Title"), max_length=80)
    title_hant = forms.CharField(label=_("Title in Traditional script"), max_length=80)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "false"}),
    )
    area = AreaField(
        label=_("Look at it for this place"),
        help_text=_("Its code or its name."),
        max_length=60,
        required=False,
    )
    period = PeriodField(
        label=_("and this period"), help_text="2019 · 2019-03 · 2016/2020", max_length=40, required=False
    )  # fmt: skip
    words = forms.CharField(label=_("Indicators with these words"), max_length=100, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, template: Template | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.template = template
        if template is not None:
            del self.fields["kind"], self.fields["language"]  # they stay

    def draft(self) -> TemplateDraft:
        """Return what was typed, for the action."""
        told = self.cleaned_data
        of = self.template
        return TemplateDraft(
            kind=of.kind if of else told["kind"],
            language=of.language if of else told["language"],
            **{name: told[name] for name in ("title", "title_hant", "title_en", "text")},
        )


class TemplateField(forms.ModelChoiceField[Template]):
    """A template, by its kind and its title in the reader's language."""

    def label_from_instance(self, obj: Template) -> str:
        """Return what stands in the list."""
        return f"{obj.get_kind_display()} · {obj.shown_title}"


class NewReportForm(forms.Form):
    """A new report: in which template, of where and when."""

    template = TemplateField(Template.objects.all(), label=_("Template"), to_field_name="code")
    title = forms.CharField(label=_("Title"), max_length=120)
    area = AreaField(label=_("Place"), help_text=_("Its code or its name."), max_length=60)
    period = PeriodField(label=_("Period"), help_text="2019 · 2019-03 · 2016/2020", max_length=40)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")

    def __init__(self, *given: Any, by: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        if by.role == Role.OFFICER:
            del self.fields["unit"]  # an officer's is the own one
        else:
            units = Unit.objects.filter(closed_on=None).order_by("name")
            cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
        self.by = by

    def clean(self) -> dict[str, Any]:
        """Find whose report it is."""
        cleaned = super().clean() or {}
        if "unit" not in self.fields:
            cleaned["unit"] = Unit.objects.filter(name=self.by.unit, closed_on=None).first()
            if cleaned["unit"] is None:
                raise ValidationError(_("Your account belongs to no unit that is open."))
        return cleaned

    def draft(self) -> WrittenDraft:
        """Return what was typed, for the action."""
        return WrittenDraft(**self.cleaned_data)


class WriteForm(forms.Form):
    """The title of a report and its passages by hand: one field for each place of the template."""

    title = forms.CharField(label=_("Title"), max_length=120)
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *given: Any, text: Text, **named: Any) -> None:
        super().__init__(*given, **named)
        for place in text.by_hand:
            self.fields[f"passage_{place.number}"] = forms.CharField(
                label=place.about,
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def by_hand(self) -> dict[int, str]:
        """Return what was typed into each passage, by its number."""
        return {
            int(name.removeprefix("passage_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("passage_")
        }


class WrittenFilter(forms.Form):
    """The filters of the lists of written reports; they live in the address."""

    words = forms.CharField(label=_("Words in the title"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)


class DraftsFilter(WrittenFilter):
    """The filters of the desk's list: drafts, too."""

    STATES = (("", _("All")), ("waiting", _("Not published")))

    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
