"""One HTML file to look at a dataset with, offline: rows, charts of a question, and every claim in its passage."""
