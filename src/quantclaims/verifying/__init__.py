"""Rows of any origin held against the texts of their articles: what a row claims, and what the text says instead."""
