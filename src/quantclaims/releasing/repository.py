"""What git says of a checkout that is to be released."""

from pathlib import Path

from quantclaims.releasing.numbering import Number, parse_number
from quantclaims.versions import ask_git


def list_dirty(root: Path) -> list[str] | None:
    """Files that are changed, staged or not known to git; None where there is no repository."""
    answer = ask_git(root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    return None if answer is None else [entry[3:] for entry in answer.decode(errors="replace").split("\0") if entry]


def list_tags(root: Path, *, merged: bool = False) -> list[Number]:
    """Numbers of the tags v1.2.3, in order; ``merged`` leaves those that the checked out commit comes after."""
    answer = ask_git(root, "tag", "--list", "v*", *(["--merged", "HEAD"] if merged else []))
    numbers = []
    for name in (answer or b"").decode(errors="replace").splitlines():
        try:
            numbers.append(parse_number(name.removeprefix("v")))
        except ValueError:
            continue  # a tag of another kind
    return sorted(numbers)


def is_at(root: Path, number: Number) -> bool:
    """Whether the checked out commit is that of a release."""
    commits = [
        ask_git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") for name in ("HEAD", f"v{number}")
    ]
    return commits[0] is not None and commits[0] == commits[1]


def read_released(root: Path, number: Number, path: str) -> bytes | None:
    """A file as it was released; None where there was none."""
    return ask_git(root, "cat-file", "blob", f"v{number}:{path}")
