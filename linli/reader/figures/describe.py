"""From draft to figure: what the sentence and the document around it add."""

from bisect import bisect_left
from typing import TypeVar

from linli.reader.article import Article
from linli.reader.figures import context
from linli.reader.figures.drafts import Draft
from linli.reader.reading import Date, Figure, Line, Place

_new = tuple.__new__  # half the time of a call of Figure
_Spot = TypeVar("_Spot", Date, Place)


class Setting:
    """The dates and places of one document, for figures to stand in."""

    def __init__(
        self,
        article: Article,
        *,
        dates: tuple[Date, ...],
        places: tuple[Place, ...],
        published: str | None,
    ) -> None:
        self._view = article.view
        self._text = article.text
        self._published = published
        self._dates = dates
        self._places = places
        self._date_starts = [date.start for date in dates]
        self._place_starts = [place.start for place in places]
        self._read = -1  # up to here the lines have been read, and its sentence begins there
        self._sentence = 0
        self._home = next((place.name for place in places if place.role == "subject"), None)

    def figure(self, draft: Draft, name: str, line: Line, role: str | None) -> Figure:
        """Return the figure `name` of a draft in `line`; role is before, after or not yet known."""
        view, text = self._view, self._text
        start, end, num_start, num_end, value, unit, bound, hard = draft
        if self._read < line.start:
            self._read = self._sentence = line.start
        sentence = context.sentence_start(view, start, floor=self._sentence, known=self._read)
        self._read, self._sentence = start, sentence
        clause_from = context.clause_start(view, start, floor=sentence)
        clause = view[clause_from:start]
        date = _last(self._dates, self._date_starts, sentence, start)
        place = _last(self._places, self._place_starts, sentence, start)
        span = context.counted(view, draft, clause_from, line.end)
        return _new(
            Figure,
            (
                name,
                start,
                end,
                text[start:end],
                num_start,
                num_end,
                value,
                unit.name,
                context.kind(clause, draft),
                bound,
                text[span[0] : span[1]] if span else None,
                context.period(date, self._published),
                place.name if place else self._home,
                context.aggregation(clause, draft, date),
                role or context.role(view, draft, view[sentence:start], clause, floor=line.start),
                hard,
            ),
        )


def _last(spots: tuple[_Spot, ...], starts: list[int], low: int, high: int) -> _Spot | None:
    """Return the last of `spots` that begins in [low, high)."""
    place = bisect_left(starts, high) - 1
    return spots[place] if place >= 0 and starts[place] >= low else None
