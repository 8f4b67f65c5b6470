"""Where the grams of an entry are kept (rules/grams.py): a table of SQLite's FTS5, a column of PostgreSQL.

SQLite's table holds no text of its own. Its rows are known by the entry's id, which is never given twice:
the row of an entry that is gone leads nowhere until the index is built anew.
"""

from django.db import migrations

FORWARDS = {
    "sqlite": [
        """CREATE VIRTUAL TABLE directory_entry_grams USING fts5(
            grams, content='', detail=none, tokenize="ascii tokenchars '-_.:'"
        )""",
    ],
    "postgresql": [
        "ALTER TABLE directory_entry ADD COLUMN grams tsvector",
        "CREATE INDEX entry_by_grams ON directory_entry USING gin (grams) WITH (fastupdate = off)",
        # The planner does not count what it costs to unpack the grams of every row that it reads in vain:
        # left alone, it reads the table for a common word, ten times as slow as its own index.
        """CREATE FUNCTION directory_entries_holding(wanted tsquery, most integer) RETURNS SETOF bigint
            LANGUAGE sql STABLE SET enable_seqscan = off
            AS 'SELECT id FROM directory_entry WHERE grams @@ wanted LIMIT most'""",
    ],
}
BACKWARDS = {
    "sqlite": ["DROP TABLE directory_entry_grams"],
    "postgresql": [
        "DROP FUNCTION directory_entries_holding",
        "ALTER TABLE directory_entry DROP COLUMN grams",
    ],
}


def _run(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_services")]

    operations = [migrations.RunPython(_run(FORWARDS), _run(BACKWARDS))]
