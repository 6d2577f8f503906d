"""Build the dataset: read the articles, extract their claims, apply the reviews, validate, write.

python build.py [--articles DIR] [--out DIR] [--explorer]; by default from dataset/articles beside this file into
dataset. The steps, in this order, are `quantclaims.build.build_dataset`. The page to look at it with is made only when
asked for: it takes longer than all the rest, and libraries that nothing else needs.
"""

from pathlib import Path
from typing import Annotated

import typer

from quantclaims.cli import ArticlesOption, OutOption, make_app
from quantclaims.startup import start_lean
from quantclaims.terminal import run_build

DATASET = Path(__file__).parent / "dataset"
app = make_app()


@app.command()
def main(
    articles: ArticlesOption = DATASET / "articles",
    out: OutOption = DATASET,
    explorer: Annotated[bool, typer.Option("--explorer", help="Write explorer.html, too (extra explore).")] = False,
) -> None:
    """Build the dataset from a folder of articles; nothing is written when anything is wrong with them."""
    code = run_build(articles, out)
    if explorer and code == 0:
        from quantclaims.exploring.command import run_explore

        code = run_explore(out, articles, out / "explorer.html")
    raise typer.Exit(code)


if __name__ == "__main__":
    start_lean()
    app()
