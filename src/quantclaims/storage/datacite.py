"""The dataset as DataCite registers it, https://schema.datacite.org/meta/kernel-4.6/, in the JSON of its REST API."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

SCHEMA = "http://datacite.org/schema/kernel-4"


def describe_datacite(
    title: str,
    description: str,
    version: str,
    released: date | None,
    files: Mapping[str, bytes],
    fingerprints: Mapping[str, str],
) -> dict[str, Any]:
    """The attributes of a registration; who registers it gives the identifier, and the year before the first release.

    The fingerprint of each table stands among the alternate identifiers: with it anybody can tell whether rows are
    those that were registered.
    """
    alternates: Sequence[dict[str, str]] = [
        {"alternateIdentifier": fingerprint, "alternateIdentifierType": f"quantclaims fingerprint of {name}"}
        for name, fingerprint in sorted(fingerprints.items())
    ]
    dated = (
        {
            "publicationYear": released.year,
            "dates": [{"date": f"{released}", "dateType": "Issued"}],
        }
        if released
        else {}
    )
    return {
        **dated,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Numeric claims"},
        "creators": [{"name": CREATOR, "nameType": "Organizational"}],
        "titles": [{"title": title, "lang": "en"}],
        "publisher": {"name": CREATOR},
        "descriptions": [{"description": description, "descriptionType": "Abstract", "lang": "en"}],
        "subjects": [{"subject": subject, "lang": "en"} for subject in SUBJECTS],
        "language": "en",
        "version": version,
        "formats": ["application/vnd.apache.parquet"],
        "sizes": [f"{name}: {len(content)} bytes" for name, content in sorted(files.items())],
        "rightsList": [
            {
                "rights": "Creative Commons Attribution 4.0 International",
                "rightsUri": "https://creativecommons.org/licenses/by/4.0/legalcode",
                "rightsIdentifier": "cc-by-4.0",
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "alternateIdentifiers": list(alternates),
        "schemaVersion": SCHEMA,
    }


CREATOR = "The quantclaims authors"
SUBJECTS = ("numeric claims", "news", "provenance", "arms transfers", "information extraction")
