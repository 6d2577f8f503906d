"""How much of what is said is a figure, and how much a bound, a guess or hearsay.

    python examples/how_sure_are_the_figures.py

counts, for each kind of claimant, how many claims state a figure, how many only bounds, and how many name no period;
then the chain of each figure that went through somebody else's hands, with the grades of source and information. An
average over such claims would treat "millions" and "about 1.6 million" alike.
"""

import polars as pl

import quantclaims


def main() -> None:
    """Print the counts and the chains."""
    claims = quantclaims.load_claims()
    stated = pl.col("qualifier").cast(pl.String).is_in(["exact", "approximately"])
    counts = (
        claims.filter(~pl.col("is_denial"))
        .group_by(pl.col("claimant_type").cast(pl.String))
        .agg(
            claims=pl.len(),
            figures=stated.sum(),
            bounds_only=(~stated).sum(),
            not_asserted=(pl.col("stance").cast(pl.String) != "asserted").sum(),
            without_period=pl.col("period").is_null().sum(),
        )
        .sort("claims", "claimant_type", descending=[True, False])
    )
    with pl.Config(tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True):
        print(counts)
    for row in claims.filter(pl.col("via").list.len() > 0).iter_rows(named=True):
        chain = " ← ".join([row["claimant"] or row["claimant_text"], *row["via"]])
        grade = f"{row['source_reliability']}{row['information_credibility']}"
        print(f"{grade} {chain}: “{row['quote']}”")


if __name__ == "__main__":
    main()
