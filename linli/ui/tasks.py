"""What is done by the minute: the words that were let in reach every machine and every process."""

from datetime import timedelta

from linli.kernel.ticks import Tick
from linli.ui.wording.bringing import bring_up_by_clock

TICKS = (Tick("words of pages", timedelta(minutes=1), bring_up_by_clock),)
