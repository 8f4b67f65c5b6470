"""How long a result is open to objections, what may be decided on it, and how long words are kept. Pure.

A unit is named for no more than it applied for and no more than its score reaches: less needs a reason, more is
not possible. What an objection says is read by who decides on it, and goes some weeks after.
"""

from collections.abc import Sequence
from datetime import date, timedelta

OBJECTION_AT_MOST = (
    400  # calendar days that the words of an objection are kept, were it never decided
)
OBJECTION_AFTER = 90  # after it was decided, so that who objected may read why
ANSWER_DAYS = 365  # how long an individual may put a name to an honour
SHOWN_YEARS = (1, 3, 5)  # for how long a name may be shown, as its holder chooses
RECHECK_YEARS = 3  # after which a unit that was named is looked at again


def highest(levels: Sequence[str], wanted: str, reached: str) -> str:
    """Return the level that a unit may be named for: what it applied for, or less where its score reaches less.

    levels: all of the scheme, low to high; reached: "" for none.
    """
    if reached not in levels or wanted not in levels:
        return ""
    return levels[min(levels.index(wanted), levels.index(reached))]


def is_above(levels: Sequence[str], level: str, most: str) -> bool:
    """Say whether a level is more than may be decided; one that the scheme does not have always is."""
    if not level:
        return False
    return level not in levels or not most or levels.index(level) > levels.index(most)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; the last of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def kept_at_most(made_on: date) -> date:
    """Return the day on which the words of an objection go at the latest."""
    return made_on + timedelta(days=OBJECTION_AT_MOST)


def kept_after(decided_on: date) -> date:
    """Return the day on which the words of an objection go that was decided."""
    return decided_on + timedelta(days=OBJECTION_AFTER)
