"""The working bodies of the demo's towns: leading group, joint meeting, working office, one under the other."""

from datetime import datetime

from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import Town, unit_name
from linli.directory.models import Area, Unit
from linli.plans import actions
from linli.plans.actions import BodyDraft
from linli.plans.models import Body


def found(town: Town, *, at: datetime) -> Body:
    """Found what a town lacks of its three bodies, from the top; return the joint meeting."""
    bodies: dict[str, Body] = {}
    above: Body | None = None
    for kind, words, chair, offices in rows("bodies.tsv"):
        name = town.name + words
        above = bodies[kind] = Body.objects.filter(name=name).first() or actions.found_body(
            by=people.planner(town),
            at=at,
            draft=BodyDraft(
                name=name,
                kind=kind,
                area=Area.objects.get(code=town.code),
                above=above,
                units=tuple(_unit(town, office) for office in offices.split()),
                chair=_unit(town, chair),
            ),
        )
    return bodies["joint_meeting"]


def _unit(town: Town, office: str) -> Unit:
    return Unit.objects.get(name=unit_name(town, office))
