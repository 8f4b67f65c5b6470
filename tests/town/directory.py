"""Areas and units for tests."""

from linli.directory.models import Area, Unit
from linli.kernel.codes import new_code


def area(code="620200", *, name="嘉峪关市", level="city", parent=None):
    made, _ = Area.objects.get_or_create(
        code=code, defaults={"name": name, "level": level, "parent": parent, "from_year": 1981}
    )
    return made


def unit(name="嘉峪关市人力资源和社会保障局", *, area=None, **overrides):
    area = area or globals()["area"]()
    given = {"kind": "department", "area": area, "code": new_code()} | overrides
    made, _ = Unit.objects.get_or_create(name=name, defaults=given)
    return made
