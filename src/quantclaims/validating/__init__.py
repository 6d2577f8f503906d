"""Rows of any origin against the contract: read a file, check it, report what is wrong with it where it stands.

``files`` opens a file and says what it is; ``csv_tables``, ``json_lines`` and ``parquet_tables`` read its cells;
``readers`` makes typed rows of them; ``checking`` holds these against the rules; ``reports`` writes what was found.
"""
