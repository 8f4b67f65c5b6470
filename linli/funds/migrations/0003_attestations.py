"""What two sides say of one amount or indicator."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0002_projects"),
    ]

    operations = []
