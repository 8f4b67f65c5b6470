"""What a reading is made of. Every item points at its exact characters.

Offsets are Unicode code points into `Reading.text`, end exclusive, so `text[item.start:item.end]`
is `item.surface` for every item there is. Light tuples, because a report carries hundreds of them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Span(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int


class Line(NamedTuple):
    """One line of the text and what it is for.

    label is main, meta or boilerplate; role says more: title, subtitle, byline, heading, body,
    caption, signoff | meta, duplicate_title | furniture. A blank line is boilerplate with role blank.
    """

    start: int
    end: int
    label: str
    role: str


class Named(NamedTuple):
    """A value printed in the head of a page: a title, a source, an author, a date (ISO 8601)."""

    value: str
    start: int
    end: int


class Heading(NamedTuple):
    """A heading: level 1 is the highest; run_in when the body goes on in the same line."""

    start: int
    end: int
    surface: str
    level: int
    run_in: bool


class Date(NamedTuple):
    """A date or period. iso: 2019, 2020-02, 2016/2020; kind: event, period, since, until, recurring."""

    start: int
    end: int
    surface: str
    iso: str
    kind: str


class Place(NamedTuple):
    """A place that is named. code: six digits of GB/T 2260, None for a region that has no code.

    level: province, city, prefecture, county, region; role: subject (the report's own), partner
    (named often beside it) or mention; valid: years in which the code stood, "1984-" or "1984-2009".
    """

    start: int
    end: int
    surface: str
    level: str
    code: str | None
    name: str
    role: str
    valid: str | None = None


class ReportPlace(NamedTuple):
    """Where a report speaks from: GB/T 2260 codes, each None when unknown or not reached."""

    province: str | None
    city: str | None
    county: str | None


class Body(NamedTuple):
    """A public body, service point, venue or mechanism; canonical is its full name."""

    start: int
    end: int
    surface: str
    kind: str
    canonical: str


class Document(NamedTuple):
    """A document in 《》; the span holds the marks. type: plan, policy, law, report, book, other."""

    start: int
    end: int
    surface: str
    title: str
    type: str


class Brand(NamedTuple):
    """A programme's name or slogan, never a figure: 七进, 13106, 4+4. expansion lists its parts."""

    start: int
    end: int
    surface: str
    expansion: str | None
    kind: str = "programme"


class Figure(NamedTuple):
    """A number that counts something.

    value: the number with its scale resolved, in `unit`; None when only "several" is said.
    num_start, num_end: the numeral alone, with its scale (6200, 3.03亿).
    unit: CNY, %, m2, person, person_time, household, … or the English name of the counted thing.
    kind: count, money, rate, growth, area, length, duration, ordinal, ratio, index, other.
    bound: exact, approx, approx_below, more_than, at_least, at_most, less_than, vague.
    aggregation: total, cumulative, annual, annual_average or None. role: before, after, target,
    threshold or None. period: ISO, as in Date.iso. hard: False for levels, ordinals and other
    numbers that nobody would put in a table.
    """

    id: str
    start: int
    end: int
    surface: str
    num_start: int
    num_end: int
    value: Decimal | None
    unit: str
    kind: str
    bound: str
    counted: str | None
    period: str | None
    subject: str | None
    aggregation: str | None
    role: str | None
    hard: bool


class Pair(NamedTuple):
    """Two figures of one thing, before and after; direction: up, down or same."""

    before: str
    after: str
    metric: str
    direction: str


class Constraint(NamedTuple):
    """Arithmetic that the text claims. kind sum: parts add to whole; ratio: parts[0]/parts[1] = whole."""

    kind: str
    parts: tuple[str, ...]
    whole: str
    holds: bool


class Measure(NamedTuple):
    """A clause in which somebody does something.

    status: done, ongoing, planned. actor is printed in the clause, actor_implied is carried over
    from before; one of the two is None. boundary: None, or why the platform will not take it in
    (surveillance, person_register, opinion_monitoring, policing, consent_needed). lead_units and
    responsible_units as printed; figures: ids; recurrence as printed (每年).
    """

    id: str
    start: int
    end: int
    surface: str
    verb: str
    verb_start: int
    verb_end: int
    actor: str | None
    actor_implied: str | None
    status: str
    boundary: str | None
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    figures: tuple[str, ...]
    recurrence: str | None


class Origin(NamedTuple):
    """Where characters [start, end) of the text stand in the file.

    unit "byte": [from_, to) bytes. "paragraph": paragraph number (from_). "page": page number
    (from_, 1-based) with `box` = left, bottom, right, top in points.
    """

    start: int
    end: int
    unit: str
    from_: int
    to: int
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One document, read. Deterministic: the same bytes and name give the same reading."""

    name: str
    media_type: str
    encoding: str | None
    text: str
    lines: tuple[Line, ...]
    origins: tuple[Origin, ...]
    title: Named | None
    source: Named | None
    site: Named | None
    authors: tuple[Named, ...]
    editors: tuple[Named, ...]
    date: Named | None
    script: str
    place: ReportPlace
    headings: tuple[Heading, ...]
    dates: tuple[Date, ...]
    places: tuple[Place, ...]
    bodies: tuple[Body, ...]
    documents: tuple[Document, ...]
    brands: tuple[Brand, ...]
    figures: tuple[Figure, ...]
    pairs: tuple[Pair, ...]
    constraints: tuple[Constraint, ...]
    measures: tuple[Measure, ...]


class Unreadable(ValueError):
    """The file cannot be read. code is stable (encrypted, damaged, too_large, empty, unsupported)."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
