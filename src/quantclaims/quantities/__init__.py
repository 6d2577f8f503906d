"""Quantities: hedge, number, unit or counted noun, and the numbers that are none."""
