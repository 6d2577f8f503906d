"""What was denied, by whom, and whether anybody says otherwise.

    python examples/who_denied_what.py

lists every denial with the time that it covers, and beside it the figures that independent claimants give for any part
of that time. A denial made in 2022 says nothing of 2023: figures of later periods do not contradict it, and are listed
as what came after.
"""

import polars as pl

import quantclaims
from quantclaims.analysis import write_figure


def main() -> None:
    """Print each denial and what stands against it."""
    claims = quantclaims.load_claims()
    for denial in claims.filter("is_denial").sort("stated_end", "claim_id").iter_rows(named=True):
        until = denial["period_end"]
        print(f"{denial['claimant']} ({denial['period']}): “{denial['quote']}”")
        others = claims.filter(
            ~pl.col("is_denial"),
            pl.col("predicate") == denial["predicate"],
            pl.col("actor") == denial["actor"],
            pl.col("counterparty") == denial["counterparty"],
        )
        for row in others.iter_rows(named=True):
            when = "about the same time" if until is None or row["period_start"] <= until else "later"
            print(f"  {when}: {row['claimant']} says {write_figure(row)} ({row['period']})")
        if others.is_empty():
            print("  nobody gives a figure")


if __name__ == "__main__":
    main()
