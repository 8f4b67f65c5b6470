"""The directory as others take it: HSDS, calendars of opening hours, schema.org, one signed file for use offline."""

from linli.directory.exchange.calendars import CALENDARS
from linli.directory.exchange.hsds import HSDS
from linli.directory.exchange.schemaorg import SCHEMAORG

EXPORTS = (HSDS, CALENDARS, SCHEMAORG)
