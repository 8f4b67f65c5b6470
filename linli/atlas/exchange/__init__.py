"""What programs read: catalogue, packages, features."""

from linli.atlas.exchange.exports import EXPORTS

__all__ = ["EXPORTS"]
