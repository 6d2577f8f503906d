"""Numerals as printed: figures, words, parts, indefinite amounts and ranges."""
