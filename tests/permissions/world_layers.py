"""What the matrix asks of map layers: one that everybody sees, one inside, a file that was brought, a city of two parts."""

from datetime import timedelta

import shapely
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.atlas.views.layers_console import SALT
from linli.kernel import files
from tests.town import atlas_layers, directory

__all__ = ["SENT", "build"]
_PARTS = {"510104": shapely.box(104, 30, 104.1, 30.1), "510105": shapely.box(103.9, 30, 104, 30.1)}
_SAID = {
    "kind": "areas", "name": "成都市界", "source": "市自然资源局", "licence": "协议", "datum": "cgcs2000",
    "approval_no": "", "metres": 0,
}  # fmt: skip


def _data():
    return atlas_layers.geojson(
        atlas_layers.feature(shape, code=code) for code, shape in _PARTS.items()
    )


def build(*, at, hidden):
    """Return the parts of addresses."""
    city = directory.area("510100", name="成都市")
    for code, name in (("510104", "锦江区"), ("510105", "青羊区")):
        directory.area(code, name=name, level="county", parent=city)
    shown = atlas_layers.kept(at=at, shapes=_PARTS, public=True)
    inner = atlas_layers.kept(at=at, shapes=_PARTS, name=f"{hidden}内部", source=hidden)
    # What is set aside is held for a day: not the whole of it is over yet.
    brought = _SAID | {"digest": files.set_aside(_data(), at=at + timedelta(hours=23))}
    brought["public"] = False
    return {
        "shown layer": {"code": shown.code},
        "inner layer": {"code": inner.code},
        "file of shapes": {"token": signing.dumps(brought, salt=SALT, compress=True)},
        "forged file of shapes": {"token": signing.dumps(brought, salt="another")},
        "city of two parts": {"code": city.code},
        "place without parts": {"code": "510104"},
    }


SENT = {
    ("atlas:layer_bring", "valid"): lambda _has: (
        _SAID | {"file": SimpleUploadedFile("map.geojson", _data())}
    ),
    ("atlas:layer_publish", "valid"): lambda _has: {"approval_no": atlas_layers.NUMBER},
    ("atlas:layer_withdraw", "valid"): lambda _has: {"reason": "界线有误"},
    ("atlas:layout", "valid"): lambda _has: {
        "row_510104": 1, "column_510104": 2, "row_510105": 1, "column_510105": 1,
    },
    ("atlas:layout_move", "valid"): lambda _has: {"area": "510104", "step": "down"},
}  # fmt: skip
