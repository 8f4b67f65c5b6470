"""What the text index knows is of one entry: an id that is given again leads to nothing of the old one."""

import pytest
from django.core.management import call_command

from linli.directory.models import Entry
from linli.directory.queries.finding import found, shown
from linli.directory.rules.entries import Facets
from tests.town import guides as town

pytestmark = pytest.mark.django_db(transaction=True)


def names(words):
    return [entry.title for entry in shown(found(words, Facets(), None).ids)]


def test_finds_nothing_of_what_stood_there_before_a_flush(noon):
    """Tests that commit end with a flush; so does the canary town, which sets the ids back as well."""
    call_command("flush", interactive=False, verbosity=0)
    town.service("法律援助申请", at=noon)
    before = [*Entry.objects.values_list("pk", flat=True)]
    call_command("flush", interactive=False, verbosity=0)
    town.service("失业登记", at=noon)

    assert [*Entry.objects.values_list("pk", flat=True)] == before
    assert names("失业") == ["失业登记"]
    assert names("法律援助") == []
