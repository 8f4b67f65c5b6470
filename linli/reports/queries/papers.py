"""Written reports as papers: the draft as it stands now, or an edition as it was published."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import override

from linli.facts.rules.periods import Period
from linli.kernel.clock import now
from linli.reports.models import Publication, Written
from linli.reports.queries.answers import Desk, Setting, facts_said, parts_of
from linli.reports.rules.paper import Paper
from linli.reports.rules.writing.answers import Answer
from linli.reports.rules.writing.braces import INSIDE, MOST_CELLS
from linli.reports.rules.writing.filling import Front, Told, answered, asked_in, filled
from linli.reports.rules.writing.keeping import digest, in_script, of_record
from linli.reports.rules.writing.linting import Finding, of_figures, of_passages
from linli.reports.rules.writing.parts import Grid, Text
from linli.reports.rules.writing.reading import read_text


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper as it would be published now. facts: those that it says, by the codes of their citations."""

    paper: Paper
    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    facts: Mapping[str, int]
    digest: str


def paper_of(written: Written, *, language: str = "", edition: int = 0) -> Paper:
    """Return a report as it was published last (or in an `edition`), else its draft as it stands now.

    language: zh-hant for readers of Traditional script; whatever is not written in Simplified script stays as it is.
    Raises Publication.DoesNotExist for an edition that there is not.
    """
    number = edition or written.edition
    if not number:
        return in_script(draft_of(written, at=now()).paper, language)
    return in_script(
        of_record(Publication.objects.get(written=written, number=number).paper), language
    )


def draft_of(written: Written, *, at: datetime) -> Draft:
    """Return a draft as it would be published at `at`, with what stands against it."""
    version = written.version
    language = version.template.language
    by_hand = {
        one.number: read_text(one.text, by_hand=True)
        for one in written.by_hand.all()
        if one.text.strip()
    }
    period = Period(written.period_from, written.period_until)
    front = Front(written.title, written.unit.name, _day(at, language))
    setting = Setting(written.area, period, language, at)
    return drafted(read_text(version.text), by_hand, front, setting)


def drafted(text: Text, by_hand: Mapping[int, Text], front: Front, setting: Setting) -> Draft:
    """Return what a text and its passages come to: four queries and one more where a table lists what is inside."""
    text, by_hand = _spread(text, by_hand, setting)
    desk = Desk(asked_in(text, by_hand), setting)
    answers = desk.answers()
    told = Told(answers, desk.heads(), desk.label, by_hand, setting.language)
    paper = filled(front, text, told)
    in_order = tuple(answered(text, told))
    findings = (
        *(Finding("text", line=one.line, words=one.code) for one in text.wrong),
        *of_figures(in_order, setting.language),
        *of_passages(text, by_hand),
    )
    return Draft(paper, findings, in_order, facts_said(answers), digest(paper))


def _spread(
    text: Text, by_hand: Mapping[int, Text], setting: Setting
) -> tuple[Text, Mapping[int, Text]]:
    """Put the areas inside the report's own in the place of the word for them."""
    texts = [text, *by_hand.values()]
    grids = [block for one in texts for block in one.blocks if isinstance(block, Grid)]
    if not any(INSIDE in grid.areas for grid in grids):
        return text, by_hand
    inside = parts_of(setting.area) or ("",)

    def spread(one: Text) -> Text:
        blocks = tuple(
            replace(block, areas=inside[: _most(block)], spread=True)
            if isinstance(block, Grid) and INSIDE in block.areas
            else block
            for block in one.blocks
        )
        return replace(one, blocks=blocks)

    return spread(text), {number: spread(one) for number, one in by_hand.items()}


def _most(grid: Grid) -> int:
    return max(1, MOST_CELLS // (len(grid.indicators) * len(grid.periods)))


def _day(at: datetime, language: str) -> str:
    with override(language):
        return date_format(localdate(at), "DATE_FORMAT")
