"""Several files changed as one: either all of them become new, or all stay as they were.

Everything is written and synced beside its target first; only then are the targets replaced, and put back if one of
them fails. An interrupt from the keyboard waits until that is over. What no program can undo is the machine dying
between two renames.
"""

import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


def replace_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a folder, made if need be; on failure the folder is as it was, and the error is raised."""
    new = {folder / name: folder / f".{name}.{os.getpid()}.new" for name in contents}
    old = {target: target.with_name(f".{target.name}.{os.getpid()}.old") for target in new}
    with interrupts_held(), ExitStack() as cleaning:
        if not folder.exists():
            cleaning.callback(remove_if_empty, folder)
            folder.mkdir(parents=True)
        for path in (*new.values(), *old.values()):
            cleaning.callback(path.unlink, missing_ok=True)
        for target, content in zip(new, contents.values(), strict=True):
            write_durably(new[target], content)
        for target in new:
            keep(target, old[target])
        swap(new, old)


def swap(new: Mapping[Path, Path], old: Mapping[Path, Path]) -> None:
    """Put the new files in place of their targets; after a failure, the old ones again."""
    try:
        for target, source in new.items():
            source.replace(target)
        sync_folders({target.parent for target in new})
    except BaseException:
        for target, source in new.items():
            if old[target].exists():
                old[target].replace(target)
            elif not source.exists():
                target.unlink(missing_ok=True)
        raise


def write_durably(path: Path, content: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def keep(target: Path, copy: Path) -> None:
    """A second name for a file as it is now; a copy where the file system has no links; nothing if there is no file."""
    if not target.exists():
        return
    try:
        copy.hardlink_to(target)
    except OSError:
        shutil.copy2(target, copy)


def sync_folders(folders: set[Path]) -> None:
    """Wait until renames are on the disk, where folders can be opened for that."""
    if os.name != "posix":
        return
    for folder in sorted(folders):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_if_empty(folder: Path) -> None:
    """Take back a folder that was made for files that did not come."""
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done, then act; only the main thread gets any."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    previous = signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
        if waiting:
            signal.raise_signal(signal.SIGINT)
