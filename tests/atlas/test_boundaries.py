"""The demo's boundaries: invented, without gaps, the same in every town that is filled."""

import shapely

from linli.demo import boundaries


def test_the_demo_is_drawn_without_gaps():
    drawn = boundaries.boundaries()
    for parent, parts in boundaries._tiles().items():
        cells = [drawn[code] for code in parts]
        assert shapely.coverage_is_valid(cells), parent
        whole = shapely.coverage_union_all(cells)
        assert whole.geom_type == "Polygon", parent
        assert not whole.interiors, parent
    boundaries.boundaries.cache_clear()
    again = boundaries.boundaries()
    assert all(again[code].equals_exact(shape) for code, shape in drawn.items())
