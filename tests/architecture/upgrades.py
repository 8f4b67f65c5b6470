"""What would break the programs that still run while the tables change, or those that are put back afterwards.

The old release must be able to read and write the new tables: `linli migrate` runs while it serves.
"""

from pathlib import Path

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from linli.kernel.follows import Follows
from linli.kernel.never import Never

LANDED = Path(__file__).with_name("landed_migrations.txt")
# A migration that breaks old programs all the same says why, and the changelog says that the house stops for it.
DECLARED = "stops_the_house"
# Rows by the million: what locks one of these for a build locks the house.
BIG = {
    *("cases.case", "cases.step", "cases.clockevent", "facts.fact", "facts.evidence"),
    *("funds.transaction", "funds.transfer", "kernel.look", "kernel.logleaf", "kernel.subject", "kernel.message"),
    *("offers.booking", "offers.bookingstep", "trace.event", "trace.eventthing", "trace.eventlink", "trace.thing"),
}  # fmt: skip
_GONE = (
    migrations.DeleteModel,
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def new_migrations():
    """Return the migrations that came after those of the list, with the tables as each finds them."""
    landed = {*LANDED.read_text().split()}
    loader = MigrationLoader(None)
    ours = [
        (key, one)
        for key, one in loader.disk_migrations.items()
        if type(one).__module__.startswith("linli.") and ".".join(key) not in landed
    ]
    return [(key, one, loader.project_state(key, at_end=False)) for key, one in sorted(ours)]


def faults(app, migration, state):
    """Return what of one migration breaks old programs, in words."""
    if getattr(migration, DECLARED, ""):
        return []
    state, made, found = state.clone(), set(), []
    for operation in _flat(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        elif said := _fault(app, operation, state, made):
            found.append(f"{said}: {operation.describe()}")
        operation.state_forwards(app, state)
    return found


def _flat(operations):
    for one in operations:
        if isinstance(one, migrations.SeparateDatabaseAndState):
            yield from _flat([*one.database_operations])
        else:
            yield one


def _fault(app, operation, state, made):
    if isinstance(operation, _GONE):
        return "takes away what old programs ask for"
    if isinstance(operation, migrations.RunSQL | migrations.RunPython):
        return "nobody can see what it does"
    if isinstance(operation, Never | Follows):
        ours = {f"{app}_{name}" for name in made}
        return "" if operation.table in ours else "old programs do not know this rule"
    name = getattr(operation, "model_name_lower", None)
    if name is None or name in made:
        return ""
    return _fault_of_table(app, name, operation, state)


def _fault_of_table(app, name, operation, state):
    if isinstance(operation, migrations.AddField):
        return _fault_of_new(app, name, operation.field)
    if isinstance(operation, migrations.AlterField):
        return _fault_of_changed(state.models[app, name].fields[operation.name], operation.field)
    if isinstance(operation, migrations.AddConstraint):
        return "old programs do not know this rule"
    if isinstance(operation, migrations.AddIndex) and f"{app}.{name}" in BIG:
        return "who writes waits while it is built"
    return ""


def _fault_of_new(app, name, field):
    if field.many_to_many:
        return ""
    if not field.null and field.db_default is models.NOT_PROVIDED:
        return "old programs leave it out"
    if field.unique or field.db_index:
        return "who writes waits while it is built" if f"{app}.{name}" in BIG else ""
    return ""


def _fault_of_changed(before, after):
    if before.null and not after.null:
        return "old programs leave it out"
    if type(before) is not type(after):
        return "old programs write another kind"
    longest = before.max_length, after.max_length
    if after.unique and not before.unique:
        return "old programs do not know this rule"
    return "old programs write more" if None not in longest and longest[1] < longest[0] else ""
