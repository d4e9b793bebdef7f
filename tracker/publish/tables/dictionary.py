"""The data dictionary: one table that names, orders, types and explains every column of every exported file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.claims import Cause, Measure, PerpetratorStatus, Scope, Status


class Kind(StrEnum):
    """The files that can be exported."""

    CLAIMS = "claims"
    SERIES = "series"
    INCIDENTS = "incidents"
    TOLLS = "tolls"
    REVISIONS = "revisions"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` is text, integer, decimal, date or list (of texts, joined by "; "); an empty cell is null."""

    name: str
    type: str
    unit: str
    meaning: str
    allowed: str = ""
    source: str = "tracker"


_CODEBOOK = "codebook of this project"
_ISO_DATE = "ISO 8601"
_ISO_COUNTRY = "ISO 3166-1 alpha-3"
_GEONAMES = "GeoNames"
_METHOD = "docs/method.md"


def _values(kind: type[StrEnum]) -> str:
    return "; ".join(member.value for member in kind)


def _date(name: str, meaning: str, source: str = _ISO_DATE) -> Column:
    return Column(name, "date", "", meaning, "YYYY-MM-DD", source)


def _persons(name: str, meaning: str, source: str = _CODEBOOK) -> Column:
    return Column(name, "integer", "persons", meaning, "0 or more; 0 is a stated zero", source)


def _number(name: str, unit: str, meaning: str, source: str = "tracker") -> Column:
    return Column(name, "integer", unit, meaning, "0 or more", source)


_MEASURE = Column(
    "measure",
    "text",
    "",
    "What was counted. Deaths never include deaths of malnutrition, and casualties are dead and injured in one figure "
    "that is not split: adding measures up counts people twice.",
    _values(Measure),
    _CODEBOOK,
)
_CAUSE = Column("cause", "text", "", "What harmed the people; empty where no text gives it.", _values(Cause), _CODEBOOK)
_COUNTRY = Column("country", "text", "", "Country of the harm.", "three letters", _ISO_COUNTRY)
_LATITUDE = Column("latitude", "decimal", "degrees", "Latitude of the place.", "-90 to 90", "WGS 84")
_LONGITUDE = Column("longitude", "decimal", "degrees", "Longitude of the place.", "-180 to 180", "WGS 84")
_ADMIN1 = Column("admin1", "text", "", "Name of the first-order division of the place.", "", _GEONAMES)
_PRECISION = Column(
    "place_precision",
    "text",
    "",
    "How finely the place is known; the coordinates of a country or division are those of its centre.",
    "country; admin1; admin2; town; site; region; sea",
)

_CLAIMS = (
    Column("document_id", "text", "", "The text that the claim was read from."),
    _MEASURE,
    _persons("count_min", "Lower bound as stated; empty where only an upper bound is given."),
    _persons("count_max", "Upper bound as stated; empty where it is open."),
    Column("count_text", "text", "", "The words that give the count, verbatim, with their qualifier.", "", _CODEBOOK),
    _number("start", "code points", "Where count_text begins in the text, in Unicode code points from 0.", _CODEBOOK),
    _number("end", "code points", "Where count_text ends, exclusive.", _CODEBOOK),
    Column("victims", "text", "", "The words that name the victims, verbatim.", "", _CODEBOOK),
    _number(
        "part_of",
        "code points",
        "start of the claim of the same document that already includes these people: never add the two.",
        _CODEBOOK,
    ),
    Column(
        "scope",
        "text",
        "",
        "event: one event or bounded window; cumulative: a running total. The two are never added.",
        _values(Scope),
        _CODEBOOK,
    ),
    Column(
        "status",
        "text",
        "",
        "stated as fact by somebody; possible: feared or unconfirmed; disputed: denied in the same text.",
        _values(Status),
        _CODEBOOK,
    ),
    Column("places", "list", "", "Named places of the harm, verbatim, most specific first.", "", _CODEBOOK),
    _COUNTRY,
    _date("date_start", "First day on which the harm may have happened; empty where the text does not say."),
    _date("date_end", "Last day on which the harm may have happened, inclusive."),
    Column(
        "source",
        "text",
        "",
        "Who is said to have given the figure, verbatim; empty where the outlet itself states it.",
        "",
        _CODEBOOK,
    ),
    _CAUSE,
    Column("claim_id", "text", "", "Hash of the text, start, end and measure: the same in every run.", "hex digits"),
    Column("quote", "text", "", "The sentence that holds the claim, verbatim."),
    _number("quote_start", "code points", "Where quote begins in the text."),
    _number("quote_end", "code points", "Where quote ends, exclusive."),
    Column("rule_id", "text", "", "The rule that read the claim."),
    _number("story", "", "Index of the story within the document."),
    Column(
        "event", "integer", "", "Index of the event: claims of one document and story with equal values tell of one."
    ),
    Column("baseline_text", "text", "", "Cumulative claims: the words that say what the total counts from."),
    _date("baseline_date", "Cumulative claims: the day that the total counts from."),
    _LATITUDE,
    _LONGITUDE,
    Column("geonames_id", "integer", "", "The place's id.", "", _GEONAMES),
    _ADMIN1,
    _PRECISION,
    Column("date_precision", "text", "", "How finely the date is known."),
    Column(
        "source_id",
        "text",
        "",
        "The organisation that the source is, by rules/organisations.toml; empty where unknown.",
    ),
    Column(
        "source_kind", "text", "", "What kind of source it is: ministry, hospital, army, witness, anonymous and so on."
    ),
    Column("relayed_by", "text", "", "Who passed the source's figure on, where the text names both."),
    Column(
        "perpetrator_text",
        "text",
        "",
        "Who is said to have done the harm, verbatim; empty where the words name nobody or more than one.",
        "",
        _METHOD,
    ),
    Column(
        "perpetrator_status",
        "text",
        "",
        "stated: by the text itself; alleged: said, suspected or blamed by somebody else; claimed: the perpetrator "
        "took responsibility; admitted: the perpetrator gives the figure itself.",
        _values(PerpetratorStatus),
        _METHOD,
    ),
    Column("flags", "list", "", "What a reader of the claim should know."),
    Column("outlet", "text", "", "Where the text was read."),
    Column("title", "text", "", "Title of the text."),
    Column("url", "text", "", "Address of the text."),
    _date("published", "Day of publication of the text."),
    Column(
        "text_sha256",
        "text",
        "",
        "Digest of the text in UTF-8, to which the offsets refer.",
        "64 hex digits",
        "SHA-256",
    ),
)

_SERIES = (
    _date("date", "The day on which the incidents are counted; see basis."),
    _MEASURE,
    Column("area", "text", "", "Country of the incidents; empty where it is not known.", "three letters", _ISO_COUNTRY),
    _persons("low", "Sum of the lower bounds that are known; still a lower bound.", _METHOD),
    _persons("best", "Sum of the recommended figures; empty as soon as one of them is no number.", _METHOD),
    _persons("high", "Sum of the upper bounds; empty as soon as one of them is open.", _METHOD),
    _number("origins", "parties", "Independent origins of the reports, each counted once.", _METHOD),
    _number("claims", "claims", "Claims behind the row, repeats and parts included."),
    Column(
        "basis",
        "text",
        "",
        "event: day of the harm; reported: day of the first report, the harm's being unknown; interval: last day of an "
        "interval or window of several days. Windows may overlap single events: adding interval rows to others may "
        "count people twice.",
        "event; reported; interval",
        _METHOD,
    ),
    _number("late", "incidents", "How many were first reported more than 3 days after this date.", _METHOD),
)

_INCIDENTS = (
    Column("incident_id", "text", "", "The incident; one row for each of its measures.", "12 hex digits", _METHOD),
    _MEASURE,
    _persons("low", "Lowest lower bound among the origins' standing figures.", _METHOD),
    _persons("best", "The recommended figure, never an average; empty where it is no number.", _METHOD),
    _persons("high", "Upper bound of the highest standing figure; empty where that is open.", _METHOD),
    Column("recommended", "text", "", "claim_id of the claim that best was read from.", "hex digits", _METHOD),
    Column("reason", "text", "", "Why that claim was recommended.", "", _METHOD),
    Column(
        "flags",
        "list",
        "",
        "looks_like_total: the figure is as large as a running total of its source; added_to_total: it counts people "
        "of earlier days whom a running total added now. Such figures are in no sum, series or report.",
        "looks_like_total; added_to_total",
        _METHOD,
    ),
    Column(
        "covered_by",
        "text",
        "",
        "The incident whose figure for the area and days may include this one; the report adds only that one.",
        "12 hex digits",
        _METHOD,
    ),
    Column("figure_origins", "list", "", "Independent origins that give this measure.", "", _METHOD),
    Column("figure_claims", "list", "", "claim_ids of this measure, repeats and parts included.", "hex digits"),
    _date("date_start", "First possible day of the event; of the first report, where date_basis is reported."),
    _date("date_end", "Last possible day of the event, inclusive."),
    Column(
        "date_basis",
        "text",
        "",
        "event: the day of the harm; reported: of its first report, the harm's being unknown.",
        "event; reported",
        _METHOD,
    ),
    _COUNTRY,
    _ADMIN1,
    Column("place", "text", "", "The finest place that the texts name, verbatim."),
    _LATITUDE,
    _LONGITUDE,
    _PRECISION,
    _CAUSE,
    Column("origins", "list", "", "Independent origins of all reports of the incident.", "", _METHOD),
    Column("sources", "list", "", "Who was cited, verbatim."),
    Column("outlets", "list", "", "Where the reports were read."),
    _date("first_reported", "Day of the first report."),
    _date("last_reported", "Day of the latest report."),
    Column("document_ids", "list", "", "The texts that speak of the incident."),
)

_TOLLS = (
    Column("claimant", "text", "", "Who keeps the running total: the source, else the outlet."),
    Column("area", "text", "", "The place that the total is for, verbatim, else the country."),
    _MEASURE,
    Column(
        "baseline", "text", "", "What the total counts from: a date where known, else the words; empty if not said."
    ),
    Column("population", "text", "", "Whom a partial total counts, verbatim; empty for the whole."),
    Column("status", "text", "", "As for claims.", _values(Status), _CODEBOOK),
    _date("as_of", "The day up to which the total counts."),
    _persons("low", "Lower bound as stated."),
    _persons("high", "Upper bound as stated; empty where it is open."),
    _date("since", "The day of the value that this one is compared with: change is of the days after it."),
    Column(
        "change",
        "integer",
        "persons",
        "Against that value, negative for a correction; empty where not comparable. Not one day's harm: see residual.",
    ),
    Column(
        "kind",
        "text",
        "",
        "How the point stands to the one before. addition: its text says how many of the rise were added for earlier "
        "days.",
        "first; rise; same; correction; addition",
        _METHOD,
    ),
    Column(
        "reported",
        "integer",
        "persons",
        "Sum of the claimant's own figures for the days since then; empty where they leave a gap.",
        "0 or more",
        _METHOD,
    ),
    Column(
        "residual",
        "integer",
        "persons",
        "change less reported: added for earlier days, or taken off (negative); empty where reported is.",
        "",
        _METHOD,
    ),
    Column(
        "unmoved",
        "integer",
        "days",
        "Partial totals: for how long this one has stood still while the whole moved; the last value as of the last "
        "move of the whole. Empty where it moved with it.",
        "1 or more",
        _METHOD,
    ),
    Column("stale", "text", "", "Whether unmoved is more than 30: the value says nothing of today.", "true; false"),
    Column("claim_id", "text", "", "The claim that states the total.", "hex digits"),
    Column("toll_id", "text", "", "The series that the point belongs to.", "12 hex digits", _METHOD),
)

_REVISIONS = (
    _date("day", "The day as of which the revised total is given."),
    Column("kind", "text", "", "correction: the total fell; addition: people of earlier days were added.",
           "correction; addition", _METHOD),
    Column("size", "integer", "persons", "Added for earlier days, or taken off (negative): never one day's harm.", "",
           _METHOD),
    Column("change", "integer", "persons", "From the value before to this one, harm of the days between included."),
    _date("before", "The day of the value before."),
    *(column for column in _TOLLS if column.name in ("claimant", "area", "measure", "baseline", "population")),
    Column("claim_id", "text", "", "The claim that states the revised total.", "hex digits"),
    Column("stated_by", "list", "", "The claims that state the size; empty where it follows from other figures.",
           "hex digits"),
    Column("toll_id", "text", "", "The running total.", "12 hex digits", _METHOD),
)  # fmt: skip

DICTIONARY: dict[Kind, tuple[Column, ...]] = {
    Kind.CLAIMS: _CLAIMS,
    Kind.SERIES: _SERIES,
    Kind.INCIDENTS: _INCIDENTS,
    Kind.TOLLS: _TOLLS,
    Kind.REVISIONS: _REVISIONS,
}
"""The columns of each file in the order in which they are written."""

DICTIONARY_COLUMNS = ("column", "type", "unit", "meaning", "allowed_values", "source")


def dictionary_rows(kind: Kind) -> list[tuple[str, str, str, str, str, str]]:
    """The data dictionary of one file, as rows under `DICTIONARY_COLUMNS`."""
    return [
        (column.name, column.type, column.unit, column.meaning, column.allowed, column.source)
        for column in DICTIONARY[kind]
    ]
