"""One world: who does what, when, and what goes wrong. All of it from one seed."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

from django.db import connection

from linli.kernel.refusals import Refused
from tests.simulation.ground import NOON

# A deed in so many goes wrong in each of these ways.
STOPPED, TWICE, LATE = 0.04, 0.03, 0.06
ASKED = 0.15  # how often everything that must hold is asked; always at the end


class Broken(AssertionError):
    """What must never be false is false."""


class Stopped(BaseException):
    """The process was ended here; nobody catches this."""


class World:
    """The state of one run: clock, dice, trace, and the engines that take part."""

    def __init__(self, ground, dice, engines):
        self.ground, self.dice, self.town = ground, dice, ground.town
        self.at = NOON + timedelta(minutes=dice.randrange(60 * 24 * 3))
        self.trace, self.taken, self.reached = [], Counter(), Counter()
        self.late, self.stops, self.calm = [], 0, False
        self.engines = [engine(self) for engine in engines]
        ground.is_at(self.at)

    # -- time and choice

    def wait(self, longest=60 * 24 * 2):
        """Let some time go by: mostly minutes, now and then weeks."""
        minutes = min(int(self.dice.expovariate(1 / 300)), longest)
        if self.dice.random() < 0.008:
            minutes += 60 * 24 * self.dice.randint(10, 120)
        self.go_to(self.at + timedelta(minutes=minutes))

    def go_to(self, moment):
        """Let it be this moment."""
        self.at = moment
        self.ground.is_at(moment)

    def one_of(self, rows):
        """Return one of these rows, or None when there is none."""
        rows = list(rows)
        return self.dice.choice(rows) if rows else None

    def chance(self, share):
        """Say yes in this share of cases."""
        return self.dice.random() < share

    # -- deeds

    def steps(self, count):
        """Let so many things happen."""
        for _ in range(count):
            engine = self.dice.choices(self.engines, [one.weight for one in self.engines])[0]
            self.wait()
            self._whoever_was_late()
            getattr(engine, engine.choose())()
            self._look_round()
            if self.chance(ASKED):
                self.ask(self.engines)

    def end(self):
        """Let what is under way come to its end without further faults, and ask everything."""
        self.calm = True
        for engine in self.engines:
            engine.ends()
        self.ask(self.engines)

    def ask(self, engines):
        """Ask what must hold."""
        for engine in engines:
            for name in engine.checks():
                getattr(engine, name)()

    def do(self, deed, *, whole=True, **given):
        """Do it, or let it go wrong; return what it returned, None when it was refused or went wrong.

        `whole`: one transaction, so that a deed that was stopped must have left nothing.
        """
        how = "" if self.calm else self._fault()
        if how == "late":
            self.late.append((self.dice.randint(1, 5), deed, given))
            return self._told(deed, "late")
        if how == "stopped":
            return self._stopped(deed, given, whole=whole)
        done = self._done(deed, given)
        if how == "twice":
            self._done(deed, given)
        return done

    def must(self, holds, what, *said):
        """Say that something that must hold does not."""
        if not holds:
            raise Broken(" ".join([what, *map(str, said)]))

    def _fault(self):
        dice = self.dice.random()
        for share, how in ((STOPPED, "stopped"), (TWICE, "twice"), (LATE, "late")):
            if dice < share:
                return how
            dice -= share
        return ""

    def _whoever_was_late(self):
        """Let those act who read the page some time ago: what they hold in hand is what was there then."""
        due = [one for one in self.late if one[0] <= 1]
        self.late = [(left - 1, deed, given) for left, deed, given in self.late if left > 1]
        for _left, deed, given in due:
            self._done(deed, given)

    def _done(self, deed, given):
        try:
            done = deed(at=self.at, **given)
        except Refused as refused:
            return self._told(deed, refused.code)
        self._told(deed, "done")
        self._look_round()
        return done if done is not None else True

    def _look_round(self):
        for one in self.engines:
            one.after_each()

    def _stopped(self, deed, given, *, whole):
        self.stops += 1
        before = connection.connection.serialize() if whole else None
        try:
            with stopping_at(self.dice.randint(1, 14)):
                deed(at=self.at, **given)
        except Stopped:
            connection.run_on_commit = []
            if whole:
                left = connection.connection.serialize() != before
                self.must(not left, "half_done", deed.__name__)
            return self._told(deed, "stopped")
        except Refused as refused:
            return self._told(deed, refused.code)
        return self._told(deed, "done")

    def _told(self, deed, became):
        name = f"{deed.__module__.removeprefix('linli.').replace('.actions', '')}.{deed.__name__}"
        self.taken[name, became] += 1
        self.trace.append(f"{self.at:%Y-%m-%d %H:%M} {name} {became}")

    # -- what it comes to

    def digest(self):
        """Return a hash of what happened and of what is there now: the same seed makes the same one."""
        said = sha256("\n".join(self.trace).encode())
        for engine in self.engines:
            for name in engine.ROWS:
                columns = ", ".join(engine.ROWS[name])
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT {columns} FROM {name} ORDER BY 1")
                    said.update(repr((name, cursor.fetchall())).encode())
        return said.hexdigest()


class Engine:
    """One engine's part in a world: its deeds (`do_…` with a weight), what must hold (`check_…`)."""

    NAME = ""
    weight = 5
    WEIGHTS = {}
    ROWS = {}
    EDGES = {}  # (table, column): the steps that a state may take, as {from: to …}

    def __init__(self, world):
        self.world, self.before = world, {}
        self._names = [name for name in dir(self) if name.startswith("do_")]
        self._weights = [self.WEIGHTS.get(name[3:], 3) for name in self._names]

    def choose(self):
        """Return the name of the next deed."""
        return self.world.dice.choices(self._names, self._weights)[0]

    def checks(self):
        """Return the names of what must hold."""
        return [name for name in dir(self) if name.startswith("check_")]

    def after_each(self):
        """Ask after each step: states take the edges that there are."""
        for (table, column), edges in self.EDGES.items():
            rows = dict(self.sql(f"SELECT id, {column} FROM {table}"))
            seen = self.before.get(table, {})
            for pk, state in rows.items():
                if (was := seen.get(pk)) != state:
                    self.world.reached[table, state] += 1
                    self.world.must(was is None or state in edges[was], "edge", table, was, state)
            self.world.must(seen.keys() <= rows.keys(), "rows_gone", table)
            self.before[table] = rows

    def ends(self):
        """Bring to an end what is under way."""

    def sql(self, query, *values):
        """Ask the tables themselves: an invariant trusts no query of ours, and is asked ten thousand times."""
        return connection.connection.execute(query, values).fetchall()

    def none(self, what, query, *values):
        """Say that a query that must find nothing finds nothing."""
        if found := self.sql(query, *values):
            raise Broken(f"{what} {found[:3]}")

    def pick(self, rows, where="", *values):
        """Return one of the rows of a query set, chosen among those of its table that a condition names."""
        keys = self.sql(f"SELECT id FROM {rows.model._meta.db_table} {where} ORDER BY id", *values)
        chosen = self.world.one_of(keys)
        return None if chosen is None else rows.get(pk=chosen[0])


@contextmanager
def stopping_at(number):
    """End the process, so to say, at the so many-th statement that reads or writes."""
    left = number

    def counted(execute, sql, params, many, context):
        nonlocal left
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")):
            left -= 1
            if left <= 0:
                raise Stopped
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        yield
