"""What is done by the calendar where two engines meet."""

from datetime import timedelta

from linli.flows.bounces_to_meeting import put_on_agenda
from linli.kernel.ticks import Tick

TICKS = (Tick("joint meeting", timedelta(hours=1), put_on_agenda),)
