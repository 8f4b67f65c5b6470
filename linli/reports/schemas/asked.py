"""Where every cell of a form comes from, as rows: the annex of a filled form, its JSON, the pages show the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period, shown
from linli.facts.schemas import telling
from linli.facts.schemas.rows import citation
from linli.kernel.text import Words
from linli.reports.models import AnsweredCell, FormAsked, FormChoice, FormSaying
from linli.reports.queries.asked import Standing
from linli.reports.queries.forms_asked import Later

STATES: dict[str, tuple[str, Words]] = {
    "exists": ("done", gettext_lazy("Known already")),
    "kept": ("note", gettext_lazy("Kept back")),
    "stale": ("soon", gettext_lazy("Only an earlier period is known")),
    "new": ("late", gettext_lazy("Not known yet")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One cell with everything that is said of it. now: what its figure is today, where it has changed since.

    choice: why just this figure stands here, where somebody chose it by hand; choices: from how many one may choose.
    """

    cell: str
    indicator: Indicator
    area: Area
    period: Period
    state: str
    written: str
    scale: int
    fact: Fact | None
    others: tuple[Fact, ...] = ()
    earlier: AnsweredCell | None = None
    otherwise: AnsweredCell | None = None
    now: Fact | None = None
    choice: FormChoice | None = None
    choices: int = 0

    @property
    def sheet(self) -> int:
        """The number of its sheet."""
        return int(self.cell.partition("!")[0])

    @property
    def spot(self) -> str:
        """Its name within its sheet."""
        return self.cell.partition("!")[2]

    @property
    def asks(self) -> str:
        """What it asks for in words: the name of what only staff see stays inside."""
        return self.indicator.shown_name if self.indicator.public else "—"

    @property
    def colour(self) -> str:
        """The state's colour."""
        return STATES[self.state][0]

    @property
    def words(self) -> Words:
        """The state in words."""
        return STATES[self.state][1]

    @property
    def over(self) -> str:
        """The period as people write one."""
        return telling.period(*self.period)

    @property
    def counted_in(self) -> Words:
        """In what the form counts, "" for as it is."""
        return FormSaying.SCALES[str(self.scale)] if self.scale else ""

    @property
    def status(self) -> Words:
        """How sure the figure is."""
        return telling.STATUSES[self.fact.status] if self.fact and self.written else ""

    @property
    def address(self) -> str:
        """Where the figure stands for ever."""
        return citation(self.fact) if self.fact and self.written else ""

    @property
    def earlier_cell(self) -> str:
        """The cell of the form sent before, within its sheet."""
        return self.earlier.cell.partition("!")[2] if self.earlier else ""

    @property
    def today(self) -> str:
        """What the figure is today, in words."""
        return telling.figure(self.now) if self.now else ""


def of_standing(one: Standing) -> Line:
    """Return the line of a cell of a form that waits."""
    value = one.value
    return Line(
        cell=one.cell.name, indicator=one.subject.indicator, area=one.subject.area,
        period=one.subject.period, state=one.state, scale=one.cell.meant.scale, fact=one.fact,
        written="" if value is None else value if isinstance(value, str) else f"{value:f}",
        others=one.against, earlier=one.earlier, otherwise=one.otherwise, choice=one.choice,
        choices=len(one.choices),
    )  # fmt: skip


def of_answer(told: Later) -> Line:
    """Return the line of a cell as it was answered."""
    cell = told.cell
    return Line(
        cell=cell.cell, indicator=cell.indicator, area=cell.area,
        period=Period(cell.period_from, cell.period_until), state=cell.state, written=cell.written,
        scale=cell.scale, fact=cell.fact, earlier=cell.earlier, now=told.now, choice=cell.choice,
    )  # fmt: skip


def place_in(form: FormAsked, cell: str) -> tuple[str, str]:
    """Return the name of a cell's sheet, and its name within that."""
    sheet, _mark, name = cell.partition("!")
    return form.grid[int(sheet)]["name"], name


def annex_of(form: FormAsked, host: str) -> Callable[[Sequence[Standing]], list[list[Any]]]:
    """Return what makes the annex of a form: one row a cell, in the language in which forms are written here."""

    def rows(found: Sequence[Standing]) -> list[list[Any]]:
        with override(settings.LANGUAGE_CODE):
            head = [
                _("Sheet"), _("Cell"), _("Indicator"), _("Place"), _("Period"), _("Written"),
                _("State"), _("How sure it is"), _("Source"), _("As of"), _("Permanent address"),
                _("Says otherwise"), _("Chosen by hand"),
            ]  # fmt: skip
            return [head, *(_row(form, of_standing(one), host) for one in found)]

    return rows


def annex_title() -> str:
    """Return the name of the annex's sheet."""
    with override(settings.LANGUAGE_CODE):
        return _("Where the figures come from")


def in_json(form: FormAsked, line: Line, host: str) -> dict[str, Any]:
    """Return a line by the names of its parts."""
    sheet, cell = place_in(form, line.cell)
    fact = line.fact if line.written else None
    return {
        "sheet": sheet,
        "cell": cell,
        "indicator": line.indicator.code if line.indicator.public else None,
        "area": line.area.pk,
        "period": shown(line.period),
        "state": line.state,
        "written": line.written,
        "power_of_ten": line.scale,
        "status": fact.status if fact else None,
        "source": fact.evidence.source if fact else None,
        "as_of": localdate(fact.at).isoformat() if fact else None,
        "citation": f"{host}{line.address}" if fact else None,
        "contradicts": [f"{host}{citation(one)}" for one in line.others],
        "chosen_by_hand": _choice_in_json(line.choice) if line.choice else None,
        "answered_before_in": line.earlier.answer.form.code if line.earlier else None,
    }


def _row(form: FormAsked, line: Line, host: str) -> list[Any]:
    fact = line.fact if line.written else None
    return [
        *place_in(form, line.cell),
        line.indicator.name if line.indicator.public else "—",
        line.area.name,
        shown(line.period),
        line.written,
        str(line.words),
        str(line.status),
        fact.evidence.source if fact else "",
        localdate(fact.at).isoformat() if fact else "",
        f"{host}{line.address}" if fact else "",
        " ".join(f"{host}{citation(one)}" for one in line.others),
        chosen_by(line.choice) if line.choice else "",
    ]


def chosen_by(choice: FormChoice) -> str:
    """Return why a figure was chosen, which unit chose it, and when."""
    return f"{choice.reason} ({choice.by_unit}, {localdate(choice.at).isoformat()})"


def _choice_in_json(choice: FormChoice) -> dict[str, str]:
    return {
        "reason": choice.reason,
        "unit": choice.by_unit,
        "on": localdate(choice.at).isoformat(),
    }
