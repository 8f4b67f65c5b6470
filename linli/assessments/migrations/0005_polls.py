"""Polls: tokens, papers and counts."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0004_notices'),
    ]

    operations = []
