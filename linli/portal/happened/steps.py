"""A chain in words: each step says what is there, with its page, or plainly that nothing public is."""

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.facts.models import Evidence
from linli.facts.queries.released import sayable
from linli.facts.schemas import telling as figures
from linli.kernel.text import Words
from linli.plans.schemas import telling
from linli.portal.happened.threads import Thread
from linli.reports.models import Report


class Link(NamedTuple):
    """One thing in a step, what stands beside it, and its page; "" where it has none of its own."""

    title: Words
    beside: Words
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain. missing: what is said where nothing public is there."""

    title: Words
    links: list[Link]
    missing: Words


def steps(found: Thread) -> list[Step]:
    """Return the steps of a chain, from the sentence to the next report."""
    return [
        Step(_("The sentence"), _sentences(found), _("No sentence of a report stands behind it.")),
        Step(_("The promise"), _promises(found), _("No published task came of it so far.")),
        Step(_("The money"), _money(found), _("No published fund or project is tied to it.")),
        Step(
            _("The service, and who came"),
            _records(found),
            _("Nothing was counted from records for it."),
        ),
        Step(_("The figure"), _figures(found), _("No figure about it is public so far.")),
        Step(_("The next report"), _later(found), _("No later report of this place is published.")),
    ]


def _day(report: Report) -> str:
    return report.printed_on.isoformat() if report.printed_on else ""


def _sentences(found: Thread) -> list[Link]:
    said = []
    for task in found.tasks:
        sentence = telling.sentence(task)
        if sentence and sentence.kind == Evidence.SPAN:
            said.append(Link(sentence.words, sentence.source, telling.source_address(sentence)))
    reports = [
        Link(one.title, _day(one), reverse("reports:public_reading", args=[one.code]))
        for one in found.reports
    ]
    return list(dict.fromkeys(said)) or reports


def _promises(found: Thread) -> list[Link]:
    return [
        Link(
            task.title,
            f"{task.lead.name if task.lead else ''} {telling.day(task.due_on)}".strip(),
            reverse("plans:public_promise", args=[task.code]),
        )
        for task in found.tasks
    ]


def _money(found: Thread) -> list[Link]:
    funds = [Link(one.name, "", reverse("funds:fund", args=[one.code])) for one in found.funds]
    projects = [
        Link(one.name, "", reverse("funds:project", args=[one.code])) for one in found.projects
    ]
    return funds + projects


def _records(found: Thread) -> list[Link]:
    """Name the records that figures were counted from, each once."""
    counted = [one.evidence for one in found.facts if one.evidence.kind == Evidence.QUERY]
    links = [Link(one.source, "", telling.source_address(one)) for one in counted]
    return list(dict.fromkeys(links))


def _figures(found: Thread) -> list[Link]:
    return [
        Link(
            f"{one.indicator.shown_name}: {figures.figure(one)}",
            f"{one.area.name} {figures.period(one.period_from, one.period_until)}",
            reverse("facts:citation", args=[one.code]),
        )
        for one in found.facts
        if sayable(one) is not None
    ]


def _later(found: Thread) -> list[Link]:
    links = []
    for one in found.later:
        address = reverse("reports:public_reading", args=[one.code])
        same = [early for early in found.reports if early.area and early.area == one.area]
        if same:
            address = reverse("reports:public_compare", args=[same[0].code, one.code])
        links.append(Link(one.title, _day(one), address))
    return links
