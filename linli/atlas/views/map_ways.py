"""What the console's pages of layers and schematic maps share: who may come, ways between them, words."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.atlas.models import Layer
from linli.kernel.actors import Role
from linli.kernel.text import Words

KEEPERS: Final = (Role.PLANNER,)
READERS: Final = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)
DO: Final = ["GET", "HEAD", "POST"]


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk through the layers."""
    here = reverse("atlas:layers") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Map layers"), here), *steps]


def stand(layer: Layer) -> tuple[str, Words]:
    """Return how a layer stands: a state and its word."""
    if layer.withdrawn_at:
        return "plain", gettext_lazy("withdrawn")
    if layer.public:
        return "done", gettext_lazy("shown to everybody")
    if layer.approval_no:
        return "note", gettext_lazy("inside, with its approval number")
    return "soon", gettext_lazy("inside, without an approval number")
