"""Build the dataset: read the articles, extract their claims, apply the reviews, validate, write.

python build.py [--articles DIR] [--out DIR]; by default from dataset/articles beside this file into dataset. The steps,
in this order, are `quantclaims.build.build_dataset`.
"""

from pathlib import Path

import typer

from quantclaims.cli import ArticlesOption, OutOption, make_app
from quantclaims.startup import start_lean
from quantclaims.terminal import run_build

DATASET = Path(__file__).parent / "dataset"
app = make_app()


@app.command()
def main(articles: ArticlesOption = DATASET / "articles", out: OutOption = DATASET) -> None:
    """Build the dataset from a folder of articles; nothing is written when anything is wrong with them."""
    raise typer.Exit(run_build(articles, out))


if __name__ == "__main__":
    start_lean()
    app()
