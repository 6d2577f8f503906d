"""What would be right in place of what is wrong: told where it can be told, and nowhere else."""

import pytest

from quantclaims.schemas import nearest
from quantclaims.schemas.nearest import Nearest, Row

CASES: list[tuple[Nearest, Row, str | None]] = [
    (nearest.edtf_of("period"), {"period": "2024/3/5"}, "2024-03-05"),
    (nearest.edtf_of("period"), {"period": "13.2024"}, None),
    (nearest.edtf_of("period"), {"period": "2024 – 2022"}, None),
    (nearest.edtf_of("period"), {"period": "25.12.2024"}, "2024-12-25"),
    (nearest.edtf_of("period"), {"period": "12/25/2024"}, "2024-12-25"),
    (nearest.edtf_of("period"), {"period": "32.12.2024"}, None),
    (nearest.bounds_of("period"), {"period": "../2024"}, "period_start = empty, period_end = 2024-12-31"),
    (nearest.bounds_of("period"), {"period": None}, "period_start = empty, period_end = empty"),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": None, "value_high": None}, "approximately"),
    (nearest.qualifiers_of, {"value": None, "value_low": None, "value_high": None}, None),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": 5.0, "value_high": 5.0}, "exact"),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": 4.0, "value_high": 6.0}, "between"),
    (nearest.qualifiers_of, {"value": None, "value_low": 4.0, "value_high": 6.0}, "between or order_of_magnitude"),
    (nearest.qualifiers_of, {"value": 5.0, "value_low": 5.0, "value_high": None}, "at_least or more_than"),
    (nearest.qualifiers_of, {"value": None, "value_low": None, "value_high": 5.0}, "at_most or less_than"),
    (nearest.qualifiers_of, {"value": 4.0, "value_low": None, "value_high": 5.0}, None),
    (nearest.clipped("confidence"), {"confidence": 95.0}, "0.95"),
    (nearest.clipped("confidence"), {"confidence": 101.0}, "1"),
    (nearest.clipped("confidence"), {"confidence": -0.5}, "0"),
    (nearest.clipped("confidence"), {"confidence": float("nan")}, None),
    (nearest.attributes_of, {"attributes": ["calibre = 152 mm"]}, "calibre=152 mm"),
    (nearest.attributes_of, {"attributes": ["nothing of ours=1"]}, None),
    (nearest.basis_of, {"period": None}, "unknown"),
    (nearest.basis_of, {"period": "2024"}, None),
    (nearest.file_name_of, {"article_id": "../drones 2#3"}, "drones-2-3"),
    (nearest.file_name_of, {"article_id": ".."}, None),
    (nearest.address_of, {"url": "example.org/a"}, "https://example.org/a"),
    (nearest.address_of, {"url": "://example.org"}, "https://example.org"),
    (nearest.address_of, {"url": "see the archive"}, None),
    (nearest.lower_hash, {"text_sha256": "A" * 64}, "a" * 64),
    (nearest.lower_hash, {"text_sha256": "A" * 63}, None),
]


@pytest.mark.parametrize(("find", "row", "expected"), CASES)
def test_nearest(find: Nearest, row: Row, expected: str | None) -> None:
    assert find(row) == expected
