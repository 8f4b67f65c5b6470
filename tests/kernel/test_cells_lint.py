"""What stands in a cell stays in it: the tables as PostgreSQL has them, held against what Citus can carry.

A trigger's function may look at its own row. Those that look further are listed in looks_beyond_its_row.csv, each with
its reason; a cell on Citus has them told where their tables are (linli/kernel/cells/making.py). No new one comes unseen.
"""

import ast
import csv
import re

import pytest
from django.db import connection

from linli.kernel.cells import looking
from tests.architecture.source import ROOT, parsed, tracked

REASONS = {
    "points": "reads rows that its own row points to, to refuse what they forbid",
    "pointed": "reads rows that point to its own, to refuse what they forbid",
    "siblings": "reads other rows of its own table: one at a time, or the last before it",
    "writes": "keeps a sum, a mark or an index of what was written, in the same cell",
}
# Only at a transaction's end does one mark of all that it changed stand for all of it.
WAIT = {"trace_new_edition"}
NAMED = re.compile(
    r"\bpublic\.[a-z]+_[a-z]|schemaname\s*=\s*'public'|'public'::regnamespace|search_path\s*(=|to)\s*public",
    re.IGNORECASE,
)
ELSEWHERE = """
    SELECT c.conname FROM pg_constraint c JOIN pg_class far ON far.oid = c.confrelid
    WHERE c.connamespace = current_schema()::regnamespace AND far.relnamespace <> c.connamespace
    UNION ALL
    SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
        AND t.typnamespace NOT IN (c.relnamespace, 'pg_catalog'::regnamespace)
    UNION ALL
    SELECT d.objid::text FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass
        JOIN pg_attrdef f ON f.oid = d.objid AND d.classid = 'pg_attrdef'::regclass JOIN pg_class own ON own.oid = f.adrelid
    WHERE own.relnamespace = current_schema()::regnamespace AND c.relnamespace <> own.relnamespace
"""
PLANT = """
    CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does} RETURN NEW; END $$;
    CREATE TRIGGER planted BEFORE INSERT ON kernel_edition FOR EACH ROW EXECUTE FUNCTION planted()
"""


@pytest.fixture
def cursor(db):
    if connection.vendor != "postgresql":
        pytest.skip("the tables of PostgreSQL are asked")
    with connection.cursor() as cursor:
        yield cursor


def listed():
    with (ROOT / "tests/kernel/looks_beyond_its_row.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def beyond():
    return {
        one.function: " ".join(one.looks_at)
        for one in looking.triggers()
        if one.looks_at or not one.own_schema
    }


def named(tree):
    """Every text of a module that names the schema `public`, but for what explains it."""
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [one.value for one in texts if isinstance(one.value, str) and NAMED.search(one.value)]


def test_looks_beyond_its_row_only_where_a_reason_stands(cursor):
    assert beyond() == {row["function"]: row["looks_at"] for row in listed()}
    assert {row["why"] for row in listed()} == set(REASONS)
    assert {one.function for one in looking.triggers() if one.waits} == WAIT


@pytest.mark.parametrize(
    ("does", "seen"),
    [
        ("PERFORM 1 FROM kernel_subject WHERE id = 1;", "kernel_subject"),
        ("EXECUTE 'SELECT 1 FROM kernel_' || 'subject';", "EXECUTE"),
        ("UPDATE kernel_edition SET mark = '' WHERE name <> NEW.name;", "kernel_edition"),
        ("IF NEW.name = 'kernel_subject' THEN RETURN NULL; END IF; -- kernel_subject\n", None),
    ],
)
def test_control_sees_a_planted_trigger_that_looks_beyond_its_row(cursor, does, seen):
    cursor.execute(PLANT.format(does=does))

    assert beyond().get("planted") == seen


def test_points_to_nothing_outside_its_schema(cursor):
    cursor.execute(ELSEWHERE)
    assert cursor.fetchall() == []
    cursor.execute("SELECT extname FROM pg_extension WHERE extname NOT IN ('plpgsql', 'citus', 'citus_columnar')")  # fmt: skip
    assert cursor.fetchall() == []
    cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace")  # fmt: skip
    assert [name for name, source in cursor.fetchall() if NAMED.search(source)] == []


def test_control_sees_a_table_that_points_outside(cursor):
    cursor.execute("CREATE SCHEMA planted; CREATE TABLE planted.far (id bigint PRIMARY KEY)")
    cursor.execute("CREATE SEQUENCE planted.far_numbers")
    cursor.execute(
        "CREATE TABLE near (far_id bigint CONSTRAINT planted_far REFERENCES planted.far,"
        " number bigint DEFAULT nextval('planted.far_numbers'))"
    )
    cursor.execute(ELSEWHERE)

    assert len(cursor.fetchall()) == 2


def test_names_no_schema_in_what_it_asks():
    suspects = [path for path in tracked("linli/**.py") if NAMED.search(path.read_text())]

    assert {path: named(parsed(path)) for path in suspects if named(parsed(path))} == {}
    assert named(ast.parse('x = "SELECT 1 FROM public.kernel_subject"'))
