"""Every cookie that this site hands out: what it is for, and how long a browser keeps it. None follows anybody."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.assessments.views.honours_public import HOLD as HONOUR
from linli.assessments.views.objecting import HOLD as OBJECTION
from linli.cases.views.tickets import ASKING, FOLLOWING, RECEIPT
from linli.cases.views.window import SHOWN
from linli.kernel.https import BOUND
from linli.kernel.text import Words
from linli.offers.views.book import BEGUN
from linli.offers.views.book import RECEIPT as BOOKED
from linli.offers.views.contest_mine import HOLDING as WORK
from linli.offers.views.held import HOLDING
from linli.offers.views.volunteers import HOLDING as NEIGHBOUR
from linli.trace.views.trading import TRADE
from linli.ui.look import REMEMBERED
from linli.ui.views import A_YEAR

_YEAR = timedelta(seconds=A_YEAR)


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie, or several that hold the same kind of thing."""

    names: tuple[str, ...]
    words: Words
    lasts: timedelta | None  # none: until the browser is closed
    staff: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """The names under which a browser of this house keeps them: over HTTPS each is bound to this host."""
        return tuple(BOUND + name for name in self.names) if settings.HTTPS else self.names

    @property
    def lasting(self) -> str:
        """How long, in words."""
        return lasting(self.lasts)


COOKIES: Final = (
    Cookie((ASKING.name,), _("finds what you have begun to ask"), ASKING.lasts),
    Cookie((FOLLOWING.name,), _("keeps your case open while you look at it"), FOLLOWING.lasts),
    Cookie(
        (RECEIPT.name, BOOKED.name), _("shows you the receipt once more"), RECEIPT.lasts
    ),
    Cookie((BEGUN.name,), _("holds, locked, what you have begun to book"), BEGUN.lasts),
    Cookie((HOLDING.name,), _("keeps your booking open while you look at it"), HOLDING.lasts),
    Cookie((WORK.name,), _("keeps your work open while you look at it"), WORK.lasts),
    Cookie((NEIGHBOUR.name,), _("keeps open whom you look for, or help"), NEIGHBOUR.lasts),
    Cookie(
        (OBJECTION.ticket.name, HONOUR.ticket.name),
        _("keeps your objection, or your honour, open while you look at it"),
        OBJECTION.ticket.lasts,
    ),
    Cookie((TRADE.name,), _("keeps the workplace of a food business open"), TRADE.lasts),
    Cookie(
        (settings.CSRF_COOKIE_NAME,),
        _("a random number, so that nobody else sends a form in your name"),
        timedelta(seconds=settings.CSRF_COOKIE_AGE or 0),
    ),
    Cookie(REMEMBERED, _("larger type, lines across, pages without keys: if you choose them"), _YEAR),
    Cookie(
        (settings.SESSION_COOKIE_NAME,), _("keeps a member of staff signed in"),
        timedelta(seconds=settings.SESSION_COOKIE_AGE), staff=True,
    ),
    Cookie((SHOWN.name,), _("keeps open what somebody shows at a window"), SHOWN.lasts, staff=True),
    Cookie(
        (CookieStorage.cookie_name,), _("says once what was just done"), None, staff=True
    ),
)  # fmt: skip


def lasting(span: timedelta | None) -> str:
    """Say how long in minutes, hours or days."""
    if span is None:
        return str(_("until the browser is closed"))
    minutes = round(span.total_seconds() / 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = minutes // (24 * 60)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
