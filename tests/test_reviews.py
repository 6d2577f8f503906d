"""Decisions of people on rows: applied as long as the machine still says what they were made on."""

from datetime import date
from pathlib import Path

import pytest

from quantclaims.records import Claim
from quantclaims.reviews import COLUMNS, DECISIONS, FIXED, apply_reviews, field_types, format_value, parse_value
from quantclaims.schemas import review as contract
from quantclaims.schemas.vocabularies import load_vocabulary

HEADER = ",".join(COLUMNS) + "\n"
DATASET = Path(__file__).parents[1] / "dataset"


def make_claim(claim_id: str = "a#5", value: float | None = 300.0) -> Claim:
    empty: dict[str, object] = dict.fromkeys(Claim._fields)
    return Claim(**(empty | {  # type: ignore[arg-type] # only what the reviews look at is filled in
        "claim_id": claim_id, "article_id": "a", "quote": "300 drones, and more", "value": value, "items": ("drone",),
        "is_denial": False, "period": "2024-01", "mentions": 2, "review": "machine",
        "period_start": date(2024, 1, 1), "period_end": date(2024, 1, 31), "topic_key": "-|drone|-|-",
        "source_reliability": "F",
    }))  # fmt: skip


def review(folder: Path, *lines: str, claims: list[Claim] | None = None) -> tuple[list[Claim], list[str]]:
    path = folder / "reviews.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    made, problems = apply_reviews([make_claim()] if claims is None else claims, path)
    return made, [str(problem).removeprefix(str(folder) + "/") for problem in problems]


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert apply_reviews([make_claim()], tmp_path / "reviews.csv") == ([make_claim()], [])


def test_the_dataset_has_its_header() -> None:
    assert (DATASET / "reviews.csv").read_text(encoding="utf-8").startswith(HEADER)


def test_confirm_a_row(tmp_path: Path) -> None:
    claims, problems = review(tmp_path, 'a#5,confirm,,"300 drones, and more",,Ann,2024-05-06,')
    assert (claims, problems) == ([make_claim()._replace(review="confirmed")], [])


def test_reject_a_row(tmp_path: Path) -> None:
    others = [make_claim(), make_claim("a#9")]
    claims, problems = review(tmp_path, "a#5,reject,value,300,,Ann,2024-05-06,a price", claims=others)
    assert (claims, problems) == ([make_claim("a#9")], [])


@pytest.mark.parametrize(
    ("field", "expect", "value", "made"),
    [
        ("value", "300", "2.5e3", 2500.0),
        ("value", "300", "", None),
        ("items", "drone", "drone;rocket", ("drone", "rocket")),
        ("is_denial", "false", "true", True),
        ("actor", "", "RUS", "RUS"),
        ("mentions", "2", "3", 3),
    ],
)
def test_correct_a_field(tmp_path: Path, field: str, expect: str, value: str, made: object) -> None:
    claims, problems = review(tmp_path, f"a#5,correct,{field},{expect},{value},Ann,2024-05-06,")
    key = {"items": "-|drone+rocket|-|-", "actor": "-|drone|RUS|-"}.get(field, "-|drone|-|-")
    corrected: dict[str, object] = {field: made, "review": "corrected", "topic_key": key}
    assert (claims, problems) == ([make_claim()._replace(**corrected)], [])  # type: ignore[arg-type]


def test_what_follows_from_a_corrected_field_follows_it(tmp_path: Path) -> None:
    claims, problems = review(
        tmp_path,
        "a#5,correct,period,2024-01,2024-02/..,Ann,2024-05-06,",
        "a#5,correct,claimant,,kp-government,Ann,2024-05-06,",
    )
    (claim,) = claims
    assert problems == []
    assert (claim.period, claim.period_start, claim.period_end) == ("2024-02/..", date(2024, 2, 1), None)
    assert (claim.claimant, claim.claimant_country, claim.claimant_type) == ("kp-government", "PRK", "government")
    assert claim.source_reliability == load_vocabulary("claimants")["kp-government"].details["reliability"]


def test_two_fields_of_a_row_and_a_confirmation(tmp_path: Path) -> None:
    claims, problems = review(
        tmp_path,
        "a#5,correct,value,300,301,Ann,2024-05-06,",
        "a#5,correct,actor,,RUS,Ann,2024-05-06,",
        "a#5,confirm,mentions,2,,Bo,2024-05-06,",
    )
    assert problems == []
    assert (claims[0].value, claims[0].actor, claims[0].review) == (301.0, "RUS", "corrected")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "a#5,confirm,value,200,,Ann,2024-05-06,",
            "value of a#5 is '300', the decision was made on '200': decide again and write what it is now into expect",
        ),
        (
            "a#6,confirm,value,300,,Ann,2024-05-06,",
            "there is no claim 'a#6' any more: look at the article's claims again, then change or remove the line",
        ),
        ("a#5,konfirm,value,300,,Ann,2024-05-06,", "unknown decision 'konfirm': did you mean confirm?"),
        ("a#5,correct,valu,300,,Ann,2024-05-06,", "unknown field 'valu': did you mean value?"),
        ("a#5,correct,value,300,many,Ann,2024-05-06,", "'many' is no number: correct the value for value"),
        (
            "a#5,correct,period,2024-01,January,Ann,2024-05-06,",
            "'January' is no EDTF date: write YYYY, YYYY-MM, YYYY-MM-DD (perhaps with ~), or two of them with '/'",
        ),
        (
            "a#5,correct,period_end,2024-01-31,2024-02-29,Ann,2024-05-06,",
            "period_end cannot be corrected: correct the field that it follows from",
        ),
        ("a#5,correct,mentions,2,,Ann,2024-05-06,", "'' is no whole number: correct the value for mentions"),
        ("a#5,correct,is_denial,false,no,Ann,2024-05-06,", "'no' is no true or false: correct the value for is_denial"),
        (
            "a#5,correct,review,machine,x,Ann,2024-05-06,",
            "review cannot be corrected: correct the field that it follows from",
        ),
        (
            'a#5,correct,,"300 drones, and more",x,Ann,2024-05-06,',
            "names no field to correct: write one into the column field",
        ),
        ("a#5,confirm,value,300,,,2024-05-06,", "nobody is named as reviewer: write who decided"),
        ("a#5,confirm,value,300,,Ann,6 May,", "date '6 May' is no day: write it as YYYY-MM-DD"),
        ("a#5,confirm,value,300", "has 4 columns, not 8: correct the line"),
    ],
)  # fmt: skip
def test_decisions_that_do_not_apply(tmp_path: Path, line: str, problem: str) -> None:
    claims, problems = review(tmp_path, "a#5,confirm,mentions,2,,Bo,2024-05-06,", line)
    assert problems == [f"reviews.csv:3: {problem}"]
    assert claims == [make_claim()._replace(review="confirmed")]


def test_a_rejected_row_takes_no_other_decision(tmp_path: Path) -> None:
    claims, problems = review(
        tmp_path, "a#5,reject,value,300,,Ann,2024-05-06,", "a#5,confirm,value,300,,Bo,2024-05-07,"
    )
    assert claims == []
    assert problems == ["reviews.csv:3: a#5 is rejected by an earlier line: remove one of the two"]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    _, problems = review(
        tmp_path, 'a#5,confirm,mentions,2,,Bo,2024-05-06,"two\nlines"', "", "a#6,confirm,,,,Bo,2024-05-06,"
    )
    assert [problem.partition(": ")[0] for problem in problems] == ["reviews.csv:5"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"claim,decision\n", f"reviews.csv:1: has another header: write {HEADER.strip()}"),
        (b"", f"reviews.csv:1: has another header: write {HEADER.strip()}"),
        (HEADER.encode() + b"\xb3\n", "reviews.csv: is not UTF-8: save it as UTF-8"),
        (HEADER.encode() + b'"a\n', "reviews.csv: is no CSV, unexpected end of data: close its quotation marks"),
    ],
)
def test_files_that_are_no_reviews(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes(content)
    claims, problems = apply_reviews([make_claim()], path)
    assert claims == [make_claim()]
    assert [str(found).removeprefix(str(tmp_path) + "/") for found in problems] == [problem]


def test_every_field_can_be_written_and_read_back() -> None:
    samples = {float: 2.5, int: 3, str: "x", bool: True, tuple: ("x", "y"), date: date(2024, 1, 31)}
    for field, types in field_types().items():
        sample = next(samples[option] for option in types if option in samples)
        assert parse_value(field, format_value(sample)) == sample
        if type(None) in types:
            assert parse_value(field, format_value(None)) is None


def test_the_contract_says_the_same() -> None:
    assert tuple(contract.COLUMNS) == COLUMNS
    assert contract.DECISIONS == DECISIONS
    assert contract.correctable() == set(Claim._fields) - FIXED
