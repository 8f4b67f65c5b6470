"""What was done to an account, in words."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.models import Staff, StaffStep
from linli.kernel.text import Words
from linli.portal.accounts.forms import AccountForm

_VERBS = {
    "opened": _("Account opened"),
    "amended": _("Amended"),
    "disabled": _("Disabled"),
    "enabled": _("Enabled again"),
    "link_given": _("Start link given"),
    "started": _("Password chosen"),
    "password_changed": _("Password changed"),
    "factor_added": _("Second factor added"),
    "factor_removed": _("Second factor removed"),
    "factors_reset": _("Second factors reset"),
    "codes_made": _("New recovery codes made"),
    "code_used": _("Recovery code used"),
    "key_issued": _("API key issued"),
    "key_revoked": _("API key revoked"),
}


def said(step: StaffStep) -> Words:
    """Name what was done."""
    return _VERBS.get(step.verb, step.verb)


def changes(step: StaffStep) -> list[tuple[Words, str, str]]:
    """Return what changed, each as its name, what it was and what it became."""
    if step.verb != "amended":
        return []
    roles = {value: str(words) for value, words in Staff.ROLES}
    return [
        (
            AccountForm.base_fields[name].label or name,
            roles.get(step.was.get(name, ""), step.was.get(name, "")),
            roles.get(new, new),
        )
        for name, new in step.becomes.items()
    ]
