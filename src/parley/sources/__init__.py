"""Texts come in: folders, files, addresses and pasted text to Articles. Only fetch.py uses the network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from parley.errors import SourceError, UnreadableError
from parley.model import SENSITIVITIES, Article, Unread, article_id
from parley.settings import Settings
from parley.sources import fetch as network
from parley.sources.dates import day_in_address
from parley.sources.details import Details, Draft
from parley.sources.encoding import plain_newlines, whole
from parley.sources.entered import ENDINGS, entered_kind, read_entered
from parley.sources.folder import entries, label, table_beside, tables, texts
from parley.sources.heading import read_heading
from parley.sources.kind import kind_of
from parley.sources.language import check_english, language_of
from parley.sources.readers import SEVERAL, check_size, kind_of_file, read
from parley.sources.table import Table, file_key

__all__ = ["NO_OUTLET", "PASTED", "collect", "collect_files", "finish"]

NO_OUTLET = "(outlet not given)"
PASTED = "-"

Source = Callable[[], Iterator[Draft | Unread]]


def collect(
    inputs: Sequence[str], settings: Settings, pasted: str | None = None, terms: Sequence[str] = ()
) -> Iterator[Article | Unread]:
    """Every text in folders, files and addresses, the pasted one last: an Article, or Unread with the reason.

    `terms` are files of any name with terms that a person entered.

    Raises SourceError at once, before a text is read or fetched, for a path that isn't there or a malformed
    table.
    """
    sources = [source for given in inputs for source in _sources(given, settings)]
    sources += [_terms(given, settings) for given in terms]
    if pasted is not None:
        sources.append(partial(_pasted, pasted))
    return _articles(sources, settings)


def collect_files(folder: Path, files: Sequence[Path], settings: Settings) -> Iterator[Article | Unread]:
    """Some of the texts of a folder, with what its tables say of them."""
    rows = tables(entries(folder), folder)
    sources: list[Source] = [
        partial(_entered, path, label(path, folder), kind, settings)
        if (kind := entered_kind(path.name))
        else partial(_file, path, folder, rows, settings)
        for path in files
    ]
    return _articles(sources, settings)


def _articles(sources: Sequence[Source], settings: Settings) -> Iterator[Article | Unread]:
    taken: dict[tuple[str, str], str] = {}
    for draft in (draft for source in sources for draft in source()):
        if isinstance(draft, Unread):
            yield draft
            continue
        try:
            article = finish(draft, settings)
        except UnreadableError as error:
            yield _unread(draft.name, str(error), draft.details)
            continue
        key = article.outlet, article.text
        if key in taken:
            yield _unread(draft.name, _taken(article.outlet, taken[key]), draft.details)
        else:
            taken[key] = draft.name
            yield article


def _unread(file: str, reason: str, details: Details) -> Unread:
    return Unread(file, reason, details.sensitivity or SENSITIVITIES[0], details.embargo)


def _taken(outlet: str, first: str) -> str:
    if outlet == NO_OUTLET:
        return f"same text as {first}, and the outlet of neither is given"
    return f"same text by the same outlet as {first}"


def finish(draft: Draft, settings: Settings) -> Article:
    """The article that a draft makes: what the table and the page leave open is read from the text.

    Raises UnreadableError if it is empty, too large or not in English.
    """
    text = whole(draft.text)
    check_size(len(text.encode()) if text.strip() else 0, "text", settings)
    if draft.details.kind in ENDINGS:
        return _by_hand(draft, text)
    language = language_of(text, draft.details.language)
    is_note = draft.details.kind == "note"  # nothing is read in it, and it is for the house that wrote it
    if not is_note:
        check_english(language)
    heading = read_heading(text)
    details = draft.details.over(heading.details)
    details = details.over(Details(published=day_in_address(details.url)))
    outlet = details.outlet or NO_OUTLET
    return Article(
        id=article_id(outlet, details.url or draft.file, details.published, text),
        file=draft.file,
        outlet=outlet,
        text=text,
        url=details.url,
        published=details.published,
        published_from=details.published_from,
        title=details.title,
        language=language,
        kind=details.kind or kind_of(text),
        dateline=heading.place,
        credit=heading.agency,
        byline=details.byline,
        raw_digest=draft.raw_digest,
        sensitivity=details.sensitivity or SENSITIVITIES[int(is_note)],
        embargo=details.embargo,
        captured=details.captured,
        archived_url=details.archived_url,
    )


def _by_hand(draft: Draft, text: str) -> Article:
    """What a person entered: no heading, no day, no language to tell."""
    outlet, kind = draft.details.outlet, draft.details.kind
    return Article(
        article_id(outlet, draft.file, None, text),
        draft.file,
        outlet,
        text,
        kind=kind,
        raw_digest=draft.raw_digest,
    )


def _sources(given: str, settings: Settings) -> list[Source]:
    """What has to be read for one input. Raises SourceError if it is nothing that can be read from."""
    if given.lower().startswith(("http://", "https://")):
        return [partial(_fetched, given, settings)]
    path = Path(given)
    if not given or not _is_there(path):
        raise SourceError(f"{given!r}: no such file or folder; give a folder, a file or an http(s) address")
    if not path.is_dir():
        if kind := entered_kind(path.name):
            return [partial(_entered, path, path.name, kind, settings)]
        return [partial(_file, path, path.parent, table_beside(path), settings)]
    files = entries(path)
    rows = tables(files, path)
    found = texts(files, path, rows)
    entered = [(file, kind) for file in files if (kind := entered_kind(file.name))]
    there = {file_key(label(text, path)) for text in (*found, *(file for file, _ in entered))}
    return [
        *(partial(_file, text, path, rows, settings) for text in found),
        *(partial(_entered, file, label(file, path), kind, settings) for file, kind in entered),
        partial(_missing, rows, there, path),
    ]


def _terms(given: str, settings: Settings) -> Source:
    """A file of terms. Raises SourceError if it isn't there."""
    path = Path(given)
    if not path.is_file():
        raise SourceError(
            f"{given!r}: no such file; give a terms file, or draft one: parley terms draft RECORD"
        )
    return partial(_entered, path, path.name, "terms", settings)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file can have
        return False


def _missing(rows: Table, found: set[str], folder: Path) -> Iterator[Unread]:
    for key, row in rows.items():
        if key not in found:
            left_out = _is_there(folder / key)
            why = "it is hidden or in a folder gold" if left_out else "there is no such file"
            yield _unread(key, f"sources.csv names it, but {why}", row)


def _file(path: Path, folder: Path, rows: Table, settings: Settings) -> Iterator[Draft | Unread]:
    """The texts in one file, with what the table says of them."""
    file = label(path, folder)
    row = rows.get(file_key(file), Details())
    try:
        if not path.is_file():
            raise UnreadableError("it is a link, a device or a locked folder; give what it leads to")
        kind = kind_of_file(path.name)
        check_size(path.stat().st_size, kind, settings)
        row = row.for_all() if kind in SEVERAL else row
        yield from _told(read(file, path.read_bytes(), kind, settings), row)
    except OSError as error:
        yield _unread(file, f"it can't be opened ({error.strerror}); check its permissions", row)
    except UnreadableError as error:
        yield _unread(file, str(error), row)


def _entered(path: Path, file: str, kind: str, settings: Settings) -> Iterator[Draft | Unread]:
    """What a person entered in a file."""
    try:
        raw = path.read_bytes()
        check_size(len(raw), kind, settings)
        draft = read_entered(file, raw, kind, settings.largest_text)
        yield replace(draft, raw_digest=hashlib.sha256(raw).hexdigest())
    except OSError as error:
        yield Unread(file, f"it can't be opened ({error.strerror}); check its permissions")
    except UnreadableError as error:
        yield Unread(file, str(error))


def _told(drafts: Iterator[Draft | Unread], row: Details) -> Iterator[Draft | Unread]:
    for draft in drafts:
        if isinstance(draft, Draft):
            yield replace(draft, details=row.over(draft.details))
        else:
            yield _unread(draft.file, draft.reason, row)


def _fetched(url: str, settings: Settings) -> Iterator[Draft | Unread]:
    """The texts at an address."""
    try:
        raw, content_type, final = network.fetch(url, settings)
        kind = kind_of_file(urlsplit(final).path, content_type)
        own = Details() if kind in SEVERAL else Details(url=final)
        yield from _told(read(url, raw, kind, settings, content_type), own)
    except UnreadableError as error:
        yield Unread(url, str(error))


def _pasted(text: str) -> Iterator[Draft]:
    digest = hashlib.sha256(whole(text).encode()).hexdigest()
    yield Draft(PASTED, plain_newlines(text.removeprefix("\ufeff")), raw_digest=digest)
