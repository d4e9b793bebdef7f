"""The table of the series: incidents over time, each counted once."""

from __future__ import annotations

from tracker.publish.tables.columns.column import (
    ISO_COUNTRY,
    MEASURE,
    METHOD,
    Kind,
    Table,
    choice,
    day,
    number,
    persons,
    text,
)

SERIES = Table(
    kind=Kind.SERIES,
    row="the incidents of one period, measure, area and basis together; a day without a report has no row",
    order="date, measure, area (unknown first), basis",
    day="the day on which incidents are counted, before they are put into weeks or months",
    columns=(
        day("date", "The day on which the incidents are counted, the Monday of the week or the first of the month; "
            "see basis.", required=True),
        MEASURE,
        text("area", "Country of the incidents, with /province and /place behind it where asked for; empty where it is "
             "not known.", "three letters, then names", ISO_COUNTRY),
        persons("low", "Sum of the lower bounds that are known; still a lower bound.", METHOD),
        persons("best", "Sum of the recommended figures; empty as soon as one of them is no number.", METHOD),
        persons("high", "Sum of the upper bounds; empty as soon as one of them is open.", METHOD),
        number("origins", "parties", "Independent origins of the reports, each counted once.", METHOD),
        number("claims", "claims", "Claims behind the row, repeats and parts included."),
        choice(
            "basis",
            "event: day of the harm; reported: day of the first report, the harm's being unknown; interval: last day "
            "of an interval or window of several days. Windows may overlap single events: adding interval rows to "
            "others may count people twice.",
            ("event", "reported", "interval"),
            METHOD,
            required=True,
        ),
        number("late", "incidents", "How many were first reported more than 3 days after this date.", METHOD),
    ),
)  # fmt: skip
