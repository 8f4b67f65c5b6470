"""What is given of programme lines and projects, and how their lists are filtered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Area, Unit
from linli.funds.actions.programmes import ProgrammeDraft
from linli.funds.actions.projects import ProjectDraft
from linli.funds.forms.amounts import YuanField
from linli.funds.forms.funds import DAY, choose
from linli.funds.models import Programme, Project, ProjectQuerySet
from linli.funds.queries.projects import ProjectsAsked
from linli.funds.rules import projects as rule
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words

_ALL: tuple[str, Words] = ("", _("All"))
STATES: dict[str, Words] = {
    rule.PLANNED: pgettext_lazy("project", "planned"),
    rule.RUNNING: pgettext_lazy("project", "running"),
    rule.DELAYED: pgettext_lazy("project", "delayed"),
    rule.DONE: pgettext_lazy("project", "done"),
    rule.STOPPED: pgettext_lazy("project", "stopped"),
}


class ProjectsForm(forms.Form):
    """Which projects to show. It lives in the address; what makes no sense is left out."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme line"), to_field_name="code", required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=[_ALL, *STATES.items()], required=False)
    giving = forms.ModelChoiceField(Area.objects.none(), label=_("Place giving"), required=False)
    receiving = forms.ModelChoiceField(
        Area.objects.none(), label=_("Place receiving"), required=False
    )
    words = forms.CharField(label=_("Name"), max_length=60, required=False)

    def __init__(self, asked: Any, *, among: ProjectQuerySet) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(asked)
        of = Programme.objects.filter(projects__in=among.order_by())
        lines = Programme.objects.filter(pk__in=of.values("pk")) | Programme.objects.filter(
            lines__in=of
        )
        choose(self, "programme", lines.distinct(), _("All"))
        for side in ("giving", "receiving"):
            choose(self, side, Area.objects.filter(pk__in=among.order_by().values(side)), _("All"))
        self.fields["words"].widget.attrs.update({"data-search": True, "autocomplete": "off"})
        self.is_valid()

    @property
    def asked(self) -> ProjectsAsked:
        """What is asked for."""
        words = self.cleaned_data.get("words", "").replace("\0", "").strip()
        return ProjectsAsked(**{**self.cleaned_data, "words": words})

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return any(self.cleaned_data.values())


class ProgrammeForm(forms.Form):
    """One programme line."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Programme.KINDS)
    purpose = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=pgettext_lazy("project", "Kept by"), to_field_name="code"
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Place"))
    above = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Part of"),
        to_field_name="code",
        required=False,
        help_text=_("A programme of several lines, such as six works and four actions."),
    )
    starts_on = forms.DateField(label=_("First day"), **DAY)
    ends_on = forms.DateField(label=_("Last day"), required=False, **DAY)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        *,
        by: Actor,
        programme: Programme | None = None,
    ) -> None:
        super().__init__(data, initial=_given(self, programme))
        own_unit(self, by)
        choose(self, "area", Area.objects.order_by("code"), _("Choose"))
        above = Programme.objects.filter(above=None)
        choose(self, "above", above.exclude(pk=programme.pk) if programme else above, _("None"))
        if programme and programme.published_at:
            self.fields["kind"].disabled = self.fields["starts_on"].disabled = True

    def draft(self) -> ProgrammeDraft:
        """Return what was given."""
        return ProgrammeDraft(**self.cleaned_data)


class ProjectForm(forms.Form):
    """One project: who gives, who receives, what is promised and for when."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme line"), to_field_name="code"
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    giving = forms.ModelChoiceField(Area.objects.none(), label=_("Place giving"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=pgettext_lazy("project", "Kept by"), to_field_name="code"
    )
    receiving = forms.ModelChoiceField(Area.objects.none(), label=_("Place receiving"))
    receiver = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Receiving unit"),
        to_field_name="code",
        required=False,
        help_text=_("It says for itself what arrived."),
    )
    amount = YuanField(label=_("Amount promised, in yuan"), from_zero=True)
    starts_on = forms.DateField(label=_("First day"), **DAY)
    promised_on = forms.DateField(label=_("Promised for"), **DAY)

    PROMISED = ("giving", "receiving", "amount", "starts_on", "promised_on")

    def __init__(self, data: Any = None, *, by: Actor, project: Project | None = None) -> None:  # noqa: ANN401
        super().__init__(data, initial=_given(self, project))
        own_unit(self, by)
        choose(self, "programme", Programme.objects.all(), _("Choose"))
        choose(self, "receiver", Unit.objects.working().order_by("name"), _("None"))
        for side in ("giving", "receiving"):
            choose(self, side, Area.objects.order_by("code"), _("Choose"))
        if project:
            fixed = self.PROMISED if project.published_at else ()
            for name in ("programme", *fixed):
                self.fields[name].disabled = True

    def draft(self) -> ProjectDraft:
        """Return what was given."""
        return ProjectDraft(**self.cleaned_data)


def own_unit(form: forms.Form, by: Actor) -> None:
    """Let an officer choose the own unit alone, and begin with the unit of whoever fills the form in."""
    units = Unit.objects.working().order_by("name")
    own = units.filter(name=by.unit)
    choose(form, "unit", own if by.role == Role.OFFICER else units, _("Choose"))
    if found := own.first():
        form.initial.setdefault("unit", found.code)


def _given(form: forms.Form, row: Programme | Project | None) -> dict[str, Any]:
    """Return what stands in a row, for the fields of a form that has not been made yet."""
    if row is None:
        return {}
    values = {name: getattr(row, name) for name in type(form).base_fields}
    by_code = (Unit, Programme)
    return {k: v.code if isinstance(v, by_code) else v for k, v in values.items()}
