"""The one field for amounts: people write yuan, the code gets whole fen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.funds.rules import amounts
from linli.kernel.text import Words

_WRONGS: dict[str, Words] = {
    "unreadable": _("Write an amount in yuan, such as 1,125,240.00."),
    "too_fine": _("An amount has no more than two decimals: a fen is not divided."),
    "too_large": _("This amount is too large."),
    "not_above_zero": _("Give an amount above zero."),
}


class YuanField(forms.CharField):
    """An amount in yuan, as people write it; in cleaned data, whole fen. `from_zero`: nothing is an amount too."""

    def __init__(self, *, from_zero: bool = False, **given: Any) -> None:
        self.from_zero = from_zero
        given.setdefault("label", _("Amount in yuan"))
        super().__init__(**{"max_length": 40} | given)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a telephone for its digits, and say which way they run."""
        more = {"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}
        return super().widget_attrs(widget) | more

    def prepare_value(self, value: object) -> object:
        """Show fen as yuan; what was typed stays as it was typed."""
        return amounts.yuan(value) if isinstance(value, int) else value

    def clean(self, value: object) -> int | None:
        """Return the amount in fen; None where none was given and none is needed."""
        if self.disabled and isinstance(value, int):
            return value
        written = super().clean(value)
        if not written:
            return None
        try:
            fen = amounts.fen_of(written)
        except amounts.NotAnAmount as wrong:
            raise forms.ValidationError(str(_WRONGS[wrong.code]), code=wrong.code) from wrong
        if not fen and not self.from_zero:
            raise forms.ValidationError(str(_WRONGS["not_above_zero"]), code="not_above_zero")
        return fen

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare what is shown with what came back."""
        return super().has_changed(self.prepare_value(initial), data)
