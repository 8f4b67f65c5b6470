"""What a review shows: the items that answer the filters, as rows, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page

from linli.flows.reading_to_ledger import Suggestion, naming, outlook, suggestions, timing
from linli.portal.review.forms import Choices, ReviewFilter
from linli.portal.review.rows import Names, becomes_of, kind_of, row
from linli.reports.models import Report
from linli.reports.queries.review import Review, ReviewItem, review_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One review under one set of filters."""

    review: Review
    suggestions: dict[str, Suggestion]
    items: list[ReviewItem]
    filters: ReviewFilter

    @classmethod
    def of(cls, report: Report, given: Mapping[str, Any]) -> "Shown":
        """Read the review and keep what answers the filters."""
        reading = report.reading
        sections: Choices = [
            (str(number), naming.bare(heading["surface"]))
            for number, heading in enumerate(reading["headings"])
        ]
        asks = not timing.report_period(reading)
        filters = ReviewFilter(given, sections=sections, asks_period=asks)
        chosen = filters.chosen()
        review = review_of(report)
        starts = {str(n): heading["start"] for n, heading in enumerate(reading["headings"])}
        return cls(
            review=review,
            suggestions=suggestions(report, period=chosen.get("period", "")),
            items=[
                one
                for one in review.items
                if chosen.get("state", one.state) == one.state
                and chosen.get("kind", kind_of(one.item)) == kind_of(one.item)
                and _in_section(reading, one, starts.get(chosen.get("section", "")))
            ],
            filters=filters,
        )

    def context(self, page: Page[ReviewItem]) -> dict[str, Any]:
        """Return what the template asks for, the rows of one page of it."""
        on_page = list(page)
        made = [self.suggestions.get(one.item.id) for one in on_page]
        inside = {
            figure
            for one in self.review.items
            if one.item.kind == "measure"
            for figure in one.item.fields.get("figures", ())
        }
        names = Names.behind(becomes_of(*pair) for pair in zip(on_page, made, strict=True))
        return {
            "rows": [
                row(one, each, names) | {"inside": one.item.id in inside}
                for one, each in zip(on_page, made, strict=True)
            ],
            "decidable": any(one.state not in {"taken", "out_of_scope"} for one in on_page),
            "page": page,
            "counts": self.review.counts,
            "shown": len(self.items),
            "filters": self.filters,
            "waits": len(outlook(self.review).all),
            "undoable": bool(self.review.last_act),
        }


def _in_section(reading: Mapping[str, Any], one: ReviewItem, start: int | None) -> bool:
    if start is None:
        return True
    heading = naming.section_of(reading, one.item.start)
    return heading is not None and heading["start"] == start
