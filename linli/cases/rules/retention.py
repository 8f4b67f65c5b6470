"""How long a case is kept: said when it is asked, only ever shortened. Pure."""

from datetime import date, timedelta

OPEN_AT_MOST = 400  # calendar days that a case may stay open beyond its promised and extended days
DRAFT_DAYS = 7


def at_latest(asked_on: date, case_days: int, kept_days: int) -> date:
    """Return the day on which the key goes, however long the case stays open.

    Two extensions double the promised working days; three calendar days each hold twice a working day.
    """
    return asked_on + timedelta(days=3 * case_days + OPEN_AT_MOST + kept_days)


def after_closing(closed_on: date, kept_days: int) -> date:
    """Return the day on which the key of a closed case goes."""
    return closed_on + timedelta(days=kept_days)
