"""Enid: software for running Balint groups."""

__version__ = "0.1.0"
