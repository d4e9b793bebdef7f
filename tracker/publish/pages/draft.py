"""What every section of a report writes from, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tracker.publish.wording import UNKNOWN, calm, clean, isolate, soften, word_days, word_short_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tracker.claims import Measure
    from tracker.incidents import Incident
    from tracker.publish.charts.drawing import Chart
    from tracker.publish.material import Material, Window
    from tracker.publish.pages.definition import Definition
    from tracker.publish.pages.words import Words
    from tracker.publish.withholding import Withholding
    from tracker.readings import Reading

Spoken = dict[str, list[list[str]]]
"""By the kind of a mark in the template what it says to whoever cannot see the page, a list of lines a key."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a section is made of: the values that its template function prints, None where it has nothing to show.

    `tables` are CSV files beside the pages, by the end of their names; `spoken` is the section in words.
    """

    values: Any
    charts: tuple[Chart, ...] = ()
    tables: Mapping[str, bytes] = field(default_factory=dict)
    spoken: Spoken = field(default_factory=dict)


NOTHING = Written(None)


@dataclass(frozen=True)
class Draft:
    """A report in the making: the material, how it is to be told, and which incidents are shown."""

    material: Material
    definition: Definition
    words: Words
    withholding: Withholding
    incidents: tuple[Incident, ...]
    """Those that speak of a wanted measure, in the order of the table."""
    shown: tuple[Incident, ...]
    """Those of them that are printed: all, or where there are too many the gravest."""
    stem: str = "report"
    """How the names of all files begin."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is counted, in the order of the report."""
        return self.definition.measures

    @property
    def window(self) -> Window:
        """The days that the report is about."""
        return self.material.window

    @property
    def folder(self) -> Path:
        """Where the style of the charts lies."""
        return self.definition.folder

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """The readings by claim id."""
        return {reading.claim.claim_id: reading for reading in self.material.readings}

    @cached_property
    def by_place(self) -> dict[tuple[str, int], list[Reading]]:
        """The readings by text and where in it their counts begin, as parts name their wholes."""
        found: dict[tuple[str, int], list[Reading]] = {}
        for reading in self.material.readings:
            found.setdefault((reading.text_sha256, reading.claim.start), []).append(reading)
        return found

    def whole_of(self, reading: Reading) -> Reading | None:
        """The claim of the same measure and scope that the reading's claim is a part of."""
        claim = reading.claim
        if claim.part_of is None:
            return None
        for other in self.by_place.get((reading.text_sha256, claim.part_of), ()):
            if (other.claim.measure, other.claim.scope) == (claim.measure, claim.scope):
                return other
        return None

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Each shown incident's number in the table, by id."""
        return {incident.incident_id: str(number) for number, incident in enumerate(self.shown, start=1)}

    def file(self, table: str) -> str:
        """The name of the CSV file of a table, beside the pages."""
        return f"{self.stem}-{table}.csv"

    def texts_of(self, incident: Incident) -> list[str]:
        """The digests of the texts that tell of the incident."""
        found = (self.readings[claim].text_sha256 for claim in incident.claim_ids if claim in self.readings)
        return list(dict.fromkeys(found))

    def hide(self, text: str | None, incident: Incident) -> str:
        """Words from the incident's texts, cleaned, without the names that are withheld."""
        return self.withholding.hide(clean(text or ""), *self.texts_of(incident))

    def where(self, incident: Incident) -> list[str]:
        """The place and its country, or only what is known of the two; a dash where neither is."""
        names = [isolate(soften(calm(self.hide(incident.place, incident)))), self.country(incident.country)]
        return list(dict.fromkeys(name for name in names if name)) or [UNKNOWN]

    def country(self, code: str | None) -> str:
        """The country's name, or its code where no name is known; "" for None."""
        return clean(self.material.country_names.get(code, code)) if code else ""

    def heading(self, incident: Incident, in_full: bool = False) -> str:
        """Place, country and day in a line; the day `in_full` or in short."""
        names = [name if name != UNKNOWN else self.words("incidents.place_unknown") for name in self.where(incident)]
        write = word_days if in_full else word_short_days
        return ", ".join((*names, write(incident.date_start, incident.date_end)))

    def source(self, words: str | None, texts: Sequence[str]) -> str:
        """Who is cited, without withheld names, ready for a narrow column."""
        return isolate(soften(calm(self.withholding.hide(clean(words or ""), *texts))))
