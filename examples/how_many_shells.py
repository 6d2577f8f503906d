"""How many artillery shells North Korea sent Russia, according to whom.

    python examples/how_many_shells.py [--picture docs/shells.svg]

prints the answer of each claimant, with what the words leave open, and draws it with --picture (extra ``explore``).
Figures of one claimant about one period stand in one row; a claimant who denies that any weapons were sent at all
answers with none. Sums make no sense here: the periods overlap, and the claimants count the same shells.
"""

import argparse
from pathlib import Path

import polars as pl

import quantclaims

SHELLS = "transfer|artillery_shell|PRK|RUS"


def main() -> None:
    """Print the table, and draw it where that is asked for."""
    parser = argparse.ArgumentParser(description="Shells that North Korea sent Russia, by claimant.")
    parser.add_argument("--picture", type=Path, help="an SVG, PNG or HTML file to draw the answer in")
    options = parser.parse_args()
    claims = quantclaims.load_claims()
    shells = quantclaims.intervals(claims, SHELLS)
    with pl.Config(
        tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True, fmt_str_lengths=60, tbl_width_chars=120
    ):
        print(shells.select("name", "figure", "period", "stance", "claims"))
    for row in claims.filter(pl.col("claim_id").is_in(shells["claim_id"].implode())).iter_rows(named=True):
        print(f"\n{row['claim_id']}: “{row['quote']}”\n  {quantclaims.cite(row['claim_id'])}")
    if options.picture:
        from quantclaims.charts import plot_intervals

        plot_intervals(claims, SHELLS).save(options.picture)


if __name__ == "__main__":
    main()
