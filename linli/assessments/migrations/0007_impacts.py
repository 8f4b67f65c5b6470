"""Assessments of decisions before they are taken."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0006_inspections'),
    ]

    operations = []
