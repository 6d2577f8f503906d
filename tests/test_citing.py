"""Citations as reference managers read them, fingerprints that anybody can compute again, columns in words."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import rispy
import yaml
from pybtex.database import parse_string

import quantclaims
from quantclaims import citing, released
from quantclaims.citing import FORMS, TITLE, Citation, CiteError, cite
from quantclaims.describing import TABLES
from quantclaims.storage.datacite import CREATOR
from quantclaims.storage.write import write_dataset

Row = dict[str, Any]
ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("quantclaims")
C4ADS = "2024-07-19-pl-solidarity#1590"
FINGERPRINT = "0123456789abcdef" * 4
HOSTILE = Citation(
    key="quantclaims-1.2.0-ł#7",
    title='50 % of {A & B_C}: “$1 \\ ~ ^ #2”\nTY  - BOOK, "x"',
    container=TITLE,
    version="1.2.0",
    fingerprint=FINGERPRINT,
    released=date(2026, 12, 1),
    note="In the article a_b: 100 % & more",
    url="https://example.org/a_b?c=%20&d=~e",
)


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, cwd=cwd, check=False)


def test_the_dataset_is_cited_with_version_and_fingerprint() -> None:
    said = cite()
    described = json.loads((ROOT / "dataset" / "datapackage.json").read_text(encoding="utf-8"))
    assert said.startswith(f"{CREATOR}. ")
    assert f"Version {quantclaims.__version__}; fingerprint {described['resources'][0]['fingerprint'][:12]}" in said
    assert described["resources"][0]["name"] == "claims"


def test_a_row_is_cited_with_its_words_and_article() -> None:
    said = cite(C4ADS)
    assert C4ADS in said
    assert "“około 1,6 mln pocisków artyleryjskich”, Center for Advanced Defense Studies (C4ADS)" in said
    assert "In the article 2024-07-19-pl-solidarity: " in said
    assert said.endswith(", about 2024-07-19.")


def test_the_citation_file_says_the_same() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (said["title"], said["version"], said["authors"]) == (TITLE, quantclaims.__version__, [{"name": CREATOR}])


@pytest.mark.parametrize("cited", [HOSTILE, HOSTILE._replace(released=None, url=None, container=None, note="")])
def test_bibtex_is_read_back(cited: Citation) -> None:
    (entry,) = parse_string(FORMS["bibtex"](cited), "bibtex").entries.values()
    assert (entry.type, entry.fields["version"]) == ("misc", "1.2.0")
    assert entry.fields.get("year") == ("2026" if cited.released else None)
    assert entry.fields.get("url") == cited.url
    assert FINGERPRINT in entry.fields["note"]
    (author,) = entry.persons["author"]
    assert f"{author}" == f"{{{CREATOR}}}"
    assert entry.fields["title"] == (
        r"{50 \% of \{A \& B\_C\}: “\$1 \textbackslash{} \textasciitilde{} \textasciicircum{} \#2” TY - BOOK, " '"x"}'
    )


@pytest.mark.parametrize("cited", [HOSTILE, HOSTILE._replace(released=None, url=None, container=None, note="")])
def test_ris_is_read_back(cited: Citation) -> None:
    (entry,) = rispy.loads(FORMS["ris"](cited))
    assert entry["type_of_reference"] == "DATA"
    assert entry["title"] == " ".join(cited.title.split())
    assert entry["authors"] == [CREATOR]
    assert entry.get("year") == ("2026" if cited.released else None)
    assert entry.get("urls", [None])[0] == cited.url
    assert FINGERPRINT in entry["notes"][0]


def test_csl_keeps_every_character() -> None:
    (item,) = json.loads(FORMS["csl"](HOSTILE))
    assert (item["title"], item["issued"], item["URL"]) == (HOSTILE.title, {"date-parts": [[2026, 12, 1]]}, HOSTILE.url)
    (item,) = json.loads(FORMS["csl"](HOSTILE._replace(released=None)))
    assert "issued" not in item
    assert all(item.values())


def test_apa_has_no_year_before_the_release() -> None:
    assert FORMS["apa"](HOSTILE).startswith(f"{CREATOR}. (2026). 50 % of")
    assert FORMS["apa"](HOSTILE).endswith(f"In the article a_b: 100 % & more. {HOSTILE.url}")
    assert FORMS["apa"](HOSTILE._replace(released=None)).startswith(f"{CREATOR}. (n.d.). ")


@pytest.mark.parametrize("form", FORMS)
def test_cite_on_the_command_line(form: str) -> None:
    done = run("cite", C4ADS, "--format", form)
    assert (done.returncode, done.stdout) == (0, cite(C4ADS, form) + "\n")
    assert run("cite").stdout == cite() + "\n"


def test_what_cannot_be_cited() -> None:
    done = run("cite", C4ADS[:-1])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"no claim {C4ADS[:-1]!r} in version {quantclaims.__version__}: did you mean {C4ADS}?\n"
    with pytest.raises(CiteError, match=f"the dataset has {quantclaims.load_claims().height} claims$"):
        cite("nothing")
    with pytest.raises(ValueError, match="did you mean bibtex"):
        cite(form="bibtec")


CITATIONS: dict[str, tuple[str, date | None]] = {
    "released": ('version: "1.2.0"\ndate-released: "2026-12-01"\n', date(2026, 12, 1)),
    "another version": ('version: "1.1.0"\ndate-released: "2026-12-01"\n', None),
    "not released": ('version: "1.2.0"\nlicense: x\n', None),
}


@pytest.mark.parametrize(("text", "day"), CITATIONS.values(), ids=CITATIONS.keys())
def test_the_day_of_a_release(text: str, day: date | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(released, "CITATION", tmp_path / "CITATION.cff")
    assert released.find_released("1.2.0") is None
    (tmp_path / "CITATION.cff").write_text(f"cff-version: 1.2.0\n{text}type: dataset\n", encoding="utf-8")
    assert released.find_released("1.2.0") == day


def test_a_released_dataset_is_cited_with_its_year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"created": "2026-12-01T00:00:00Z", "resources": [{"name": "claims", "fingerprint": FINGERPRINT}]})
    )
    monkeypatch.setattr(citing, "files", lambda _: tmp_path)
    assert cite().startswith(f"{CREATOR}. (2026). ")


# Fingerprints


@pytest.fixture
def written(tmp_path: Path, claim_rows: list[Row], article_rows: list[Row]) -> Path:
    write_dataset(claim_rows, article_rows, tmp_path)
    return tmp_path


def test_the_same_rows_have_one_fingerprint(written: Path) -> None:
    described = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    claims, articles = (each["fingerprint"] for each in described["resources"])
    frame = pl.read_parquet(written / "claims.parquet")
    frame.reverse().write_parquet(written / "reversed.parquet", compression="snappy")
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    texts = frame.with_columns(pl.col(*lists).cast(pl.List(pl.String)).list.join(";"))
    texts.write_csv(written / "claims.csv")
    done = run("fingerprint", "claims.parquet", "articles.parquet", "reversed.parquet", "claims.csv", cwd=written)
    assert done.stdout.splitlines() == [
        f"{claims}  claims.parquet",
        f"{articles}  articles.parquet",
        f"{claims}  reversed.parquet",
        f"{claims}  claims.csv",
    ]
    assert done.returncode == 0


def test_rows_that_are_not_whole_have_no_fingerprint(written: Path) -> None:
    pl.read_parquet(written / "claims.parquet").drop("value").write_parquet(written / "less.parquet")
    done = run("fingerprint", "less.parquet", "none.parquet", "articles.parquet", cwd=written)
    assert done.returncode == 2
    assert run("fingerprint", "less.parquet", cwd=written).returncode == 1
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["articles.parquet"]
    assert done.stderr.splitlines()[0].startswith("less.parquet: value: the column is missing")
    assert done.stderr.splitlines()[1].startswith("none.parquet: ")


def test_another_program_computes_the_same_fingerprint() -> None:
    """By the description alone: RFC 8785 of each row, sorted, a line each."""
    claims = quantclaims.load_claims()
    lines = []
    for row in claims.iter_rows(named=True):
        plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
        whole = {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in plain.items()}
        lines.append(json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    digest = hashlib.sha256(b"".join(line + b"\n" for line in sorted(lines))).hexdigest()
    described = json.loads((ROOT / "dataset" / "datapackage.json").read_text(encoding="utf-8"))
    assert digest == described["resources"][0]["fingerprint"]


# Columns in words


def test_every_column_is_described() -> None:
    for table, fields in TABLES.items():
        for field in fields():
            said = quantclaims.describe(field.name, table)
            assert (said.table, said.description, said.unit) == (table, field.description, field.unit)
            assert said.values == (field.categories or ())
            assert field.description in str(said)


DESCRIBED: dict[str, Callable[[str], bool]] = {
    "stance": lambda text: "values: asserted, possible, planned, demanded (vocabularies/stances.toml)" in text,
    "items": lambda text: text.startswith("claims.items: List(Enum), never null\n") and " ids (vocab" in text,
    "period_start": lambda text: text.startswith("claims.period_start: Date, may be null\n"),
    "title": lambda text: text.startswith("articles.title: String, may be null\n"),
}


@pytest.mark.parametrize(("name", "holds"), DESCRIBED.items())
def test_a_description_is_short(name: str, holds: Callable[[str], bool]) -> None:
    text = str(quantclaims.describe(name))
    assert holds(text), text
    assert len(text.splitlines()) <= 5


def test_unknown_columns() -> None:
    with pytest.raises(ValueError, match="no column 'valu_low': did you mean value_low"):
        quantclaims.describe("valu_low")
    with pytest.raises(ValueError, match="no table 'claim': did you mean claims"):
        quantclaims.describe("value", "claim")


def test_pandas_and_parquet_tell_what_columns_mean(written: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pip install pandas")
    attributes = pandas.read_parquet(written / "claims.parquet").attrs
    assert attributes["license"] == "CC-BY-4.0"
    for name in ("value_low", "quote_start", "stance"):
        said = quantclaims.describe(name)
        parts = {"description": said.description, "unit": said.unit, "source": said.source}
        parts |= {"vocabulary": said.vocabulary}
        assert attributes["columns"][name] == {key: value for key, value in parts.items() if value}
    assert list(attributes["columns"]) == [field.name for field in TABLES["claims"]()]
