"""The rules of the check: from what was seen to what is said of it. Pure; nothing here looks anywhere.

Values that could help a thief (paths of keys, addresses, names) stand in no words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from linli.kernel.checking.findings import Finding, State, by_age, in_earnest, judged

_LOCAL = {"localhost", "127.0.0.1", "[::1]"}
_MB = 2**20
_LEAST_FREE = 500 * _MB
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Set:
    """What the settings say."""

    debug: bool
    demo: bool
    https: bool
    second_factor: bool
    hosts: tuple[str, ...]
    secret: str

    @property
    def local(self) -> bool:
        """Whether nobody but this machine is served."""
        return {*self.hosts} <= _LOCAL


def settings(seen: Set) -> list[Finding]:
    """Judge the settings: what is shown to strangers, and by which way they come."""
    open_to_all = not seen.local
    yes, no = State.OK, State.FAIL
    return [
        judged("settings", "debug", no if seen.debug else yes,
            (_("Error pages tell strangers nothing."), _("Error pages tell strangers how the house is built.")),
            _("Take LINLI_DEBUG away.")),
        judged("settings", "hosts", no if "*" in seen.hosts else yes,
            (_("Only named hosts are served."), _("Any host name is served: links in letters can be forged.")),
            _("Name the hosts in LINLI_HOSTS.")),
        judged("settings", "https", in_earnest(no, demo=seen.demo) if open_to_all and not seen.https else yes,
            (_("What people type is encrypted on its way, or never leaves this machine."), _("What people type can be read on its way.")),
            _("Serve behind a proxy with HTTPS and set LINLI_HTTPS=1.")),
        judged("settings", "secret", no if len(seen.secret) < 40 or len({*seen.secret}) < 10 else yes,
            (_("Sessions are signed with a long key."), _("The key that signs sessions can be guessed.")),
            _("Take LINLI_SECRET_KEY away: a good one is made.")),
        judged("settings", "second_factor", yes if seen.second_factor or seen.demo else State.WARN,
            (_("Staff come in by two factors, or this is a demo."), _("Staff come in by a password alone.")),
            _("Take LINLI_SECOND_FACTOR=0 away.")),
        judged("settings", "demo", no if seen.demo and open_to_all else yes,
            (_("No password of staff stands on a page that strangers see."), _("The sign-in page shows passwords of staff to strangers.")),
            _("Take LINLI_DEMO away, or serve this machine alone.")),
    ]  # fmt: skip


def disk(free: int, database: int) -> Finding:
    """Judge the room: the nightly purge rewrites the database and needs as much again."""
    state = State.OK
    if free < max(_LEAST_FREE, database):
        state = State.FAIL
    elif free < max(4 * _LEAST_FREE, 3 * database):
        state = State.WARN
    told = {"free": round(free / _MB), "size": round(database / _MB)}
    words = _("%(free)d MB are free; the database takes %(size)d MB.") % told
    return judged("database", "disk", state, (words, words), _("Make room: when it is full, nothing more is written."))  # fmt: skip


def key_files(modes: Iterable[int]) -> Finding:
    """Judge who may read the keys: their own account alone."""
    loose = any(mode & 0o077 for mode in modes)
    return judged("keys", "modes", State.FAIL if loose else State.OK,
        (_("Only the own account may read the keys."), _("Other accounts of this machine may read the keys.")),
        _("Take their rights away: chmod -R go= on the folder of keys."))  # fmt: skip


def master_key(now_master: str, kept: str, *, lost: bool, demo: bool) -> Finding:
    """Judge the master key: that it is there, and that a copy of just this one is said to be kept."""
    if lost:
        return Finding("keys", "master", State.FAIL, _("Keys are kept, and the master key that opens them is not there."),
            _("Put the master key back: without it nothing sealed opens."))  # fmt: skip
    if not now_master:
        return Finding("keys", "master", in_earnest(State.FAIL, demo=demo), _("There is no master key yet: nobody can keep a copy of it."),
            _("Make it before the house opens: linli rotate-keys"))  # fmt: skip
    state = State.OK if now_master == kept else in_earnest(State.FAIL, demo=demo)
    return judged("keys", "master", state,
        (_("The master key is there, and a copy is said to be kept."), _("Nobody has said that a copy of the master key is kept.")),
        _("Copy it by hand to a safe place, then: linli backup --master-key-kept"))  # fmt: skip


def rotation(last: datetime | None, at: datetime) -> Finding:
    """Judge the age of the master key: a month, as docs/decisions/0010 has it."""
    state = State.OK if last is None or at - last < 35 * _DAY else State.WARN
    return judged("keys", "rotation", state,
        (_("The master key is younger than a month, or there is none yet."), _("The master key is older than a month.")),
        "linli rotate-keys")  # fmt: skip


def key_copy(last: datetime | None, at: datetime, *, demo: bool) -> Finding:
    """Judge the one copy of the keys: without it a broken disk closes every sealed field for ever."""
    state = in_earnest(by_age(last, at, 2 * _DAY, 8 * _DAY), demo=demo)
    return judged("keys", "copy", state,
        (_("The keys were copied lately."), _("The keys were not copied lately: a broken disk would close all that is sealed.")),
        "linli backup --keys FILE")  # fmt: skip


def backup(last: datetime | None, at: datetime, *, demo: bool) -> Finding:
    """Judge when a backup was made last: once a day."""
    state = in_earnest(by_age(last, at, 26 * _HOUR, 3 * _DAY), demo=demo)
    return judged("backups", "made", state,
        (_("A backup was made in the last day."), _("No backup was made in the last day.")),
        "linli backup DIR")  # fmt: skip


def drill(last: datetime | None, at: datetime, *, wrong: bool, demo: bool) -> Finding:
    """Judge when one was put back last: a backup is one only when it was."""
    if wrong:
        return Finding("backups", "drill", State.FAIL, _("The last backup was not the same after it was put back."),
            _("Find out why at once: linli backup DIR --drill"))  # fmt: skip
    state = in_earnest(by_age(last, at, 32 * _DAY, 92 * _DAY), demo=demo)
    return judged("backups", "drill", state,
        (_("A backup was put back and compared in the last month."), _("No backup was put back and compared in the last month.")),
        "linli backup DIR --drill")  # fmt: skip


def ticks(last: datetime | None, failed: Iterable[str], at: datetime) -> list[Finding]:
    """Judge the worker: it looks every few seconds for what is due."""
    names = ", ".join(sorted(failed))
    return [
        judged("jobs", "worker", by_age(last, at, 2 * _MINUTE, 10 * _MINUTE),
            (_("The worker is at work."), _("The worker has not been at work for a while: no letter goes out, nothing is purged.")),
            _("Start it: linli serve, or linli tick by a timer.")),
        judged("jobs", "ticks", State.WARN if names else State.OK,
            (_("Nothing that is done by the clock has failed."), _("Failed when it was done last: %(names)s.") % {"names": names}),
            "linli tick"),
    ]  # fmt: skip


def jobs(oldest: datetime | None, parked: int, at: datetime) -> list[Finding]:
    """Judge the queue: nothing waits long, nothing rests."""
    waiting = State.OK if oldest is None else by_age(oldest, at, 10 * _MINUTE, _HOUR)
    return [
        judged("jobs", "waiting", waiting,
            (_("No job waits long."), _("A job waits for more than ten minutes.")), "linli tick"),
        judged("jobs", "parked", State.WARN if parked else State.OK,
            (_("No job was given up."), _("%(count)d jobs were given up.") % {"count": parked}), "linli tick --again"),
    ]  # fmt: skip


def purge(last: datetime | None, at: datetime) -> Finding:
    """Judge the purge: every night, whatever else happens."""
    return judged("jobs", "purge", by_age(last, at, 27 * _HOUR, 51 * _HOUR),
        (_("What is due was removed last night."), _("What is due was not removed last night.")), "linli purge")  # fmt: skip


def clock(drift: timedelta, back: timedelta) -> list[Finding]:
    """Judge the clock: against the database's, and against the latest moment that was ever seen here."""
    apart = abs(drift)
    state = (
        State.FAIL if apart > _MINUTE else State.WARN if apart > timedelta(seconds=5) else State.OK
    )
    return [
        judged("clock", "drift", state,
            (_("The clocks of this machine and of the database agree."), _("The clocks of this machine and of the database are apart.")),
            _("Set both by a time server (NTP).")),
        judged("clock", "back", State.FAIL if back > _MINUTE else State.OK,
            (_("The clock has never gone back."), _("The clock has gone back: deadlines and purges would come too late.")),
            _("Set it by a time server (NTP), then look again.")),
    ]  # fmt: skip


def mail(*, configured: bool, error: str, given_up: int) -> list[Finding]:
    """Judge the mail: whether the server answers, and whether letters were given up."""
    if not configured:
        return [Finding("mail", "server", State.WARN, _("No mail server is named: nobody gets an e-mail."),
            _("Name one in LINLI_SMTP_URL."))]  # fmt: skip
    return [
        judged("mail", "server", State.FAIL if error else State.OK,
            (_("The mail server answers."), _("The mail server does not answer (%(kind)s).") % {"kind": error}),
            _("See LINLI_SMTP_URL and the server's own log.")),
        judged("mail", "given_up", State.WARN if given_up else State.OK,
            (_("No message was given up."), _("%(count)d messages were given up.") % {"count": given_up}), "linli tick --again"),
    ]  # fmt: skip
