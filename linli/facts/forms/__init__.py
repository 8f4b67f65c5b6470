"""What people give the facts engine."""

from linli.facts.forms.deeds import DeedForm, RecordForm, SaidForm
from linli.facts.forms.indicators import IndicatorFilterForm, IndicatorForm
from linli.facts.forms.tables import BringForm, ConfirmForm, LayoutForm

__all__ = [
    "BringForm",
    "ConfirmForm",
    "DeedForm",
    "IndicatorFilterForm",
    "IndicatorForm",
    "LayoutForm",
    "RecordForm",
    "SaidForm",
]
