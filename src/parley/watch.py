"""Following the news: what feeds and folders have that is new, added to a record and saved source by source."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from parley import store
from parley.changes import Changes, changes
from parley.errors import BusyError, SourceError, UnreadableError
from parley.incremental import Held, add_and_save, open_record
from parley.model import Article, Followed, Unread
from parley.settings import Settings
from parley.sources import collect_files, finish
from parley.sources.details import Details, Draft
from parley.sources.entered import entered_kind
from parley.sources.feed import FeedEntry, feed_entries
from parley.sources.fetch import Answer, ask, plain
from parley.sources.folder import entries, label, tables, texts
from parley.sources.readers import kind_of_file, read
from parley.sources.robots import Robots

SETTLED = 0.5  # seconds in which a file must not have grown before it is read
Clock = Callable[[], str]  # gives the instant in ISO 8601


@dataclass(frozen=True, slots=True)
class Look:
    """What a source had that was new, what to remember of it, and what could not be had, a line each."""

    came: tuple[Article | Unread, ...]
    followed: Followed
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one source in one round: the record as it is saved by now, and what failed."""

    held: Held
    source: str
    changes: Changes
    unread: tuple[Unread, ...]
    failed: tuple[str, ...]


def follow(held: Held, sources: Sequence[str], settings: Settings, clock: Clock) -> Iterator[Saved]:
    """One round over the sources. What is given has been saved; a source that fails says so and the others go on."""
    robots = Robots(settings)
    for source in sources:
        known = store.load_followed(held.path).get(source, Followed(source))
        try:
            found = look(known, settings, clock, robots)
        except (UnreadableError, SourceError) as error:
            yield Saved(held, source, Changes(), (), (str(error),))
            continue
        if not found.came and found.followed == known:
            yield Saved(held, source, Changes(), (), found.failed)
            continue
        before, held = add_and_save(held, list(found.came), [found.followed], settings)
        unread = set(before.record.unread)
        new = tuple(one for one in held.record.unread if one not in unread)
        yield Saved(held, source, changes(before.record, held.record), new, found.failed)


def refreshed(held: Held) -> Held:
    """The record as the file has it now: another program may have corrected it."""
    return held if store.saved_number(held.path) == held.number else open_record(held.path)


def look(followed: Followed, settings: Settings, clock: Clock, robots: Robots) -> Look:
    """What is new in a feed or folder. Raises UnreadableError or SourceError if it can't be looked into."""
    if followed.source.lower().startswith(("http://", "https://")):
        return _feed(followed, settings, clock, robots)
    return _folder(followed, settings, clock)


def _folder(followed: Followed, settings: Settings, clock: Clock) -> Look:
    """The files of a folder that are new or have changed, as soon as nobody writes to them any more."""
    folder = Path(followed.source)
    if not folder.is_dir():
        raise SourceError(f"{followed.source!r}: no such folder; give a folder or the address of a feed")
    files = entries(folder)
    entered = [path for path in files if entered_kind(path.name)]
    keys = {
        path: _file_key(path, folder) for path in (*texts(files, folder, tables(files, folder)), *entered)
    }
    seen = frozenset(followed.seen)
    new = [path for path, key in keys.items() if key not in seen]
    if any(time.time() - path.stat().st_mtime < SETTLED for path in new if path.exists()):
        time.sleep(SETTLED)
    settled = [path for path in new if _file_key(path, folder) == keys[path]]
    came = tuple(_captured(one, clock) for one in collect_files(folder, settled, settings))
    done = sorted({*(key for key in keys.values() if key in seen), *(keys[path] for path in settled)})
    return Look(came, replace(followed, seen=tuple(done)))


def _file_key(path: Path, folder: Path) -> str:
    """A file with its size and time: when one of these changes, it is read again."""
    try:
        found = path.stat()
    except OSError:
        return label(path, folder)
    return f"{label(path, folder)} {found.st_size} {found.st_mtime_ns}"


def _captured(one: Article | Unread, clock: Clock) -> Article | Unread:
    return replace(one, captured=clock()) if isinstance(one, Article) and not one.captured else one


def _feed(followed: Followed, settings: Settings, clock: Clock, robots: Robots) -> Look:
    """The entries of a feed that were not seen yet. Those that a server can't give for now are tried next time."""
    robots.check(followed.source)
    asked = {"If-None-Match": followed.etag, "If-Modified-Since": followed.modified}
    headers = {name: value for name, value in asked.items() if value}
    answer = _patiently(followed.source, settings, headers)
    if answer.status == 304:
        return Look((), followed)
    listed = list(feed_entries(followed.source, answer.body))
    came: list[Article | Unread] = []
    failed: list[str] = []
    done = {entry.key for entry in listed} & set(followed.seen)
    for entry in listed:
        if entry.key in done:
            continue
        try:
            came.append(_captured(_article(entry, settings, robots), clock))
            done.add(entry.key)
        except BusyError as error:
            failed.append(f"{entry.draft.details.url}: {error}; it is tried again next time")
        except UnreadableError as error:
            came.append(Unread(entry.draft.details.url or entry.draft.name, str(error)))
            done.add(entry.key)
    state = replace(followed, seen=tuple(sorted(done)))
    if not failed:  # else the feed itself has to come again, so that its entries are tried again
        state = replace(state, etag=answer.etag, modified=answer.modified)
    return Look(tuple(came), state, tuple(failed))


def _article(entry: FeedEntry, settings: Settings, robots: Robots) -> Article:
    """The text that an entry gives, or else the page that it leads to."""
    told = entry.draft.details
    if entry.whole or not told.url:
        return finish(replace(entry.draft, file=told.url or entry.draft.file), settings)
    robots.check(told.url)
    time.sleep(robots.pause(told.url))
    answer = _patiently(told.url, settings)
    kind = kind_of_file(answer.url, answer.content_type)
    draft = next(read(told.url, answer.body, kind, settings, answer.content_type), None)
    if not isinstance(draft, Draft):
        raise UnreadableError(draft.reason if draft else "it holds no text")
    details = Details(url=answer.url).over(draft.details).over(told)
    return finish(replace(draft, details=details), settings)


def _patiently(url: str, settings: Settings, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    """A plain answer or that nothing has changed (304), asked for again and again with longer and longer pauses."""
    pause, left = settings.retry_pause, settings.fetch_tries
    while True:
        left -= 1
        try:
            answer = ask(url, settings, headers)
            return answer if answer.status == 304 else plain(answer)
        except BusyError:
            if left <= 0:
                raise
            time.sleep(pause)
            pause *= 2
