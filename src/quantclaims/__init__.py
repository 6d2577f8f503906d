"""Numeric claims in news articles: who says how many, of what, over which period, how sure."""

from importlib.metadata import version

__version__ = version("quantclaims")
