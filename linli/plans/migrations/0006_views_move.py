"""Saved views are kept for every list now, in the kernel: those of the ledger go there, none is lost."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PAGE = "plans:ledger"


def move(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copy each view of the ledger into the kernel's table."""
    old, new = apps.get_model("plans", "SavedView"), apps.get_model("kernel", "SavedView")
    new.objects.bulk_create(
        new(owner_id=view.owner_id, page=PAGE, name=view.name, query=view.query)
        for view in old.objects.order_by("pk")
    )


def move_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Bring the ledger's views home."""
    old, new = apps.get_model("plans", "SavedView"), apps.get_model("kernel", "SavedView")
    old.objects.bulk_create(
        old(owner_id=view.owner_id, name=view.name, query=view.query)
        for view in new.objects.filter(page=PAGE).order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_grounds"),
        ("kernel", "0006_workbench"),
    ]

    operations = [
        migrations.RunPython(move, move_back),
        migrations.DeleteModel(name="SavedView"),
    ]
