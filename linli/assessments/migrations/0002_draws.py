"""Inspectors, draws of sites and inspectors, and tasks that were drawn."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0001_first'),
    ]

    operations = []
