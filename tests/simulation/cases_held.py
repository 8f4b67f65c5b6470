"""What must hold of cases, asked of the tables themselves."""

from django.utils.timezone import localdate

from linli.cases.actions.steps import CALENDAR as CALENDAR_DAYS
from linli.cases.actions.steps import clocks_of
from linli.cases.models import Case, ClockEvent
from linli.cases.rules import clocks, reasons
from linli.kernel.actors import system
from linli.kernel.models import BreakGlass, Grant
from tests.simulation.world import Engine

CALENDAR = system("calendar")


class Held(Engine):
    """What `cases.Cases` does must leave all of this true."""

    def after_each(self):
        """A promised day moves only as it is counted; none comes sooner than it was promised first."""
        super().after_each()
        names = "id, first_due_at, due_at, moves, pauses, paused_at"
        for pk, first, due, *counted in self.sql(f"SELECT {names} FROM cases_case"):
            was_first, was_due, was_counted = self.promised.get(pk, (first, due, counted))
            self.world.must(was_first == first, "first_promise_changed")
            self.world.must(first <= due, "due_before_promised")
            if counted == was_counted and due != was_due:
                kinds = {"resumed", "added", "lapsed", "leave"}
                twice = ClockEvent.objects.filter(case=pk, verb="resumed", kind__in=[*kinds, ""])
                self.world.must(twice.exists(), "clock_reset", was_due, due)
            self.promised[pk] = first, due, counted

    def check_clocks_are_the_fold_of_their_events(self):
        """The row has the clocks that its events make."""
        for case in Case.objects.filter(purged_at=None):
            events = ClockEvent.objects.filter(case=case).order_by("id")
            rows = list(events.values_list("at", "clock", "verb", "due_at", "kind"))
            made = clocks.folded(rows)
            now = clocks_of(by=CALENDAR, at=self.world.at, case=case)
            self.world.must(made == now and case.next_due_at == made.next, "clocks_not_folded")
            self._due_day_is_the_events(case, rows)
            if case.state in (Case.RECEIVED, Case.WORKING):
                self.world.must(case.next_due_at or case.paused_at, "waits_for_ever")

    def _due_day_is_the_events(self, case, rows):
        """The whole case's day is the first one, later by what it stood still and by what was counted."""
        (_at, begun, due, _kind), *later = [row[:1] + row[2:] for row in rows if row[1] == "case"]
        self.world.must((begun, due) == ("started", case.first_due_at), "promised_otherwise")
        still, moves = None, 0
        for at, verb, now, kind in later:
            self.world.must(verb != "started", "clock_started_anew")
            if verb == "paused":
                still = at
            elif verb == "resumed":
                days = CALENDAR_DAYS.between(still, at) if still and kind != "objected" else 0
                self.world.must(
                    now == (CALENDAR_DAYS.due(due, days) if days else due), "stood_still_otherwise"
                )
                still = None
            elif verb == "moved":
                moves += 1
                self.world.must(now > due, "moved_to_nowhere")
            due = now or due
        self.world.must(moves <= clocks.MOST_MOVES, "moved_too_often")

    def check_bounces_are_counted(self):
        """As many bounces as hand-overs that bounced, and one on its way at most."""
        self.none(
            "bounce_not_counted",
            "SELECT id FROM cases_case WHERE bounces <>"
            " (SELECT count(*) FROM cases_handover WHERE case_id = cases_case.id AND bounce)",
        )
        self.none(
            "handed_to_two",
            "SELECT case_id FROM cases_handover WHERE state IN ('proposed', 'waiting')"
            " GROUP BY case_id HAVING count(*) > 1",
        )

        self.none(
            "on_its_way_after_the_end",
            "SELECT h.id FROM cases_handover h JOIN cases_case c ON c.id = h.case_id"
            " WHERE h.state IN ('proposed', 'waiting') AND c.state IN ('closed', 'withdrawn')",
        )

    def check_nobody_reads_without_leave(self):
        """Leaves of units go back to the person's word, end with the hand-over, and with what is taken back."""
        now = self.world.at.strftime("%Y-%m-%d %H:%M:%S")
        way = "SELECT h.id FROM cases_handover h JOIN kernel_grant g ON g.id = h.grant_id WHERE "
        self.none(
            "handed_on_without_leave",
            way + "g.given_how = 'asking' AND g.fields NOT LIKE '%passing_on%'",
        )
        self.none(
            "reads_what_it_declined",
            way + "h.state IN ('declined', 'ended') AND g.revoked_at IS NULL AND g.expires_at > ?",
            now,
        )
        self.none(
            "reads_what_it_handed_on",
            "SELECT g.id FROM cases_handover h JOIN cases_case c ON c.id = h.case_id"
            " JOIN directory_unit u ON u.id = h.from_unit_id"
            " JOIN kernel_grant g ON g.about = c.code AND g.to_unit = u.name"
            " WHERE h.state = 'accepted' AND g.given_at < h.decided_at AND g.revoked_at IS NULL"
            " AND g.expires_at > ? AND g.id NOT IN (SELECT grant_id FROM cases_jointunit)",
            now,
        )
        self.none(
            "reads_what_was_withdrawn",
            "SELECT g.id FROM cases_case c JOIN kernel_grant g ON g.about = c.code"
            " WHERE c.state = 'withdrawn' AND c.purged_at IS NULL AND g.revoked_at IS NULL"
            " AND g.expires_at > ?",
            now,
        )
        self.none(
            "let_themselves_in",
            "SELECT id FROM kernel_breakglass WHERE let_in_at IS NOT NULL"
            " AND second_unit IN ('', by_unit)",
        )

    def check_nothing_of_a_purged_case_is_left(self):
        """What was said goes with its key."""
        if self.world.engines[0].purged_on == localdate(self.world.at):
            self.none(
                "case_outlived",
                "SELECT c.id FROM cases_case c JOIN kernel_subject s ON s.id = c.subject_id"
                " WHERE s.destroyed_on IS NOT NULL AND c.purged_at IS NULL",
            )
        self.none(
            "words_outlived",
            "SELECT id FROM cases_case WHERE purged_at IS NOT NULL AND (words IS NOT NULL OR wish"
            " IS NOT NULL OR place IS NOT NULL OR contact IS NOT NULL OR closed_at IS NULL)",
        )
        self.none(
            "step_outlived",
            "SELECT t.id FROM cases_step t JOIN cases_case c ON c.id = t.case_id"
            " WHERE c.purged_at IS NOT NULL AND t.words IS NOT NULL",
        )

    def check_a_rating_is_given_once(self):
        """As many ratings as tokens that were spent, and never more than were offered."""
        ((ratings, spent, offered),) = self.sql(
            "SELECT (SELECT count(*) FROM cases_rating), (SELECT count(*) FROM cases_spenttoken),"
            " (SELECT count(*) FROM cases_case WHERE rating_offered)"
        )
        self.world.must(ratings <= offered, "rated_twice", ratings, offered)
        self.world.must(spent <= ratings, "token_spent_for_nothing")

    def may_read(self, case, by):
        """What this officer may read, reckoned from the rows alone."""
        subject, at = case.subject, self.world.at
        subject.refresh_from_db()
        if subject.purge_on <= localdate(at):
            return set()
        may = set()
        for one in Grant.objects.filter(about=case.code, to_unit=by.unit, origin=""):
            over = one.revoked_at is not None or not one.given_at <= at < one.expires_at
            may |= set() if over else set(one.fields)
        for glass in BreakGlass.objects.filter(about=case.code, by_name=by.name, by_unit=by.unit):
            if glass.let_in_at and 0 <= (at - glass.let_in_at).total_seconds() < 3600 * glass.hours:
                may |= set(reasons.FIELDS)
        return may
