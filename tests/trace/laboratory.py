"""A method for pork and the wells of a run that went well; tests change one thing and see what follows."""

from decimal import Decimal

from linli.trace.rules.laboratory.methods import (
    EXTRACTION,
    INHIBITION,
    NTC,
    POSITIVE,
    SAMPLE,
    Assay,
    Internal,
    Method,
    Window,
)
from linli.trace.rules.laboratory.runs import Well

PIG, ANY = "Sus scrofa", "Eukaryota 18S"


def d(said):
    """Return a number, None for None."""
    return None if said is None else Decimal(str(said))


def assay(**changes):
    return Assay(
        **{
            "target": PIG,
            "gene": "beta-actin",
            "detected_to": d(35),
            "absent_from": d(40),
            "positive": Window(d(20), d(30)),
            "lod": d(5),
            "spread": d(2),
        }
        | changes
    )


def method(**changes):
    return Method(
        **{
            "code": "pork",
            "version": "1",
            "assays": (assay(),),
            "replicates": 2,
            "controls": {NTC: 2, EXTRACTION: 1, POSITIVE: 1, INHIBITION: 1},
            "internal": Internal(ANY, Window(d(15), d(30))),
        }
        | changes
    )


def well(place, role, ct, target=PIG, sample="", **more):
    return Well(place, role, sample, target, d(ct), **{"curve": True} | more)


def replicates(sample, *cts, row="C", internal=22, **more):
    """Return the wells of a sample, one a Ct, with its internal control in the same wells."""
    own = [well(f"{row}{n}", SAMPLE, ct, sample=sample, **more) for n, ct in enumerate(cts, 1)]
    inside = [well(f"{row}{n}", SAMPLE, internal, ANY, sample) for n in range(1, len(cts) + 1)]
    return own + inside


def controls(**cts):
    """Return wells of controls as they should be; `cts` changes the Ct of some by their places."""
    usual = [
        ("A1", NTC, None, PIG),
        ("A2", NTC, None, PIG),
        ("A3", EXTRACTION, None, PIG),
        ("A4", POSITIVE, 25, PIG),
        ("A5", INHIBITION, 23, ANY),
    ]
    return [well(place, role, cts.get(place, ct), target) for place, role, ct, target in usual]
