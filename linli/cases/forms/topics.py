"""What is given for the map of who answers for what: topics, reply templates, officials."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.actions.topics import TopicDraft
from linli.cases.forms.choosing import LANGUAGES, choose, words
from linli.cases.models import Topic
from linli.directory.models import Service, Unit

_BETWEEN = re.compile(r"[\s,，、;；]+")


class TopicForm(forms.Form):
    """One topic: its words, its unit, its days. The code is in addresses and never changes."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, such as street-lamp. It never changes."),
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    description = forms.CharField(label=_("What belongs here"), max_length=240, required=False)
    group = forms.CharField(label=_("Group"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Topic.KINDS)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit that answers"), to_field_name="code"
    )
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Guide"), required=False)
    keywords = forms.CharField(
        label=_("Words that point here"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("In any language, with commas or spaces between them."),
    )
    step_days = forms.IntegerField(label=_("Working days for one step"), min_value=1, initial=1)
    unit_days = forms.IntegerField(label=_("Working days for the unit"), min_value=1, initial=5)
    case_days = forms.IntegerField(
        label=_("Working days in all"), min_value=1, max_value=250, initial=10
    )
    kept_days = forms.IntegerField(
        label=_("Days kept after closing"), min_value=1, max_value=1100, initial=180
    )
    sensitive = forms.BooleanField(
        label=_("Sensitive"),
        required=False,
        help_text=_(
            "Withheld from every public list. It goes to another unit only with leave given for"
            " that very hand-over."
        ),
    )

    def __init__(self, data: Any = None, *, topic: Topic | None = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=_given(topic) if topic else {})
        choose(self, "unit", Unit.objects.working().order_by("name"))
        choose(self, "service", Service.objects.all())
        if topic:
            del self.fields["code"]

    def clean_code(self) -> str:
        """Refuse what stands in an address for something else."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError(_("This code cannot be taken."))
        return code

    def clean_keywords(self) -> list[str]:
        """Return the words, each once, in their order."""
        typed: str = self.cleaned_data["keywords"]
        return list(dict.fromkeys(word[:40] for word in _BETWEEN.split(typed) if word))

    def clean(self) -> dict[str, Any]:
        """Refuse a step that takes longer than the unit, and a unit that takes longer than the whole."""
        given = super().clean() or {}
        step, unit, whole = (given.get(f"{name}_days") for name in ("step", "unit", "case"))
        if step and unit and unit < step:
            self.add_error("unit_days", _("The unit has fewer days than one step."))
        if unit and whole and whole < unit:
            self.add_error("case_days", _("All in all there are fewer days than for the unit."))
        return given

    def draft(self) -> TopicDraft:
        """Return what was given."""
        given = dict(self.cleaned_data)
        given.pop("code", None)
        return TopicDraft(**given)


class TemplateForm(forms.Form):
    """One reply that a unit writes often, in one language."""

    name = forms.CharField(label=_("Name"), max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    words = words(_("Words of the template"), rows=6, most=8000)


class OfficialForm(forms.Form):
    """One official who answers for the petitions of a unit, by office and name as published."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="code")
    office = forms.CharField(label=_("Office"), max_length=60)
    name = forms.CharField(label=_("Name as published"), max_length=60)

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data)
        choose(self, "unit", Unit.objects.working().order_by("name"))


class TopicFilterForm(forms.Form):
    """Which topics to show. It lives in the address."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), to_field_name="code", required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *Topic.KINDS], required=False
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Open to ask")), ("closed", _("Closed")), ("all", _("All"))],
        required=False,
    )

    def __init__(self, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data)
        choose(self, "unit", Unit.objects.filter(topics__isnull=False).distinct(), _("All"))


def _given(topic: Topic) -> dict[str, Any]:
    given = {name: getattr(topic, name) for name in TopicForm.base_fields}
    return given | {"keywords": "、".join(topic.keywords), "unit": topic.unit.code}
