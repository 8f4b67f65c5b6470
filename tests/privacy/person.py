"""What belongs to one person, told from the tables themselves: whatever leads to a subject, however far."""

from collections import defaultdict

from django.apps import apps

ROOT = "kernel.Subject"


def edges(models):
    """Return model -> [(field, model it points to)]."""
    found = defaultdict(list)
    for model in models:
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.is_relation:
                found[model._meta.label].append((field.name, field.related_model._meta.label))
    return found


def ours():
    return [one for one in apps.get_models() if one.__module__.startswith("linli.")]


def linked(models=None):
    """Return the labels of the tables whose rows are of one person: the subject and all that lead to it."""
    pointing = edges(models or ours())
    found, size = {ROOT}, 0
    while len(found) > size:
        size = len(found)
        found |= {
            here for here, ways in pointing.items() if {there for _name, there in ways} & found
        }
    return found


def ways_from(labels, models=None):
    """Yield every way that leads out of these tables by pointers, as far as it goes: "A.field > B.field > C"."""
    pointing = edges(models or ours())
    waiting = [(label, (label,), label) for label in sorted(labels)]
    while waiting:
        here, seen, said = waiting.pop()
        for name, there in pointing[here]:
            yield f"{said}.{name}", there
            if there not in seen and there not in labels:
                waiting.append((there, (*seen, there), f"{said}.{name} > {there}"))
