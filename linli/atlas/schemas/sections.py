"""The sections of the atlas: what each is about, and the indicators that belong to it by how their codes begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.facts.models import Indicator
from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class Section:
    """One section: the word in its address, its name, what it shows, and the beginnings of codes."""

    code: str
    name: Words
    words: Words
    begins: tuple[str, ...]


SECTIONS = (
    Section(
        "population",
        pgettext_lazy("section", "Population"),
        _("How many live where, from official statistics. Never who."),
        ("population.", "area."),
    ),
    Section(
        "education",
        pgettext_lazy("section", "Education"),
        _("Schools, teachers, lessons and courses."),
        ("education.", "schools.", "training."),
    ),
    Section(
        "enterprises",
        pgettext_lazy("section", "Enterprises"),
        _("Enterprises, posts and how the economy grows."),
        ("enterprises.", "economy.", "jobs."),
    ),
    Section(
        "services",
        pgettext_lazy("section", "Services"),
        _("Stations, windows, courses and what people asked for."),
        ("services.", "stations.", "offers.", "cases.", "legal_aid.", "mediation.", "requests.", "service."),
    ),
    Section(
        "funds",
        pgettext_lazy("section", "Funds"),
        _("Public money, gifts and the projects they paid for."),
        ("funds.", "projects.", "exchange."),
    ),
    Section(
        "food",
        pgettext_lazy("section", "Food"),
        _("Premises, inspections and tests."),
        ("food.", "trace.", "assessments.inspections", "assessments.findings"),
    ),
    Section(
        "culture",
        pgettext_lazy("section", "Culture venues"),
        _("Libraries, museums, parks, streets, and who was recognised."),
        ("culture.", "places.", "recognition.", "assessments.units_named", "assessments.named_", "talks."),
    ),
)  # fmt: skip
FIRST = "population.residents"  # shown to whoever asks for no figure
_BY_CODE = {section.code: section for section in SECTIONS}


def section(code: str) -> Section | None:
    """Return the section with this word in its address."""
    return _BY_CODE.get(code)


def section_of(indicator: Indicator) -> Section | None:
    """Return the section that an indicator belongs to, None for what belongs to none."""
    return next((one for one in SECTIONS if indicator.code.startswith(one.begins)), None)


def sorted_in(
    indicators: Iterable[Indicator],
) -> list[tuple[Section | None, list[Indicator]]]:
    """Return indicators under their sections, both in the order declared here; those without one come last."""
    found: dict[str, list[Indicator]] = {code: [] for code in (*_BY_CODE, "")}
    for indicator in indicators:
        belongs = section_of(indicator)
        found[belongs.code if belongs else ""].append(indicator)
    for code, listed in found.items():
        listed.sort(key=partial(_place, _BY_CODE.get(code)))
    return [(_BY_CODE.get(code), listed) for code, listed in found.items() if listed]


def _place(section: Section | None, indicator: Indicator) -> tuple[int, str]:
    """Return where an indicator stands in its section."""
    begins = section.begins if section else ("",)
    at = next(number for number, one in enumerate(begins) if indicator.code.startswith(one))
    return at, indicator.code
