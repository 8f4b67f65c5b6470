"""The words that the forms of the console offer."""

from linli.directory.forms.wordings import Wordings
from linli.directory.schemas import telling

WORDINGS = Wordings(
    situations=telling.SITUATIONS,
    amounts=telling.AMOUNTS,
    ways_in=telling.WAYS_IN,
    languages=telling.LANGUAGE_NAMES,
    modes=telling.MODES,
    fresh=telling.FRESH_NAMES,
    weekdays=telling.SHORT_WEEKDAYS,
)
