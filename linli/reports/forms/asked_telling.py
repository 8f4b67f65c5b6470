"""Figures that nothing answers yet, typed in once, with what they rest on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.facts.actions.evidence import LARGEST
from linli.facts.actions.wrongs import WRONGS
from linli.facts.rules.statements import Statement, fault, misfit
from linli.facts.rules.typed import typed
from linli.facts.schemas import telling
from linli.reports.actions.answering import Backing
from linli.reports.models import FormSaying
from linli.reports.queries.asked import Standing

MOST = 200  # figures on one page; the next ones follow when these are in


class TellForm(forms.Form):
    """The figures of a form that nobody has told before, and what they rest on: words, or a file."""

    words = forms.CharField(
        label=_("In which words, or from which record"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    file = forms.FileField(label=_("Or the file that shows it"), required=False)

    def __init__(self, *given: Any, cells: Sequence[Standing]) -> None:
        super().__init__(*given)
        self.cells = {f"cell-{number}": one for number, one in enumerate(cells[:MOST])}
        last = {name: self.fields.pop(name) for name in ("words", "file")}
        for name, one in self.cells.items():
            self.fields[name] = forms.CharField(
                label=_label(one), help_text=_hint(one), required=False, max_length=60
            )
        self.fields.update(last)

    def clean(self) -> dict[str, Any]:
        """Read every figure as people write it; refuse what rests on nothing."""
        cleaned = super().clean() or {}
        self.figures: dict[str, Statement] = {}
        for name, one in self.cells.items():
            if text := cleaned.get(name, ""):
                self._read(name, one, text)
        file = cleaned.get("file")
        if not cleaned.get("words", "").strip() and not file and "file" not in self.errors:
            self.add_error("words", _("Give the words, or a file."))
        if file and file.size > LARGEST:
            self.add_error("file", _("The file is larger than 10 MB."))
        return cleaned

    def backing(self) -> Backing:
        """Return what the figures rest on."""
        file = self.cleaned_data.get("file")
        if not file:
            return Backing(words=self.cleaned_data["words"])
        return Backing(data=file.read(), name=file.name, media_type=file.content_type or "")

    def _read(self, name: str, one: Standing, text: str) -> None:
        cell = typed(text)
        statement = cell.statement
        if statement:
            statement = statement._replace(value=statement.value.scaleb(one.cell.meant.scale))
        wrong = cell.wrong or (
            (fault(statement) or misfit(statement, one.subject.indicator.kind)) if statement else ""
        )
        if wrong or statement is None:
            self.add_error(name, forms.ValidationError(str(WRONGS[wrong or "not_a_number"])))
        else:
            self.figures[one.cell.name] = statement


def _label(one: Standing) -> str:
    subject = one.subject
    period = telling.period(*subject.period)
    return f"{subject.area.name} · {subject.indicator.shown_name} · {period}"


def _hint(one: Standing) -> str:
    scale = one.cell.meant.scale
    said = [one.subject.indicator.shown_unit, str(FormSaying.SCALES[str(scale)]) if scale else ""]
    if one.fact:
        last = {
            "period": telling.period(one.fact.period_from, one.fact.period_until),
            "figure": telling.figure(one.fact),
        }
        said.append(gettext("%(period)s: %(figure)s") % last)
    return " · ".join(filter(None, said))
