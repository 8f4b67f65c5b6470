"""What is made and sold: products, and their lots, each with an address of its own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.signed import Signed
from linli.trace.models.operator import Operator, Premises


class Product(Signed):
    """One product of an operator; `gtin` of fourteen digits where the operator owns one, else null."""

    code = models.CharField(max_length=9, unique=True, editable=False)
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="products")
    name = models.CharField(_("Name"), max_length=120)
    names = models.JSONField(_("Names in other languages"), default=dict, blank=True)
    gtin = models.CharField(_("GTIN"), max_length=14, null=True, blank=True, unique=True)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["operator", "name", "id"]
        constraints = [
            models.CheckConstraint(name="product_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint("operator", "name", name="product_is_named_once"),
            models.CheckConstraint(
                name="product_gtin_is_fourteen_digits",
                condition=Q(gtin=None) | Q(gtin__regex=r"^[0-9]{14}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lot(Signed):
    """One lot of a product, as made at premises.

    `code`: ours, "L" with eight characters and a check (`rules.codes.lot_codes`); `number`: what the operator printed
    on it; `uri`: how events name it, the GS1 address of GTIN and lot, else "https://<our host>/q/<code>";
    `origin`: whom it was taken in from, if it was made elsewhere and came without a code (`made_on` is that day then).
    """

    code = models.CharField(max_length=10, unique=True, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="lots")
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="lots")
    number = models.CharField(_("Lot number"), max_length=20)
    made_on = models.DateField(_("Made on"))
    best_before = models.DateField(_("Best before"), null=True, blank=True)
    quantity = models.DecimalField(
        _("Quantity"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    unit_code = models.CharField(_("Unit"), max_length=3, blank=True)  # UN/CEFACT: KGM, H87 …
    uri = models.CharField(max_length=200, unique=True, editable=False)
    origin = models.CharField(max_length=120, null=True, editable=False)  # noqa: DJ001 - null: made here

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.UniqueConstraint("product", "number", name="lot_is_numbered_once"),
            models.CheckConstraint(name="lot_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="lot_days_are_in_order",
                condition=Q(best_before=None) | Q(best_before__gte=F("made_on")),
            ),
        ]
        indexes = [models.Index(fields=["premises", "-made_on"], name="lot_of_premises")]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"
