"""Rules that the database keeps: the operation sets a trigger, and takes it away."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from linli.kernel.never import Never
from tests.town import directory as town

RULE = Never(
    "directory_area_planted",
    table="directory_area",
    verb="UPDATE",
    condition="NEW.name IS DISTINCT FROM OLD.name",
    message="a planted rule",
)


def rename(area, name):
    with transaction.atomic():
        type(area).objects.filter(pk=area.pk).update(name=name)


@pytest.mark.django_db
def test_forbids_what_the_condition_says_until_it_is_taken_away():
    area = town.area()
    # SQLite's own editor wants foreign keys off, which a transaction cannot do: only `execute` is used.
    editor = connection.SchemaEditorClass(connection)
    editor.deferred_sql = []

    RULE.database_forwards("directory", editor, ProjectState(), ProjectState())
    with pytest.raises(DatabaseError, match="a planted rule"):
        rename(area, "别名")
    type(area).objects.filter(pk=area.pk).update(from_year=1990)

    RULE.database_backwards("directory", editor, ProjectState(), ProjectState())
    rename(area, "别名")

    area.refresh_from_db()
    assert (area.name, area.from_year) == ("别名", 1990)
