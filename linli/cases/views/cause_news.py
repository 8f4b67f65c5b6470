"""What stands in the plans against a cause, as its page tells it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from linli.cases.models import Cause, CauseNews
from linli.kernel.text import Words

STATES: dict[str, tuple[str, Words]] = {
    CauseNews.ASKED: ("note", _("asked for: not promised yet")),
    CauseNews.PROMISED: ("brand", _("promised")),
    CauseNews.MOVED: ("soon", _("promised, and moved since")),
    CauseNews.DONE: ("done", _("done, and checked")),
    CauseNews.DROPPED: ("plain", _("given up")),
}


@dataclass(frozen=True, slots=True)
class News:
    """One line: how the task stood from then on, for which day, who asked, how many heard it."""

    task: str
    at: datetime
    state: str
    words: Words
    due_on: date | None
    unit: str
    told: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The last line with all before it; `open` says that another task may be asked for."""

    last: News | None
    lines: list[News]
    open: bool


def news_of(cause: Cause) -> Standing:
    """Return what is planned against a cause and what was told of it, the newest first. One query."""
    rows = list(cause.news.order_by("-pk"))
    lines = [
        News(one.task, one.at, *STATES[one.state], one.due_on, one.by_unit, one.told)
        for one in rows
    ]
    free = not rows or rows[0].state == CauseNews.DROPPED
    return Standing(lines[0] if lines else None, lines, free and cause.settled_at is None)
