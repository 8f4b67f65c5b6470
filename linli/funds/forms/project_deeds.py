"""What is given with one deed on a project: a work, a visit, a moved day … Each a small form of its own."""

from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.directory.models import Unit
from linli.funds.actions.progress import Shown
from linli.funds.actions.sending import ContractDraft, SentDraft
from linli.funds.actions.visits import Shot, VisitDraft
from linli.funds.forms.amounts import YuanField
from linli.funds.forms.funds import DAY, choose
from linli.funds.forms.projects import own_unit
from linli.funds.models import Account, Fund, Project, Sent, Visit, WorkItem
from linli.funds.queries.books import visible_funds
from linli.funds.rules import flows
from linli.funds.rules import projects as rule
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.uploads import ACCEPT, rebuild

SHOTS: Final = 3  # a browser without scripts sends so many at once; a second visit takes more
_PHOTOS = ",".join(kind for kind in ACCEPT.split(",") if kind.startswith("image/"))


class DeedForm(forms.Form):
    """What all deeds share: the project, who acts, and what the deed is about."""

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401
        files: Any = None,  # noqa: ANN401
        *,
        project: Project,
        by: Actor,
        of: Any = None,  # noqa: ANN401 - a work, a milestone, a note, a row of people sent, or nothing
    ) -> None:
        super().__init__(data, files)
        self.project, self.by, self.of = project, by, of
        if "day" in self.fields:
            self.initial["day"] = localdate(now())
        self.prepare()

    def prepare(self) -> None:
        """Say what depends on the project."""


class WordsForm(DeedForm):
    """Words that everybody will read."""

    words = forms.CharField(
        label=_("In words"),
        max_length=300,
        help_text=_("Everybody can read it. Name no person."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class DayForm(DeedForm):
    """The day on which something was begun."""

    day = forms.DateField(label=_("Day"), **DAY)


class ShownForm(DayForm):
    """The day on which something was done, and what shows it."""

    words = forms.CharField(
        label=_("What shows it"),
        max_length=300,
        help_text=_("The record of acceptance, its number and day."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    address = forms.CharField(
        label=_("Where to look"), help_text="https://…", required=False, max_length=500
    )

    def shown(self) -> Shown:
        """Return what shows it."""
        return Shown(self.cleaned_data["words"], self.cleaned_data["address"])


class MoveForm(DeedForm):
    """A new day, and why."""

    now_on = forms.DateField(label=_("New day"), **DAY)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Everybody can read it. The first promise stays beside it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def prepare(self) -> None:
        """Begin with the day that stands."""
        self.initial["now_on"] = (self.of or self.project).due_on


class WorkForm(DeedForm):
    """One work."""

    name = forms.CharField(label=pgettext_lazy("project", "Work"), max_length=160)
    quantity = forms.DecimalField(
        label=_("How much"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    measure = forms.CharField(
        label=_("Unit of measure"), max_length=20, required=False, help_text=_("Such as m².")
    )
    amount = YuanField(label=_("Amount promised, in yuan"), from_zero=True, initial=0)


class MilestoneForm(DeedForm):
    """One milestone with the day for which it is promised."""

    name = forms.CharField(label=_("Milestone"), max_length=160)
    promised_on = forms.DateField(label=_("Promised for"), **DAY)


class ContractForm(DeedForm):
    """The total of a contract. Who it is with is not asked."""

    words = forms.CharField(
        label=_("What for"), max_length=160, help_text=_("Name no person and no contractor.")
    )
    work = forms.ModelChoiceField(
        WorkItem.objects.none(), label=pgettext_lazy("project", "Work"), required=False
    )
    signed_on = forms.DateField(label=_("Signed on"), **DAY)
    amount = YuanField(label=_("Amount in yuan"))

    def prepare(self) -> None:
        """Let it be of a work of this project."""
        choose(self, "work", self.project.works.all(), _("None"))

    def draft(self) -> ContractDraft:
        """Return what was given."""
        return ContractDraft(**self.cleaned_data)


class ChangeForm(ContractForm):
    """What a change adds to the total of a contract, or takes from it."""

    less = forms.BooleanField(label=_("It takes so much from the total."), required=False)

    def draft(self) -> ContractDraft:
        """Return what was given, below zero where it takes."""
        given = dict(self.cleaned_data)
        sign = -1 if given.pop("less") else 1
        return ContractDraft(**given | {"amount": sign * given["amount"]})


class PeopleForm(forms.Form):
    """How many people were sent as what. Nobody is named."""

    role = forms.ChoiceField(label=_("As what"), choices=Sent.ROLES)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=100_000)
    team = forms.CharField(
        label=_("Team"), max_length=60, required=False, help_text=_("Its number, never a name.")
    )
    from_on = forms.DateField(label=_("From"), **DAY)
    until_on = forms.DateField(label=_("Until"), required=False, **DAY)

    def sent_for(self, project: Project | None) -> SentDraft:
        """Return what was given, for a project, or for a whole programme line."""
        given = {name: self.cleaned_data[name] for name in PeopleForm.base_fields}
        return SentDraft(project=project, **given)


class SentForm(PeopleForm, DeedForm):
    """People sent for a project."""


class CorrectionForm(PeopleForm):
    """Another count in place of one that was wrong."""

    reason = forms.CharField(label=_("Why"), max_length=240)

    def begin_with(self, sent: Sent) -> None:
        """Begin with what was said; nobody at all may be what is right."""
        self.fields["count"] = forms.IntegerField(
            label=_("How many"), min_value=0, max_value=100_000
        )
        names = PeopleForm.base_fields
        self.initial.update({name: getattr(sent, name) for name in names})


class CorrectForm(CorrectionForm, DeedForm):
    """Another count of people sent for a project."""

    def prepare(self) -> None:
        """Begin with what was said."""
        self.begin_with(self.of)


class VisitForm(DeedForm):
    """One visit: what was found, and photos on which nobody can be recognised."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Visiting unit"), to_field_name="code"
    )
    day = forms.DateField(label=_("Day"), **DAY)
    finding = forms.ChoiceField(
        label=_("Finding"), choices=Visit.FINDINGS, widget=forms.RadioSelect, initial=rule.FINE
    )
    words = forms.CharField(
        label=_("What was found"),
        max_length=2000,
        help_text=_("Everybody can read it. Name no person."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    settles = forms.ModelChoiceField(
        Visit.objects.none(), label=_("Mended since the visit of"), required=False
    )
    nobody_shown = forms.BooleanField(
        label=_("I have looked at each photo: nobody can be recognised in it."), required=False
    )

    def prepare(self) -> None:
        """Let it settle what is still to be mended; ask for photos, each with what it shows."""
        own_unit(self, self.by)
        if self.by.role == Role.PLANNER:
            self.initial.setdefault("unit", self.project.unit.code)
        found = self.project.visits.filter(settled_by=None).exclude(finding=rule.FINE)
        choose(self, "settles", found, _("None"))
        for number in range(1, SHOTS + 1):
            self.fields[f"photo_{number}"] = forms.FileField(
                label=_("Photo %(number)d") % {"number": number},
                required=False,
                widget=forms.ClearableFileInput(attrs={"accept": _PHOTOS}),
            )
            self.fields[f"shows_{number}"] = forms.CharField(
                label=_("What photo %(number)d shows") % {"number": number},
                required=False,
                max_length=160,
            )
        self.order_fields(
            [*(name for name in self.fields if name != "nobody_shown"), "nobody_shown"]
        )

    def draft(self) -> VisitDraft:
        """Return what was given, each photo drawn anew. Refuses: what `uploads.rebuild` does."""
        given = self.cleaned_data
        names = ("unit", "day", "finding", "words", "settles", "nobody_shown")
        return VisitDraft(**{name: given[name] for name in names}, photos=self._shots())

    def _shots(self) -> list[Shot]:
        found = []
        for number in range(1, SHOTS + 1):
            file = self.cleaned_data[f"photo_{number}"]
            if file:
                rebuilt = rebuild(file.read(), name=file.name)
                found.append(Shot(rebuilt, self.cleaned_data[f"shows_{number}"]))
        return found


class MoneyForm(forms.Form):
    """One account for the money of a project or a programme line, in a fund."""

    fund = forms.ModelChoiceField(Fund.objects.none(), label=_("Fund"), to_field_name="code")
    kind = forms.ChoiceField(label=_("Kind"), choices=Account.NAMES, initial=flows.ALLOCATED)
    name = forms.CharField(label=_("Name"), max_length=120)

    def offer(self, by: Actor, name: str) -> None:
        """Offer the funds whose books are open to whoever acts, and a name."""
        choose(self, "fund", visible_funds(by).order_by("name"), _("Choose"))
        self.initial["name"] = name


class AccountForm(MoneyForm, DeedForm):
    """One account for the money of a project."""

    def prepare(self) -> None:
        """Begin with the name of the project."""
        self.offer(self.by, self.project.name)
