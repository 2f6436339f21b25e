"""The airline model, ARIMA(0,1,1)(0,1,1)s: fit, forecast and variance (Box & Jenkins, Time Series Analysis, chapter 9).

(1 - B)(1 - B^s) y = (1 + ma B)(1 + sma B^s) e, B the step back; on logarithms where every value is above zero. Fitted by
the conditional sum of squares (errors before the start zero), over a grid and then by a compass search.
"""

import math
from dataclasses import dataclass

_EDGE = 0.98
_GRID = (-0.8, -0.5, -0.2, 0.1, 0.4)
_FURTHEST = 100.0
"""The largest logarithm taken back: beyond it a value is out of every range."""


@dataclass(frozen=True)
class Airline:
    """The fitted model: the series it works on, its one-step errors and the two parameters."""

    series: list[float]
    season: int
    errors: list[float]
    ma: float
    sma: float
    logs: bool

    def ahead(self, count: int) -> list[float]:
        """Forecasts on the scale of the history; with logarithms the median."""
        return [self._back(value) for value in self._forecast(count)]

    def band(self, count: int, reach: float) -> tuple[list[float], list[float]]:
        """Ends of the interval of `reach` standard errors; with logarithms wider above than below."""
        points, total, ends = self._forecast(count), 0.0, []
        sigma = math.sqrt(sum(error * error for error in self.errors) / max(len(self.errors) - 2, 1))
        for point, weight in zip(points, self._weights(count), strict=True):
            total += weight * weight
            ends.append((point, reach * sigma * math.sqrt(total)))
        return [self._back(p - w) for p, w in ends], [self._back(p + w) for p, w in ends]

    def _back(self, value: float) -> float:
        return math.exp(min(value, _FURTHEST)) if self.logs else value

    def _forecast(self, count: int) -> list[float]:
        values, errors, s = list(self.series), list(self.errors), self.season
        for _ in range(count):
            moving = self.ma * errors[-1] + self.sma * _at(errors, s) + self.ma * self.sma * _at(errors, s + 1)
            values.append(values[-1] + values[-s] - values[-s - 1] + moving)
            errors.append(0.0)
        return values[len(self.series) :]

    def _weights(self, count: int) -> list[float]:
        """What an error now adds to each later value (the psi weights)."""
        found: list[float] = []
        for at in range(count):
            own = {0: 1.0, 1: self.ma, self.season: self.sma, self.season + 1: self.ma * self.sma}.get(at, 0.0)
            before = [found[at - lag] if at >= lag else 0.0 for lag in (1, self.season, self.season + 1)]
            found.append(own + before[0] + before[1] - before[2])
        return found


def airline(series: list[float], season: int) -> Airline:
    """The model fitted to the whole series, which has more than a season and one values."""
    logs = min(series) > 0
    values = [math.log(value) for value in series] if logs else series
    changes = [
        values[at] - values[at - 1] - values[at - season] + values[at - season - 1]
        for at in range(season + 1, len(values))
    ]

    def loss(ma: float, sma: float) -> float:
        return sum(error * error for error in _errors(changes, season, ma, sma))

    best = min(((ma, sma) for ma in _GRID for sma in _GRID), key=lambda at: loss(*at))
    least, step = loss(*best), 0.1
    while step > 1e-5:
        moved = False
        for ma, sma in ((step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)):
            point = (_inside(best[0] + ma), _inside(best[1] + sma))
            found = loss(*point)
            if found < least * (1 - 1e-12):
                best, least, moved = point, found, True
        step = step if moved else step / 2
    return Airline(values, season, _errors(changes, season, *best), *best, logs)


def _errors(changes: list[float], season: int, ma: float, sma: float) -> list[float]:
    errors = [0.0] * (season + 1)  # before the start
    both = ma * sma
    for at, change in enumerate(changes):
        errors.append(change - ma * errors[-1] - sma * errors[at + 1] - both * errors[at])
    return errors[season + 1 :]


def _at(errors: list[float], back: int) -> float:
    return errors[-back] if len(errors) >= back else 0.0


def _inside(value: float) -> float:
    return min(max(value, -_EDGE), _EDGE)
