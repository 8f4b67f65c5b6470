"""What the check asks of the demo: that its people, whose password everybody knows, work nowhere else."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from linli.demo.staff import LOGINS, PASSWORD
from linli.kernel.checking.findings import Finding, State, judged
from linli.kernel.checking.running import Check
from linli.kernel.models import Staff


def demo_accounts(_at: datetime) -> list[Finding]:
    """Look for accounts of the demo outside a demo that still open with its password."""
    named = Staff.objects.filter(username__in=[one.username for one in LOGINS], is_active=True)
    known = [] if settings.DEMO else [one for one in named if one.check_password(PASSWORD)]
    words = _("%(count)d accounts open with a password that everybody knows.") % {
        "count": len(known)
    }
    return [
        judged("settings", "demo_accounts", State.FAIL if known else State.OK,
            (_("No account of the demo is open here, or this is one."), words),
            _("Close them, or give them other passwords: /console/accounts/")),
    ]  # fmt: skip


CHECKS = (Check("settings", demo_accounts),)
