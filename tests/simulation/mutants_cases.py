"""Defects of cases, of leave to read, of looks, letters and keys."""

from dataclasses import replace

from linli.cases.rules import reasons
from tests.simulation.mutants import Mutant, instead, never


def _no_look(_was):
    from linli.kernel.models import Look

    return lambda **_: Look()


def _reset(was):
    def given_over(clocks, at, days, calendar):
        return was(replace(clocks, case=calendar.due(at, days.case)), at, days, calendar)

    return given_over


def _stale(_was):
    from linli.cases.models import Case

    return lambda *, by, at, case: case if case.asked_at else Case.objects.get(pk=case.pk)


def _every_step_extends(was):
    def next_step(clocks, at, days, calendar):
        after, happened = was(clocks, at, days, calendar)
        return replace(after, case=calendar.due(clocks.case, 1)), happened

    return next_step


def _unlive(_was):
    from linli.kernel.models import Grant

    return lambda *, subject, about, at: Grant.objects.filter(
        subject=subject, about=about, revoked_at=None
    )


def _sends_again(_was):
    return lambda code, at: 1


def _not_rewound(_was):
    from linli.kernel.models import Message

    return lambda code, at: Message.objects.filter(code=code).update(state="sent", sent_at=at)


def _another(was):
    def append(head, leaves):
        return was(head, [bytes(32), *leaves[1:]] if len(leaves) > 1 else leaves)

    return append


def _bare(was):
    return was.__wrapped__


def _all_read(was):
    return lambda subject, about, unit, at, **of: (
        frozenset(reasons.FIELDS) if was(subject, about, unit, at, **of) else frozenset()
    )


def _no_bounce(_was):
    def count(case, hand_over):
        hand_over.bounce = True
        if hand_over.pk:
            hand_over.save(update_fields=["bounce"])

    return count


def _but(name):
    return lambda was: tuple(one for one in was if one.name != name)


CLOCKS = (
    "cases_case_clock_never_reset", "cases_case_keeps_its_promise", "cases_case_counts_only_grow", "cases_case_stays_counted",
)  # fmt: skip
MUTANTS = [
    Mutant("looks are not written", "cases", lambda: [instead("linli.cases.actions.reading.look", _no_look)]),
    Mutant("ended leaves still count", "cases", lambda: [instead("linli.kernel.grants.live", _unlive)]),
    Mutant("every leave opens everything", "cases", lambda: [instead("linli.kernel.grants.granted_fields", _all_read)]),
    Mutant("who handed on reads on", "cases", lambda: [never("linli.cases.actions.handing.grants.revoke_all")]),
    Mutant("who declined reads on", "cases", lambda: [never("linli.cases.actions.handing.grants.revoke")]),
    Mutant(
        "no leave is asked to hand on", "cases",
        lambda: [instead("linli.cases.actions.passing.needs_leave", lambda _: lambda **__: False)],
    ),
    Mutant(
        "a hand-over resets the clock of the case", "cases",
        lambda: [instead("linli.cases.rules.clocks.given_over", _reset)], CLOCKS,
    ),
    Mutant(
        "a step gives the case another day", "cases",
        lambda: [instead("linli.cases.rules.clocks.next_step", _every_step_extends)], CLOCKS,
    ),
    Mutant("bounces are not counted", "cases", lambda: [instead("linli.cases.actions.handing._count", _no_bounce)]),
    Mutant(
        "deeds trust the page instead of the row", "cases",
        lambda: [instead("linli.cases.actions.steps.held", _stale)], CLOCKS, unchecked=True,
    ),
    Mutant("answers are not whole", "cases", lambda: [instead("linli.cases.actions.handling.reply", _bare)]),
    Mutant("a purge leaves the words", "cases", lambda: [instead("linli.cases.actions.purging._due", lambda _: lambda _after: [])]),
    *(
        Mutant(f"a purge leaves the {name}", "cases", lambda name=name: [instead("linli.kernel.tasks.PURGES", _but(name))])
        for name in ("looks", "messages")
    ),
    Mutant("keys outlive their day", "cases", lambda: [
        instead("linli.kernel.keystore.KeyStore.destroy", lambda _: lambda self, codes: 0),
        instead("linli.kernel.keystore.KeyStore.destroy_due", lambda _: lambda self, today: 0),
    ]),
    Mutant("sent letters are not marked", "cases", lambda: [instead("linli.kernel.sending._mark_sent", _sends_again)]),
    Mutant("sent letters keep their words", "cases", lambda: [instead("linli.kernel.sending._mark_sent", _not_rewound)]),
    Mutant("letters are marked and not sent", "cases", lambda: [never("linli.kernel.mail.MailLine.send")]),
    Mutant("the log enters another leaf", "cases", lambda: [instead("linli.kernel.looks.append", _another)]),
    Mutant("what stood still is not added", "cases", lambda: [instead("linli.cases.rules.clocks._later", lambda _: lambda clocks, days, calendar: clocks)], CLOCKS),
]  # fmt: skip
