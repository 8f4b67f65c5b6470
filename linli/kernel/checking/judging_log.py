"""The rules for the look log and its witnesses. Pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from linli.kernel.checking.findings import Finding, State, by_age, judged

_LATE = timedelta(hours=1)


def log(
    *, behind: bool, faults: int | None, waiting_since: datetime | None, at: datetime
) -> list[Finding]:
    """Judge the log: that no state was lost, that it verifies (None: not looked), that entries do not wait unsigned."""
    if behind:
        return [Finding("log", "behind", State.FAIL, _("The database is older than what the log has signed: it was put back from a backup."),
            "linli new-log")]  # fmt: skip
    state = State.OK if waiting_since is None else by_age(waiting_since, at, _LATE / 6, _LATE)
    found = [
        judged("log", "signed", state,
            (_("Every look that was entered is signed."), _("Looks wait to be signed.")), "linli tick"),
    ]  # fmt: skip
    if faults is not None:
        found.append(judged("log", "verified", State.FAIL if faults else State.OK,
            (_("The log verifies: nothing was taken out or changed."), _("The log does not verify: something was taken out or changed.")),
            "linli verify-log"))  # fmt: skip
    return found


def witnesses(named: int, behind: int, *, readable: bool) -> Finding:
    """Judge the witnesses: there is one at least, and each signed the newest state that has stood for an hour."""
    if not readable:
        return Finding("log", "witnesses", State.FAIL, _("A witness is not named as it must be."), _("See LINLI_WITNESSES in docs/log.md."))  # fmt: skip
    if not named:
        return Finding("log", "witnesses", State.WARN, _("Nobody outside watches the log."), _("Ask another office to be a witness: docs/log.md."))  # fmt: skip
    return judged("log", "witnesses", State.WARN if behind else State.OK,
        (_("Every witness signs."), _("%(count)d witnesses have not signed for an hour.") % {"count": behind}),
        _("Ask them; linli tick asks again."))  # fmt: skip


def parts(static_missing: int, fonts: int, untranslated: list[str]) -> list[Finding]:
    """Judge what pages are made of: static files, fonts, compiled texts."""
    whole = static_missing == 0 and fonts > 0
    return [
        judged("pages", "static", State.OK if whole else State.FAIL,
            (_("Static files and fonts are there."), _("Static files or fonts are missing.")), "linli collectstatic --noinput"),
        judged("pages", "texts", State.WARN if untranslated else State.OK,
            (_("All translations are compiled."), _("Translations are missing or older than their texts: %(names)s.") % {"names": ", ".join(untranslated)}),
            "python -m linli.ui.translations compile"),
    ]  # fmt: skip
