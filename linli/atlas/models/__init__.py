"""Products and releases, layers, dashboards, exhibitions."""

from linli.atlas.models.access import BusRun, BusStop, BusTable, TownGround
from linli.atlas.models.board import Board, BoardEdition, BoardTile
from linli.atlas.models.cell_citation import CellCitation
from linli.atlas.models.exhibition import Exhibition, ExhibitionEdition, Work
from linli.atlas.models.layer import Layer, Shape
from linli.atlas.models.layout import LayoutTile
from linli.atlas.models.product import Product, ProductFigure
from linli.atlas.models.rate import Rate
from linli.atlas.models.release import Release, ReleasedCell

__all__ = [
    "Board",
    "BoardEdition",
    "BoardTile",
    "BusRun",
    "BusStop",
    "BusTable",
    "CellCitation",
    "Exhibition",
    "ExhibitionEdition",
    "Layer",
    "LayoutTile",
    "Product",
    "ProductFigure",
    "Rate",
    "Release",
    "ReleasedCell",
    "Shape",
    "TownGround",
    "Work",
]
