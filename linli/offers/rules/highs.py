"""Linear programmes, solved by HiGHS: the one place where the library is called. Pure, the same every time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_NODES = (
    2_000  # branches looked at for whole numbers: a count, not a time, so that all machines agree
)


@dataclass(slots=True)
class Programme:
    """One linear programme: what each variable gains, and limits, each over some variables."""

    gains: list[float]
    limits: list[tuple[float, list[int]]]

    def chosen(self, *, whole: bool = False) -> list[int]:
        """Return which variables are taken at most once each, for the greatest gain within all limits.

        whole: ask for whole numbers. Without it they come whole by themselves when every variable stands
        in two limits at most, one of a row and one of a column.
        """
        import highspy  # noqa: PLC0415 - numpy comes with it: only who solves pays for it

        count = len(self.gains)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(self.limits)
        lp.col_cost_ = [-gain for gain in self.gains]
        lp.col_lower_, lp.col_upper_ = [0.0] * count, [1.0] * count
        lp.row_lower_ = [-highspy.kHighsInf] * len(self.limits)
        lp.row_upper_ = [limit for limit, _over in self.limits]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        index = [one for _limit, over in self.limits for one in over]
        starts = [0]
        for _limit, over in self.limits:
            starts.append(starts[-1] + len(over))
        lp.a_matrix_.start_, lp.a_matrix_.index_ = starts, index
        lp.a_matrix_.value_ = [1.0] * len(index)
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * count
        new: Callable[[], Any] = highspy.Highs  # the library has no types for it
        solver = new()
        for name, value in _options(whole=whole).items():
            solver.setOptionValue(name, value)
        solver.passModel(lp)
        solver.run()
        return [n for n, taken in enumerate(solver.getSolution().col_value) if taken > 0.5]


def _options(*, whole: bool) -> dict[str, bool | float | str]:
    said: dict[str, bool | float | str] = {"output_flag": False, "threads": 1, "random_seed": 0}
    if whole:
        return said | {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-7, "mip_max_nodes": _NODES}
    return said | {"presolve": "off", "solver": "simplex"}
