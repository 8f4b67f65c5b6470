"""Tables change while the old programs serve: a migration that would break them is refused, or says why it must."""

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from linli.kernel.never import Never
from linli.kernel.partitions import InParts
from tests.architecture.upgrades import BIG, DECLARED, LANDED, faults, new_migrations

NEW = new_migrations()
CODE = models.CharField(max_length=9)


@pytest.mark.parametrize(("key", "migration", "state"), NEW, ids=[".".join(key) for key, *_ in NEW])
def test_lets_old_programs_go_on(key, migration, state):
    assert faults(key[0], migration, state) == []


def test_knows_which_migrations_had_landed():
    """None is edited out of history: what is on the list is there."""
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}

    assert {*LANDED.read_text().split()} - known == set()


@pytest.fixture(scope="module")
def state():
    return MigrationLoader(None).project_state()


def planted(state, *operations, **said):
    made = migrations.Migration("planted", "cases")
    made.operations = operations
    for name, value in said.items():
        setattr(made, name, value)
    return [one.split(":")[0] for one in faults("cases", made, state)]


RULE = models.CheckConstraint(condition=models.Q(code__gt=""), name="planted")
BREAKING = {
    "column gone": migrations.RemoveField("case", "code"),
    "column renamed": migrations.RenameField("case", "code", "number"),
    "table gone": migrations.DeleteModel("Case"),
    "table renamed": migrations.RenameModel("Case", "Request"),
    "other table": migrations.AlterModelTable("case", "requests"),
    "column that must be told": migrations.AddField("case", "planted", CODE),
    "column that must be told now": migrations.AlterField("step", "from_unit", models.IntegerField()),
    "column of a big table with an index": migrations.AddField("case", "planted", models.IntegerField(null=True, db_index=True)),
    "shorter column": migrations.AlterField("case", "code", models.CharField(max_length=3, unique=True)),
    "rule": migrations.AddConstraint("case", RULE),
    "index of a big table": migrations.AddIndex("case", models.Index(fields=["code"], name="planted")),
    "trigger": Never("planted", table="cases_case", verb="UPDATE", condition="TRUE", message="planted"),
    "SQL": migrations.RunSQL("DROP TABLE cases_case"),
}  # fmt: skip
HARMLESS = {
    "column that may be left out": migrations.AddField("case", "planted", models.CharField(max_length=9, null=True)),
    "column with the database's own default": migrations.AddField("case", "planted", models.CharField(max_length=9, db_default="")),
    "longer column": migrations.AlterField("case", "code", models.CharField(max_length=90, unique=True)),
    "table": migrations.CreateModel("Planted", [("id", models.BigAutoField(primary_key=True)), ("code", CODE)]),
    "parts": InParts("cases_case"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BIG))
def test_knows_the_big_tables_by_their_names(name):
    assert apps.get_model(name)._meta.managed


@pytest.mark.parametrize("name", BREAKING)
def test_control_finds_what_breaks_old_programs(state, name):
    assert len(planted(state, BREAKING[name])) == 1


@pytest.mark.parametrize("name", HARMLESS)
def test_control_lets_the_rest_pass(state, name):
    assert planted(state, HARMLESS[name]) == []


def test_lets_a_new_table_have_rules_of_its_own(state):
    rule = migrations.AddConstraint("planted", RULE)
    never = Never("planted", table="cases_planted", verb="UPDATE", condition="TRUE", message="no")

    assert planted(state, HARMLESS["table"], rule, never) == []


def test_takes_a_break_that_says_why(state):
    assert planted(state, BREAKING["table gone"], **{DECLARED: "nobody has asked since 1.0"}) == []
