"""Several files changed as one: either all of them become new, or all stay as they were.

Everything is written and synced beside its target first, and the old files get a second name; then a journal says what
is about to happen, and only then are the targets replaced. Taking the journal away is what makes the change final. A
failure before puts the old files back. A process that is killed cannot do so: the journal stays, and `undo_unfinished`,
which every later change of the folder begins with, does it then. An interrupt from the keyboard waits until the change
is over. One process at a time changes a folder.
"""

import json
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

JOURNAL = ".replacing"


def replace_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a folder by their names, "a/b" for one in a subfolder; folders are made if need be.

    On failure everything is as it was, and the error is raised.
    """
    targets = [folder / name for name in contents]
    with interrupts_held(), ExitStack() as cleaning:
        undo_unfinished(folder)
        for parent in dict.fromkeys([folder, *(target.parent for target in targets)]):
            make_folder(parent, cleaning)
        for path in (place(target) for target in targets for place in (new_name, old_name)):
            cleaning.callback(discard, path)
            path.unlink(missing_ok=True)
        for target, content in zip(targets, contents.values(), strict=True):
            write_durably(new_name(target), content)
        made = [name for name in contents if not keep(folder / name)]
        swap(folder, contents, made)


def new_name(target: Path) -> Path:
    """Where a file's new content waits."""
    return target.with_name(f".{target.name}.new")


def old_name(target: Path) -> Path:
    """Where a file's old content stays until the change is final."""
    return target.with_name(f".{target.name}.old")


def swap(folder: Path, names: Iterable[str], made: Iterable[str]) -> None:
    """Put the new files in place of their targets; after a failure, the old ones again."""
    names, made = list(names), set(made)
    journal = folder / JOURNAL
    try:
        write_durably(journal, json.dumps({name: name not in made for name in names}).encode())
        sync_folders({folder})
        for name in names:
            new_name(folder / name).replace(folder / name)
        sync_folders({(folder / name).parent for name in names})
        journal.unlink()
    except BaseException:
        put_back(folder, {name: name not in made for name in names})
        journal.unlink(missing_ok=True)
        raise


def undo_unfinished(folder: Path) -> bool:
    """Put back what a killed process was about to change in a folder; whether there was anything of that kind.

    Raises OSError where a file cannot be put back.
    """
    journal = folder / JOURNAL
    try:
        existed = read_journal(journal.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return False
    put_back(folder, existed)
    for path in (place(folder / name) for name in existed for place in (new_name, old_name)):
        path.unlink(missing_ok=True)
    journal.unlink()
    return True


def read_journal(content: bytes) -> dict[str, bool]:
    """Files about to be changed, and whether each was there before; none where the journal itself was cut short.

    >>> read_journal(b'{"a/b": true, "../c": true}'), read_journal(b'{"a"')
    ({'a/b': True}, {})
    """
    try:
        listed = json.loads(content)
    except ValueError:
        return {}
    if not isinstance(listed, dict):
        return {}
    return {name: existed is True for name, existed in listed.items() if is_inside(PurePosixPath(name))}


def is_inside(path: PurePosixPath) -> bool:
    """Whether a relative path cannot leave its folder, whoever wrote it."""
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def put_back(folder: Path, existed: Mapping[str, bool]) -> None:
    """Give files their old content; those that were not there go. Doing it twice is doing it once."""
    for name, was_there in existed.items():
        target = folder / name
        if not was_there:
            target.unlink(missing_ok=True)
        elif old_name(target).exists():
            old_name(target).replace(target)


def write_durably(path: Path, content: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def keep(target: Path) -> bool:
    """Give a file as it is now a second name, or a copy where the file system has no links; whether there is a file."""
    if not target.exists():
        return False
    try:
        old_name(target).hardlink_to(target)
    except OSError:
        shutil.copy2(target, old_name(target))
    return True


def discard(path: Path) -> None:
    """Remove a file that has served; one that stays does no harm, and the next change removes it."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def make_folder(folder: Path, cleaning: ExitStack) -> None:
    """Make a folder, which goes again if no file comes into it."""
    if not folder.exists():
        cleaning.callback(remove_if_empty, folder)
        folder.mkdir(parents=True)


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
