"""Every name that this project gives to something it keeps, asks for, takes in or answers under."""

from collections.abc import Iterator
from importlib import import_module
from typing import get_args

import ninja
from django import forms
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver
from django.utils import translation

from linli.directory.rules import packages
from linli.directory.rules.eligibility import AMOUNTS, SIMPLE, SITUATIONS
from linli.directory.rules.eligibility_grammar import texts_of
from linli.facts.schemas import rows as fact_rows
from linli.kernel.traits import names_a_trait
from linli.plans.schemas import ledger
from linli.plans.schemas import rows as promise_rows
from tests.architecture import source

# In these languages everything is said; the others fall back on the first.
TONGUES = ("en", "zh-hans", "zh-hant")
# What looks like a trait and is none. Each says why.
MEANT = {
    "form PartnerForm.fingerprint": "of the key of another city, read to us over the telephone",
    "form CounterForm.sms": "where a person may leave a number, at a window or by telephone, sealed with the booking",
    "form LeftForm.sms": "where a person may leave a number with a booking, sealed with it",
    "form AnswerForm.sms": "where a person may leave a number for the answer, sealed with it",
}


def import_all():
    """A form or schema is known once its module is imported."""
    for path in source.modules():
        name = ".".join(path.relative_to(source.ROOT).with_suffix("").parts)
        if not {"management", "__main__"} & set(name.split(".")) and path.stem != "rebuild_file":
            import_module(name.removesuffix(".__init__"))


def kinds_of(base):
    """Return every class of ours below this one."""
    import_all()
    found, waiting = set(), [base]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("linli."):
                found.add(kind)
    return found


def of_model(model) -> Iterator[tuple[str, str]]:
    """Name, column, words and choices of each field, and the names of indexes and constraints."""
    meta = model._meta
    for field in meta.get_fields():
        where = f"model {meta.object_name}.{field.name}"
        choices = [part for choice in getattr(field, "choices", None) or () for part in choice]
        told = [getattr(field, name, "") for name in ("verbose_name", "help_text", "column")]
        yield from ((where, str(said)) for said in (field.name, *told, *choices))
    for named in (*meta.indexes, *meta.constraints):
        yield f"model {meta.object_name}", named.name


def of_form(kind) -> Iterator[tuple[str, str]]:
    for name, field in getattr(kind, "base_fields", {}).items():
        where, choices = f"form {kind.__name__}.{name}", getattr(field, "choices", ())
        # What comes out of the database is looked at where it is kept.
        fixed = () if isinstance(field, forms.ModelChoiceField) else choices
        yield from ((where, str(said)) for said in (name, field.label or ""))
        yield from ((where, str(part)) for choice in fixed for part in choice)


def of_schema(kind) -> Iterator[tuple[str, str]]:
    for name, field in kind.model_fields.items():
        told = (name, field.alias, field.title, *get_args(field.annotation))
        yield from ((f"schema {kind.__name__}.{name}", str(said)) for said in told if said)


def of_addresses(resolver=None) -> Iterator[tuple[str, str]]:
    for entry in (resolver or get_resolver()).url_patterns:
        yield "address", str(entry.pattern)
        yield "address", str(getattr(entry, "name", "") or "")
        if hasattr(entry, "url_patterns"):
            yield from of_addresses(entry)


def of_tables(**tables) -> Iterator[tuple[str, str]]:
    """The columns that are taken in or given out."""
    for table, columns in tables.items():
        yield from ((f"table {table}", str(said)) for said in columns)


def of_rules(rules) -> Iterator[tuple[str, str]]:
    """What a rule of eligibility may ask: its keys and its words, as deep as they go."""
    yield from (("rule", said) for said in texts_of(rules))


def of_the_project() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        yield from of_model(model)
    for kind in kinds_of(forms.BaseForm):
        yield from of_form(kind)
    for kind in kinds_of(ninja.Schema):
        yield from of_schema(kind)
    yield from of_addresses()
    yield from of_tables(
        promises=[part for pair in promise_rows.COLUMNS.items() for part in pair],
        figures=[part for pair in fact_rows.COLUMNS.items() for part in pair],
        ledger=[part for one in ledger.COLUMNS for part in (one.key, one.words)],
        services=[part for pair in packages.COLUMNS.items() for part in (pair[0], *pair[1])],
        cookies=[settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME],
    )
    yield from of_rules([*SIMPLE, *SITUATIONS, *AMOUNTS])


def denied(names) -> list[str]:
    """Return what stands for a trait of a person, in any of our languages."""
    return sorted(
        {f"{where}: {said}" for where, said in names if names_a_trait(said) and where not in MEANT}
    )


def denied_in_all_tongues() -> list[str]:
    found = set()
    for tongue in TONGUES:
        with translation.override(tongue):
            found |= set(denied(of_the_project()))
    return sorted(found)
