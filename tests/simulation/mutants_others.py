"""Defects of bookings, money, promises, scores and permits."""

from django.db import connection

from tests.simulation.mutants import Mutant, instead, never


def _oversells(_was):
    def give(*, by, at, session, door, size, waited=False):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE offers_session SET taken_{door} = taken_{door} + %s WHERE id = %s", [size, session.pk]
            )  # fmt: skip
        return True

    return give


def _gives_back_one(_was):
    from django.db.models import F

    def give_back(*, by, at, session, door, size):
        type(session).objects.filter(pk=session.pk).update(
            **{f"taken_{door}": F(f"taken_{door}") - 1}
        )

    return give_back


def _free_for_all(was):
    return lambda **given: was(**given | {"waited": True})


def _any_order(was):
    """Lots are drawn in the order of the list."""
    from linli.offers.rules.drawing import Drawn

    def draw(seed, tickets, places):
        placed, behind = [], []
        for one in tickets:
            fits = one.size <= places
            places -= one.size if fits else 0
            (placed if fits else behind).append(one)
        return Drawn(placed, behind)

    del was
    return draw


def _one_leg(_was):
    def added(entry, lines):
        from linli.funds.models import Transfer

        entry.save(force_insert=True)
        for number, (out_of, into, amount) in enumerate(lines[:1], 1):
            Transfer.objects.create(
                transaction=entry, number=number, day=entry.day, out_of=out_of, into=into, amount=amount
            )  # fmt: skip

    return added


def _green(was):
    from linli.plans.rules.lamp import Reason

    return lambda standing, today: (
        Reason.DONE if standing.state == "accepted" else was(standing, today)
    )


def _any_fact(was):
    from linli.plans.rules import lamp

    def proven(standing, today):
        if standing.target is None:
            return was(standing, today)
        met = [one for one in standing.facts if lamp.meets(standing, one, today)]
        return lamp.Reason.DONE if met else None

    return proven


def _first_moves(was):
    def decide(**given):
        decision = was(**given)
        if decision.approved:
            task = decision.move.task
            type(task).objects.filter(pk=task.pk).update(first_due_on=decision.move.now_due_on)
        return decision

    return decide


def _words_suffice(was):
    return lambda progress, verdict, reason: verdict == "accepted" or was(progress, verdict, reason)


def _level(was):
    return lambda levels, level, most: False


def _better(was):
    def row(one, number, record, signature):
        made = was(one, number, record, signature)
        made.record = made.record.replace('"answers"', '"answer"', 1)
        made.level = "nation"
        return made

    return row


def _turns(was):
    def turn(by, at, permit, to, reason, from_at):
        step = was(by, at, permit, to, reason, from_at)
        type(permit).objects.filter(pk=permit.pk).update(state="valid")
        return step

    return turn


def _alone(_was):
    def decided(*, by, at, withdrawal, done):
        from linli.trace.actions.permits import _locked, _turn

        permit = _locked(withdrawal.permit)
        withdrawal.decided_at, withdrawal.decided_by, withdrawal.done = at, by.name, done
        withdrawal.save(update_fields=["decided_at", "decided_by", "done"])
        if done and permit.state != "withdrawn":
            _turn(by, at, permit, "withdrawn", withdrawal.reason, None)
        return withdrawal

    return decided


def _same_person(_was):
    def may_decide(by, kept, words):
        from linli.kernel.refusals import Refused

        if kept.stage != "decision":
            raise Refused("not_now", "")

    return may_decide


def _expired_is_valid(was):
    from linli.trace.rules.permit_states import EXPIRED, VALID

    def state_of(held, at):
        state = was(held, at)
        return VALID if state == EXPIRED else state

    return state_of


MUTANTS = [
    Mutant("places are given that are not there", "offers", lambda: [instead("linli.offers.actions.places.give", _oversells)], unchecked=True),
    Mutant("a group gives back one place", "offers", lambda: [instead("linli.offers.actions.places.give_back", _gives_back_one)]),
    Mutant("who comes goes before who waits", "offers", lambda: [instead("linli.offers.actions.places.give", _free_for_all)]),
    Mutant("one person books twice", "offers", list, ("booking_is_made_once",)),
    Mutant("lots do not decide", "offers", lambda: [instead("linli.offers.actions.draws.drawing.draw", _any_order)]),
    Mutant("an entry loses a leg", "funds", lambda: [instead("linli.funds.actions.moving._added", _one_leg)]),
    Mutant("one person moves anything", "funds", lambda: [instead("linli.funds.actions.ledger._check_alone", lambda _: _checked)], ("funds_transfer_is_right",)),
    Mutant("closed books are open", "funds", list, ("funds_transaction_into_closed_books", "funds_transaction_into_a_signed_day")),
    Mutant("money is made", "funds", list, unchecked=True),
    Mutant("green without proof", "plans", lambda: [instead("linli.plans.queries.standings.why", _green), instead("linli.plans.rules.lamp.why", _green)]),
    Mutant("a claim is a proof", "plans", lambda: [instead("linli.plans.rules.lamp._proven", _any_fact)]),
    Mutant("the first promise moves along", "plans", lambda: [instead("linli.plans.actions.moves.decide_move", _first_moves)], ("plans_task_first_promise_is_kept",)),
    Mutant("units judge their own", "plans", lambda: [never("linli.plans.actions.progress.impartial"), never("linli.plans.actions.moves.impartial")]),
    Mutant("named above the score", "assessments", lambda: [instead("linli.assessments.actions.deciding.is_above", _level)]),
    Mutant("scores are not what was said", "assessments", lambda: [instead("linli.assessments.actions.scores._row", _better)]),
    Mutant("a permit forgets its turn", "trace", lambda: [instead("linli.trace.actions.permits._turn", _turns)], ("trace_permit_turns_by_its_steps",)),
    Mutant("one person withdraws alone", "trace", lambda: [instead("linli.trace.actions.permits.decide_withdrawal", _alone)], ("trace_withdrawal_stays",), unchecked=True),
    Mutant("who checked decides", "trace", lambda: [instead("linli.trace.actions.permits._may_decide", _same_person)], unchecked=True),
    Mutant("expired is valid", "trace", lambda: [instead("linli.trace.rules.permit_states.state_of", _expired_is_valid)]),
]  # fmt: skip


def _checked(at, fund, posting):
    from linli.funds.actions.ledger import _check

    _check(at, fund, posting)
