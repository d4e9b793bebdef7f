"""How long a month's report takes, and how much memory: a made-up month is read, stored and told.

    python benchmarks/report.py --claims 10000

prints the seconds of each step and the highest memory of the process that writes the report. The month is the same in
every run; nothing of it is news.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

TOWNS = (
    "Kharkiv", "Odesa", "Kherson", "Sumy", "Dnipro", "Maiduguri", "Sokoto", "Kaduna", "Jos", "Zaria", "Mopti",
    "Gao", "Timbuktu", "Bamako", "Ouahigouya", "Djibo", "Niamey", "Diffa", "Goma", "Bukavu", "Bunia",
    "Butembo", "Beni", "Khartoum", "Omdurman", "El Fasher", "Nyala", "Port Sudan", "Kassala", "Juba",
    "Malakal", "Mogadishu", "Kismayo", "Baidoa", "Aden", "Taiz", "Hodeidah", "Sanaa", "Aleppo", "Idlib",
    "Homs", "Raqqa", "Mosul", "Kirkuk", "Basra", "Kabul", "Kandahar", "Herat", "Jalalabad", "Quetta",
    "Peshawar", "Karachi", "Lahore", "Dhaka", "Chittagong", "Sylhet", "Imphal", "Mandalay", "Sittwe",
    "Lashio", "Port-au-Prince", "Jacmel", "Cali", "Medellin", "Guayaquil", "Esmeraldas", "Culiacan",
    "Tijuana", "Acapulco", "Cusco", "Puno", "Potosi", "Lima", "Manila", "Davao", "Cotabato", "Jayapura",
    "Medan", "Padang", "Izmir", "Adana", "Zonguldak", "Tripoli", "Benghazi", "Maputo", "Pemba", "Beira",
    "Bangui", "Bambari", "Yaounde",
)  # fmt: skip
EVENTS = (
    ("an air strike", "the civil defence office", "killed", "wounded"),
    ("shelling", "the city council", "killed", "injured"),
    ("a bomb at a market", "police", "killed", "wounded"),
    ("a fire in a workshop", "the fire brigade", "killed", "injured"),
    ("a flood", "the disaster agency", "killed", "injured"),
    ("a bus crash", "the traffic police", "killed", "hurt"),
    ("gunmen", "a local official", "killed", "wounded"),
)
OUTLETS = ("Harbour News", "Meridian News Agency", "Delta Courier", "Northern Ledger", "Steppe Herald", "Lantern Post")
FIRST = date(2025, 3, 1)
DAYS = 31
CLAIMS_A_TEXT = 2.6


def write_texts(claims: int, seed: int = 7) -> list[tuple[str, str, date, str]]:
    """Outlet, title, day of publication and text, of about so many claims: events, reports that differ, totals."""
    chance = random.Random(seed)
    texts = []
    for number in range(int(claims / CLAIMS_A_TEXT)):
        if number % 3 == 0:
            town, (what, who, dead, hurt) = chance.choice(TOWNS), chance.choice(EVENTS)
            day = FIRST + timedelta(days=chance.randrange(DAYS))
            most = chance.choice((4, 9, 20, 60))
        killed, wounded = chance.randrange(1, most), chance.randrange(2, 3 * most)
        doers = "Gunmen" if what == "gunmen" else what[0].upper() + what[1:]
        published = day + timedelta(days=chance.choice((0, 0, 1, 1, 2)))
        lines = [
            f"{doers} {dead} {killed} people, including {max(1, killed // 4)} children, and {hurt} {wounded} others "
            f"in {town} on {day.day} March 2025, {who} said.",
        ]
        if number % 5 == 0:
            lines.append(f"A hospital doctor put the number of dead at {killed + chance.randrange(0, 4)}.")
        if number % 40 == 0:
            lines.append(
                f"The health ministry said the death toll since 7 October 2023 had risen to {40_000 + 7 * number}."
            )
        texts.append((chance.choice(OUTLETS), f"{town}: {killed} dead", published, " ".join(lines)))
    return texts


def fill(database: str, claims: int) -> tuple[int, float]:
    """Read and store the month, each day's texts on the morning after; how many claims they hold, and the seconds."""
    from tracker.documents import Document
    from tracker.extract import load_extractor
    from tracker.ledger import Ledger, begin_run
    from tracker.settings import load_settings

    began = time.perf_counter()
    extractor = load_extractor(load_settings(database))
    by_day: dict[date, list[Document]] = {}
    for number, (outlet, title, published, text) in enumerate(write_texts(claims)):
        document = Document(
            document_id=f"m{number}", text=text, title=title, published=published, outlet=outlet, language="en",
            url=f"https://example.org/{number}",
        )  # fmt: skip
        by_day.setdefault(published, []).append(document)
    found = 0
    with Ledger.open(database) as ledger:
        for day, documents in sorted(by_day.items()):
            started = datetime(day.year, day.month, day.day, 6, tzinfo=UTC) + timedelta(days=1)
            run = begin_run(started_at=started, rules_digest=extractor.rules_digest, command="ingest")
            for document in documents:
                told = extractor.extract(document)
                found += len(told)
                ledger.record(run, document, told)
            ledger.compare_texts(run)
    return found, time.perf_counter() - began


def tell(database: str, definition: str, form: str) -> None:
    """Write the month's report and print what each step took."""
    from tracker.gazetteer import Gazetteer
    from tracker.ledger import Ledger
    from tracker.publish.gathering import Question, gather, with_rules
    from tracker.publish.pages.definition import load_definition
    from tracker.publish.pages.report import build_report
    from tracker.settings import load_settings

    settings = load_settings(database)
    wanted = load_definition(settings.reports_folder, definition)
    question = Question(first=FIRST, last=FIRST + timedelta(days=DAYS - 1))
    steps = [time.perf_counter()]
    with Ledger.open(database, create=False) as ledger:
        material = gather(ledger, wanted, question, Gazetteer.open(settings.rules_folder))
    material = with_rules(material, settings.rules_folder)
    steps.append(time.perf_counter())
    files = build_report(material, wanted, form)
    steps.append(time.perf_counter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(len(content) for name, content in files.items() if name.endswith(".pdf"))
    print(
        f"{definition} ({form}): {len(material.readings)} claims, {len(material.incidents)} incidents; gathered in "
        f"{steps[1] - steps[0]:.1f} s, written in {steps[2] - steps[1]:.1f} s; {size / 1e6:.2f} MB of PDF, "
        f"{peak:.0f} MB of memory at most"
    )


def main() -> None:
    """Fill a database in one process and tell of it in others, so that the memory is the report's own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--database", help="keep the month in this database, and use it again where it is there")
    parser.add_argument("--only", nargs=3, metavar=("DATABASE", "DEFINITION", "FORM"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        tell(*given.only)
        return
    with TemporaryDirectory() as folder:
        path = Path(given.database or Path(folder) / "month.db")
        database = f"sqlite:///{path}"
        if not path.exists():
            found, seconds = fill(database, given.claims)
            print(f"{found} claims read and stored in {seconds:.1f} s", flush=True)
        for definition, form in (("daily", "pdf"), ("weekly", "pdf"), ("daily", "png")):
            subprocess.run([sys.executable, __file__, "--only", database, definition, form], check=True)


if __name__ == "__main__":
    main()
