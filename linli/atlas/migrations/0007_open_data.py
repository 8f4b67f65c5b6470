"""Signed bulk files."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0006_access'),
    ]

    operations = []
