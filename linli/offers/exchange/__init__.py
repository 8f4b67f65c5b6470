"""The offers as others take them: calendars, schema.org, credentials."""

from linli.offers.exchange.badges import BADGES
from linli.offers.exchange.calendars import CALENDARS
from linli.offers.exchange.schemaorg import SCHEMAORG

EXPORTS = (
    BADGES,
    CALENDARS,
    SCHEMAORG,
)
