"""`quantclaims release`: what a maintainer sees of it."""

import sys
from datetime import date
from pathlib import Path

from quantclaims.problems import describe_os_error
from quantclaims.releasing.numbering import Level
from quantclaims.releasing.plan import (
    CORRECTIONS,
    CheckoutError,
    ReleaseError,
    ReleasePlan,
    UnexplainedError,
    plan_release,
)
from quantclaims.storage.replace import replace_files
from quantclaims.terminal import FINDINGS, FINE, MISUSE, watch_workers


def run_release(root: Path, day: date, at_least: str, *, dry_run: bool, draft_reasons: bool) -> int:
    """Make a release, or show it, and return the exit code.

    Nothing is committed or tagged: the last lines say how, once somebody has looked at the difference.
    """
    try:
        plan = plan_release(root, day, Level[at_least.upper()], watch_workers)
    except CheckoutError as refused:
        print(*refused.lines, sep="\n", file=sys.stderr)
        return MISUSE
    except UnexplainedError as refused:
        if draft_reasons:
            return write_draft(root, refused.draft)
        print(*refused.lines, sep="\n", file=sys.stderr)
        return FINDINGS
    except ReleaseError as refused:
        print(*refused.lines, sep="\n", file=sys.stderr)
        return FINDINGS
    if draft_reasons:
        print(f"{root / CORRECTIONS}: every change of a released row has its reason")
        return FINE
    return show(plan) if dry_run else write(root, plan)


def write_draft(root: Path, draft: bytes) -> int:
    """Write corrections.csv with a line for every change that lacks a reason."""
    try:
        replace_files(root, {CORRECTIONS.as_posix(): draft})
    except OSError as error:
        return cannot_write(root / CORRECTIONS, error)
    print(f"{root / CORRECTIONS}: write a reason into the last column of every line without a version, then commit it")
    return FINE


def show(plan: ReleasePlan) -> int:
    """Say what a release would be."""
    print(name_step(plan), *plan.section, "", f"would write {', '.join(sorted(plan.files))}", sep="\n")
    return FINE


def write(root: Path, plan: ReleasePlan) -> int:
    """Write all files of a release, or none."""
    try:
        replace_files(root, plan.files)
    except OSError as error:
        return cannot_write(root, error)
    files = " ".join(sorted(plan.files))
    print(
        name_step(plan),
        *plan.section,
        "",
        "Look at `git diff`; then",
        f"git add {files}",
        f'git commit -m "Release {plan.version}" && git tag -a v{plan.version} -m "quantclaims {plan.version}"',
        sep="\n",
    )
    return FINE


def name_step(plan: ReleasePlan) -> str:
    """From which version to which."""
    return f"{plan.previous} → {plan.version}" if plan.previous else f"{plan.version}, the first release"


def cannot_write(path: Path, error: OSError) -> int:
    """Say that nothing was written."""
    print(f"{path}: cannot be written, {describe_os_error(error)}: see that you may write to it", file=sys.stderr)
    return FINDINGS
