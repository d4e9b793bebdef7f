"""The words of each page image, for whoever cannot see it: what stands on the page, in the order in which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def describe_pages(values: Mapping[str, Any], places: Iterable[Mapping[str, Any]], pages: int) -> list[str]:
    """One text a page. `places` are the marks of the template: `kind` and `key` of each part, and its `page` from 1."""
    title = f"“{values['title']}”, {values['window']}, report for {values['generated_for']}"
    texts = [[f"Page {number} of {pages} of {title}."] for number in range(1, pages + 1)]
    for place in places:
        texts[place["page"] - 1] += _describe(values, place["kind"], place["key"])
    return [_make_plain("\n".join(lines)) + "\n" for lines in texts]


def _make_plain(text: str) -> str:
    """Without the marks that only help setting type: bound spaces and break points."""
    return text.replace("\u00a0", " ").replace("\u200b", "")


def _describe(values: Mapping[str, Any], kind: str, key: int) -> list[str]:
    if kind == "summary":
        return _describe_summary(values["summary"])
    if kind == "daily":
        return [values["daily"][key]["alt"]]
    if kind == "tolls":
        return [values["tolls"]["alt"] or "Official running totals: none was reported in this window."]
    if kind == "toll":
        return [_describe_toll(values["tolls"]["rows"][key])]
    if kind == "incidents":
        return [
            "Incidents:" if values["incidents"]["rows"] else "No incident with a figure was reported in this window."
        ]
    if kind == "incident":
        return [_describe_incident(values["incidents"]["rows"][key])]
    if kind == "evidence":
        return _describe_evidence(values["evidence"][key])
    method = values["method"]
    return ["Method and limits.", *method["paragraphs"], *(f"{name}: {value}." for name, value in method["facts"])]


def _describe_summary(summary: Mapping[str, Any]) -> list[str]:
    cards = summary["cards"] + summary["hunger"]
    return [summary["lead"], *(f"{c['label']}: {c['value']} ({c['detail']})." for c in cards), summary["unknown"]]


def _describe_toll(row: Mapping[str, Any]) -> str:
    about = f", {row['about']}" if row["about"] else ""
    return (
        f"{row['measure']}{about}, {row['claimant']}, {row['area']}, counted from: {row['baseline']}; "
        f"first {row['first']}, last {row['last']}, change {row['change']}, revisions: {row['revisions']}."
    )


def _describe_incident(row: Mapping[str, Any]) -> str:
    where = ", ".join(part for part in (row["place"], row["country"]) if part)
    marks = [" (day of the report)"] if row["reported"] else []
    marks += [" (not added)"] if row["beyond"] else []
    figures = [("deaths", row["deaths"]), ("injuries", row["injuries"])]
    figures += [(other["measure"].lower(), other) for other in row["others"]]
    said = "; ".join(_describe_figure(name, figure) for name, figure in figures)
    when = f"{row['number']}. {row['date']}{''.join(marks)}"
    return f"{when}, {where}, cause {row['cause']}: {said}. Said by {row['sources']}."


def _describe_figure(name: str, figure: Mapping[str, Any]) -> str:
    if figure["value"] == "–":
        return f"{name} not reported"
    extra = ", ".join(part for part in (figure["status"], figure["conflict"].replace(" | ", " against ")) if part)
    return f"{name} {figure['value']}" + (f" ({extra})" if extra else "")


def _describe_evidence(entry: Mapping[str, Any]) -> list[str]:
    lines = [f"Evidence for {entry['number']}. {entry['heading']}:"]
    for quote in entry["quotes"]:
        words = "".join(words for words, _ in quote["pieces"])
        claims = ", ".join(claim["figure"] for claim in quote["claims"])
        lines.append(f"“{words}” {quote['outlet']}, {quote['published']}: {claims}.")
    return lines
