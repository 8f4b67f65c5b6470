"""Reads of the reports engine."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from linli.facts.models import Fact
from linli.facts.queries.facts import newest_of
from linli.kernel.codes import number_of
from linli.reports.models import Report, ReportQuerySet, Taken
from linli.reports.rules import review
from linli.reports.rules.marking import Item
from linli.reports.rules.review import Row

STATES = ("open", "accept", "merge", "reject", "taken", "out_of_scope")
LISTED = ("code", "title", "area", "printed_on", "received_at", "published_at", "name")


def listed_reports(*, state: str = "", area: str = "", words: str = "") -> ReportQuerySet:
    """Return reports for a list, without their readings. state: "", published or unpublished."""
    reports = Report.objects.only(*LISTED)
    if state == "published":
        reports = reports.published()
    elif state == "unpublished":
        reports = reports.unpublished()
    if area:
        reports = reports.filter(area__startswith=area.rstrip("0") or area)
    for word in words.split():
        reports = reports.filter(title__icontains=word)
    return reports


def same_place(report: Report) -> ReportQuerySet:
    """Return the other reports of a report's place, without their readings."""
    if not report.area:
        return Report.objects.none()
    return Report.objects.only(*LISTED).filter(area=report.area).exclude(pk=report.pk)


def report_counts() -> dict[str, int]:
    """Return how many reports there are, published and not yet published: one query."""
    counts: dict[str, int] = Report.objects.aggregate(
        all=Count("id"),
        published=Count("id", filter=Q(published_at__isnull=False)),
    )
    return counts | {"unpublished": counts["all"] - counts["published"]}


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One item under review: out_of_scope says why it stays outside, holds what was decided, taken as what."""

    item: Item
    out_of_scope: str | None
    holds: Row | None
    taken: Taken | None

    @property
    def state(self) -> str:
        """One of out_of_scope, taken, open, accept, merge, reject."""
        if self.taken:
            return "taken"
        if self.out_of_scope:
            return "out_of_scope"
        return self.holds.verb if self.holds else "open"


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one report as it stands."""

    items: tuple[ReviewItem, ...]
    last_act: frozenset[str]  # what an undo of the last act would put back
    counts: dict[str, int]  # by state, and: all, decided

    def of(self, *states: str) -> tuple[ReviewItem, ...]:
        """Return the items in one of these states."""
        return tuple(item for item in self.items if item.state in states)


def facts_taken(report: Report) -> dict[str, Fact]:
    """Return what each figure that went into the facts has become, by its item."""
    taken = report.taken.filter(kind="fact").values_list("item", "code")
    numbers = {item: number_of(code) for item, code in taken}
    now = newest_of(numbers.values())
    return {item: now[number] for item, number in numbers.items() if number in now}


def verdict_rows(report: Report) -> dict[str, list[Row]]:
    """Return the decisions about each item of a report, in the order in which they were made."""
    rows: dict[str, list[Row]] = {}
    found = report.verdicts.values_list("item", "verb", "becomes", "at", "by_name")
    for item, verb, becomes, at, by in found:
        rows.setdefault(item, []).append(Row(verb, becomes, at, by))
    return rows


def review_of(report: Report) -> Review:
    """Return every item of a report with what was decided and taken: two queries."""
    found = review.reviewable(report.reading)
    outside = review.out_of_scope(found, review.passages(report.reading))
    rows = verdict_rows(report)
    taken = {one.item: one for one in report.taken.all()}
    items = tuple(
        ReviewItem(
            item, outside.get(item.id), review.standing(rows.get(item.id, ())), taken.get(item.id)
        )
        for item in found
    )
    counts = Counter(item.state for item in items)
    inside = len(items) - counts["out_of_scope"]
    return Review(
        items=items,
        last_act=review.last_act({i: row for i, row in rows.items() if i not in taken}),
        counts={state: counts[state] for state in STATES}
        | {"all": inside, "decided": inside - counts["open"]},
    )
