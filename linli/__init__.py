"""Linli 邻里: from promise to proof. Services and accountability, never surveillance of people."""

__version__ = "0.1.0"
