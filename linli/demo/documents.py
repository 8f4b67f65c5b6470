"""The policy documents of the demo: those that its reports name, and the ones that took their place."""

from datetime import date, datetime

from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import Town, unit_name
from linli.directory.models import Area, Unit
from linli.facts.actions import cite_span
from linli.facts.models import Evidence
from linli.kernel.actors import Actor
from linli.plans import actions
from linli.plans.actions import DocumentDraft
from linli.plans.models import PolicyDocument
from linli.reports.models import Report
from linli.reports.rules.marking import items


def record(report: Report, source: str, town: Town, *, at: datetime) -> PolicyDocument | None:
    """Record what the table says of a report's source; return the one that its programme carries out."""
    by, carried = people.planner(town), None
    for row in rows("documents.tsv"):
        name, area, title, number, office, day, replaces, marks = (*row, "", "")[:8]
        if (name, area) != (source, town.code):
            continue
        made = PolicyDocument.objects.filter(area=area, title=title).first()
        if made is None:
            draft = DocumentDraft(
                title=title,
                area=Area.objects.get(code=area),
                number=number,
                issuer=Unit.objects.get(name=unit_name(town, office)),
                issued_on=date.fromisoformat(day),
                evidence=_named(report, by, title, at),
            )
            made = _recorded(by, at, draft, replaces)
        carried = made if marks == "carried" else carried
    return carried


def _recorded(by: Actor, at: datetime, draft: DocumentDraft, replaces: str) -> PolicyDocument:
    if not replaces:
        return actions.record_document(by=by, at=at, draft=draft)
    older = PolicyDocument.objects.get(area=draft.area, title=replaces)
    return actions.replace_document(by=by, at=at, document=older, draft=draft)


def _named(report: Report, by: Actor, title: str, at: datetime) -> Evidence | None:
    """Cite where the report names the document, if it does."""
    for found in items(report.reading):
        if found.kind == "document" and found.fields["title"] == title:
            return cite_span(
                by=by,
                at=at,
                source=report.title,
                digest=report.digest,
                start=found.start,
                end=found.end,
                words=report.reading["text"][found.start : found.end],
                address=f"/reports/{report.code}/#s-{found.id}",
            )
    return None
