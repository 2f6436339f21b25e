"""units = market size x share."""

from experts.core.contract import Model
from experts.core.quantities import NonNegativeVolume, Share, Volume


class Demand(Model):
    units: Volume
    method: str = "size x share"


def estimate_demand(size: NonNegativeVolume, share: Share) -> Demand:
    """Estimate how many units a market takes."""
    return Demand(units=size * share)
