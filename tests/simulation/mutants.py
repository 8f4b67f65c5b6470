"""Deliberate defects: each takes one guard out, in the code or in the database, and some world must break of it.

A mutant that survives shows something that must hold and that nobody asks. Where a guard has a constraint or a
trigger behind it, that goes too: what is asked here is whether the worlds see it, not whether the database does.
"""

from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from typing import NamedTuple
from unittest.mock import patch

from django.db import connection

# What `make check` has time for.
FEW = {"looks are not written", "places are given that are not there", "money is made"}


class Mutant(NamedTuple):
    """One defect: its engine, what is broken, how."""

    name: str
    engine: str
    broken: Callable[[], list]  # what is patched, as context managers
    dropped: tuple[str, ...] = ()  # triggers that go
    unchecked: bool = False  # whether the row's own constraints go


def every():
    """Return all mutants."""
    from tests.simulation import mutants_cases, mutants_others

    return [*mutants_cases.MUTANTS, *mutants_others.MUTANTS]


@contextmanager
def living_with(mutant):
    """Let worlds begin with this defect until the end of the `with`."""
    with ExitStack() as stack:
        for one in mutant.broken():
            stack.enter_context(one)
        yield


def drop(mutant):
    """Take away, in this world's tables, what the database itself would hold."""
    raw = connection.connection
    for name in mutant.dropped:
        if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone():
            raise LookupError(name)
        kind = raw.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        raw.execute(f"DROP {kind} {name}")
    raw.execute(f"PRAGMA ignore_check_constraints = {int(mutant.unchecked)}")


def instead(target, made):
    """Put something else in the place of a name in a module or class: `made` gets what was there."""
    from importlib import import_module

    path, _, name = target.rpartition(".")
    try:
        holder = import_module(path)
    except ModuleNotFoundError:
        module, _, owner = path.rpartition(".")
        holder = getattr(import_module(module), owner)
    return patch.object(holder, name, made(getattr(holder, name)))


def never(target):
    """Let a check let everything through."""
    return instead(target, lambda _was: lambda *_, **__: None)
