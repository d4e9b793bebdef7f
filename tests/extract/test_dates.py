"""Dates: every form of the codebook, every entry of the calendar tables, and what must hold of any sentence."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extract.dates.calendar import easter_sunday
from tracker.extract.dates.finding import DateFinder, DateMention
from tracker.extract.text.matching import spans_of_line_rule
from tracker.extract.text.sentences import Sentence
from tracker.rulebook import load_rulebook
from tracker.rulebook.examples import check_examples

RULEBOOK = load_rulebook(Path(__file__).resolve().parents[2] / "rules")
FINDER = DateFinder(RULEBOOK)
CALENDAR = RULEBOOK.table("calendar")
THURSDAY = date(2024, 6, 20)


def find(text: str, published: date | None = THURSDAY, anchor: date | None = None) -> list[DateMention]:
    return FINDER.find(Sentence(text, 0, len(text), 0), published, anchor)


def days(mention: DateMention) -> str:
    if mention.start == mention.end:
        return str(mention.start)
    return f"{mention.start}..{mention.end}"


def harm_date(text: str, harm: str, published: date = THURSDAY) -> str:
    sentence = Sentence(text, 0, len(text), 0)
    at = text.index(harm)
    tokens = [n for n, token in enumerate(sentence.tokens) if at <= token.start < at + len(harm)]
    mention = FINDER.date_of_harm(FINDER.find(sentence, published), sentence, (tokens[0], tokens[-1] + 1))
    return days(mention) if mention else "none"


@pytest.mark.parametrize("name", ["dates", "date_roles"])
def test_the_rules_do_what_their_examples_say(name: str) -> None:
    assert [str(failure) for failure in check_examples(RULEBOOK.rules(name), spans_of_line_rule)] == []


@pytest.mark.parametrize("rule", RULEBOOK.rules("dates"), ids=lambda rule: rule.id)
def test_the_cues_of_a_rule_let_its_own_examples_through(rule) -> None:  # type: ignore[no-untyped-def]
    for example in rule.matches:
        line = Sentence(example.text, 0, len(example.text), 0).line
        assert rule in FINDER.rules_for(line), example.text


FORMS = {
    # weekdays: the last on or before publication
    "Two died on Monday.": "2024-06-17",
    "Two died on Thursday.": "2024-06-20",
    "Two died last Thursday.": "2024-06-13",
    "Two died last Tuesday.": "2024-06-18",
    "Two died on Sunday evening.": "2024-06-16",
    "Early Sunday two died.": "2024-06-16",
    "Two died before dawn on Friday.": "2024-06-14",
    "Two died on Monday last week.": "2024-06-10",
    "Two died this past Sunday.": "2024-06-16",
    "Friday's blast killed two.": "2024-06-14",
    "On the night of Saturday to Sunday two died.": "2024-06-15..2024-06-16",
    "From Tuesday night through to Wednesday two died.": "2024-06-18..2024-06-19",
    "Two died between Friday and Sunday.": "2024-06-14..2024-06-16",
    "Two died between Monday and Friday.": "2024-06-10..2024-06-14",
    # counted from publication
    "Two died today.": "2024-06-20",
    "Two died yesterday morning.": "2024-06-19",
    "Two died the day before yesterday.": "2024-06-18",
    "This morning two died.": "2024-06-20",
    "Two died last night.": "2024-06-19",
    "Two died overnight.": "2024-06-19..2024-06-20",
    "Two died overnight into Wednesday.": "2024-06-18..2024-06-19",
    "Two died three days ago.": "2024-06-17",
    "Two died two weeks ago.": "2024-06-03..2024-06-09",
    "Two died a month ago.": "2024-05-01..2024-05-31",
    "Two died three years ago.": "2021-01-01..2021-12-31",
    # windows
    "In the past 24 hours two died.": "2024-06-19..2024-06-20",
    "In the last 48 hours two died.": "2024-06-18..2024-06-20",
    "Over the past eleven days two died.": "2024-06-09..2024-06-20",
    "In the past two weeks two died.": "2024-06-06..2024-06-20",
    "In the last six months two died.": "2023-12-20..2024-06-20",
    "Over the past decade two died.": "2014-06-20..2024-06-20",
    "Two dead in past 24 hours": "2024-06-19..2024-06-20",
    # calendar units
    "Two died at the weekend.": "2024-06-15..2024-06-16",
    "Two died this week.": "2024-06-17..2024-06-20",
    "Two died last week.": "2024-06-10..2024-06-16",
    "Two died this month.": "2024-06-01..2024-06-20",
    "Two died last month.": "2024-05-01..2024-05-31",
    "Two died late last month.": "2024-05-21..2024-05-31",
    "Two died earlier this year.": "2024-01-01..2024-06-20",
    "So far this year two died.": "2024-01-01..2024-06-20",
    "Two died last year.": "2023-01-01..2023-12-31",
    "This century two died.": "2000-01-01..2024-06-20",
    # days in full, in any order
    "On 28 June 2023 two died.": "2023-06-28",
    "On June 28 two died.": "2023-06-28",
    "On June 2 two died.": "2024-06-02",
    "Jun 2nd two died.": "2024-06-02",
    "On Dec. 31 two died.": "2023-12-31",
    "Two died on the evening of 3 May.": "2024-05-03",
    "2024-06-02 two died.": "2024-06-02",
    "Two died on 25/5/2024.": "2024-05-25",
    "Two died on 5/25/2024.": "2024-05-25",
    "Two died on 25.05.2024.": "2024-05-25",
    "Two died on 5/6/2024.": "None",
    "Two died on 30 February 2024.": "None",
    "On the 28th, two died.": "2024-05-28",
    "On 29 February two died.": "2024-02-29",
    # ranges of days
    "From 1 to 7 April two died.": "2024-04-01..2024-04-07",
    "Two died between 1 and 7 April.": "2024-04-01..2024-04-07",
    "From March 3 to March 9 two died.": "2024-03-03..2024-03-09",
    "3-9 March saw two deaths.": "2024-03-03..2024-03-09",
    "On June 8, 9 and 10 two died.": "2024-06-08..2024-06-10",
    "Between 28 December and 3 January two died.": "2023-12-28..2024-01-03",
    "From 28 June to 2 July 2022 two died.": "2022-06-28..2022-07-02",
    "In the week ending 7 June two died.": "2024-06-01..2024-06-07",
    "In the week of 5 June two died.": "2024-06-03..2024-06-09",
    # months and their thirds
    "In May two died.": "2024-05-01..2024-05-31",
    "In June two died.": "2024-06-01..2024-06-20",
    "In December two died.": "2023-12-01..2023-12-31",
    "In March 12 miners died.": "2024-03-01..2024-03-31",
    "In late May two died.": "2024-05-21..2024-05-31",
    "In mid-March two died.": "2024-03-11..2024-03-20",
    "In early June two died.": "2024-06-01..2024-06-10",
    "In May 2021 two died.": "2021-05-01..2021-05-31",
    "Two died in May last year.": "2023-05-01..2023-05-31",
    "Last May two died.": "2024-05-01..2024-05-31",
    "Last June two died.": "2023-06-01..2023-06-30",
    "Between March and May two died.": "2024-03-01..2024-05-31",
    "From November 2023 to February 2024 two died.": "2023-11-01..2024-02-29",
    # seasons, years, more
    "Last summer two died.": "2023-06-01..2023-08-31",
    "In the spring of 2023 two died.": "2023-03-01..2023-05-31",
    "In 2013 two died.": "2013-01-01..2013-12-31",
    "The 2004 tsunami killed many.": "2004-01-01..2004-12-31",
    "2023's worst fire killed two.": "2023-01-01..2023-12-31",
    "In the whole of 2023 two died.": "2023-01-01..2023-12-31",
    "383 in 2023.": "2023-01-01..2023-12-31",
    "In late 2019 two died.": "2019-09-01..2019-12-31",
    "Between 2015 and 2019 two died.": "2015-01-01..2019-12-31",
    "The 2003-2011 war killed many.": "2003-01-01..2011-12-31",
    "From 1980 to 1988 two died.": "1980-01-01..1988-12-31",
    "In the 1990s two died.": "1990-01-01..1999-12-31",
    "In the late 1990s two died.": "1997-01-01..1999-12-31",
    "In the first half of 2023 two died.": "2023-01-01..2023-06-30",
    "In the third quarter two died.": "2023-07-01..2023-09-30",
    # named days
    "On Christmas Day two died.": "2023-12-25",
    "On New Year's Eve two died.": "2023-12-31",
    "On Easter Sunday 2019 two died.": "2019-04-21",
    "The September 11 attacks killed many.": "2001-09-11",
    # what cannot be resolved
    "A few days ago two died.": "None",
    "In recent weeks two died.": "None",
    "Two days earlier two had died.": "None",
    "That day two died.": "None",
}


@pytest.mark.parametrize("text", FORMS)
def test_a_form_means_its_days(text: str) -> None:
    (mention,) = find(text)
    assert days(mention) == FORMS[text]


@pytest.mark.parametrize(
    "text",
    [
        "It may kill more.",
        "They march on.",
        "Some 3 may have drowned.",
        "Troops march 20 miles.",
        "They sat for a second under the sun.",
        "About 2,024 people were hurt.",
        "2024 people were hurt.",
        "It killed 2004 people.",
        "He was 2024th in the queue.",
        "Every Monday they gather.",
        "The Sunday Times reported it.",
        "Shots fell at the Christmas market.",
        "He lived on the 28th floor.",
        "The last days of the war were cruel.",
        "",
    ],
)
def test_words_that_only_look_like_dates(text: str) -> None:
    assert find(text) == []


ROLES = {
    "Police said on Monday 12 people were killed.": "report",
    "Police said that 12 people were killed on Monday.": "when",
    "12 people were killed on Monday, police said.": "when",
    "The ministry confirmed on June 28 that two were killed.": "report",
    "The envoy told reporters on Tuesday that two were killed.": "report",
    "On Monday, the ministry said 12 had died.": "report",
    "On Monday, a bomb killed 12, police said.": "when",
    "On Friday, Omar bin Said, an envoy, died.": "when",
    "Her body was found on Monday.": "report",
    "He was buried on Monday.": "report",
    "A guard was sentenced on Monday to ten years.": "report",
    "As of Monday 12 had died.": "report",
    "The toll rose from 12 to 17 on Friday.": "report",
    "He will be in court on Tuesday.": "future",
    "On 3 July 2024 a ship is to sail.": "future",
    "Since January two have died.": "since",
    "Since the war began 12 have died.": "since",
    "By Friday 12 had died.": "until",
    "Until 2019 nobody died.": "until",
    "On the third anniversary of the quake they wept.": "anniversary",
}


@pytest.mark.parametrize("text", ROLES)
def test_a_date_has_the_role_that_its_clause_gives_it(text: str) -> None:
    (mention,) = find(text)
    assert mention.role == ROLES[text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since January 1,200 have died.", "2024-01-01..2024-06-20"),
        ("Since October 7 38,000 have died.", "2023-10-07..2024-06-20"),
        ("Since October 7, 2022, many have died.", "2022-10-07..2024-06-20"),
        ("Since the start of the year 12 have died.", "2024-01-01..2024-06-20"),
        ("Since the war began 12 have died.", "None"),
    ],
)
def test_since_runs_to_publication(text: str, expected: str) -> None:
    (mention,) = find(text)
    assert (mention.role, days(mention)) == ("since", expected)
    assert mention.text.startswith("Since")


def test_an_anniversary_is_counted_from_the_day_it_falls_on() -> None:
    mentions = find("On Monday, the third anniversary of the quake, they wept.")
    assert [days(mention) for mention in mentions] == ["2024-06-17", "2021-06-17"]


def test_earlier_is_counted_from_the_date_before_it_else_from_the_anchor() -> None:
    assert [days(m) for m in find("On Monday two died; two days earlier three had.")] == ["2024-06-17", "2024-06-15"]
    assert [days(m) for m in find("Two days earlier three died.", anchor=date(2024, 5, 3))] == ["2024-05-01"]
    assert [days(m) for m in find("The following day three died.", anchor=date(2024, 5, 3))] == ["2024-05-04"]
    assert [days(m) for m in find("That year three died.", anchor=date(2020, 5, 3))] == ["2020-01-01..2020-12-31"]


def test_without_a_day_of_publication_only_full_dates_are_known() -> None:
    text = "In May 2021 two died, on Monday three, in March four, and on 3 May 2020 five."
    assert [days(m) for m in find(text, published=None)] == ["2021-05-01..2021-05-31", "None", "None", "2020-05-03"]


@pytest.mark.parametrize(
    ("text", "harm", "expected"),
    [
        ("Friday's blast, in which seven died, followed a raid a day earlier that killed four.", "seven", "2024-06-14"),
        ("Friday's blast, in which seven died, followed a raid a day earlier that killed four.", "four", "2024-06-13"),
        ("Two died on Monday, the worst crash since the one in May 2021, which killed 57.", "Two", "2024-06-17"),
        (
            "Two died on Monday, the worst crash since the one in May 2021, which killed 57.",
            "57",
            "2021-05-01..2021-05-31",
        ),
        ("The ministry confirmed on Monday that two were killed.", "two", "none"),
        ("In 2019 two died, and in 2020 three.", "three", "2020-01-01..2020-12-31"),
        ("In 2019 two died, and in 2020 three.", "two", "2019-01-01..2019-12-31"),
        ("It was the worst fire since 2017, when 12 died.", "12", "2017-01-01..2017-12-31"),
    ],
)
def test_a_harm_takes_the_date_of_its_own_clause(text: str, harm: str, expected: str) -> None:
    assert harm_date(text, harm) == expected


@pytest.mark.parametrize("month", CALENDAR["months"])
def test_every_month_is_read(month: str) -> None:
    (mention,) = find(f"On 3 {month.capitalize()} 2021 two died.")
    assert days(mention) == f"2021-{CALENDAR['months'][month]:02}-03"


@pytest.mark.parametrize("weekday", CALENDAR["weekdays"])
def test_every_weekday_is_read(weekday: str) -> None:
    (mention,) = find(f"Two died on {weekday.capitalize()}")
    assert mention.start is not None
    assert mention.start.weekday() == CALENDAR["weekdays"][weekday]
    assert THURSDAY - timedelta(days=7) < mention.start <= THURSDAY


@pytest.mark.parametrize("holiday", CALENDAR["holidays"])
def test_every_holiday_is_read(holiday: str) -> None:
    (mention,) = find(f"Two died on {holiday.capitalize()}.")
    assert mention.rule_id == "date.holiday"
    assert mention.start is not None
    assert THURSDAY - timedelta(days=366) <= mention.start <= THURSDAY


@pytest.mark.parametrize("phrase", CALENDAR["relative_days"])
def test_every_relative_day_is_read(phrase: str) -> None:
    (mention,) = find(f"Two died {phrase}.")
    assert mention.start == THURSDAY + timedelta(days=CALENDAR["relative_days"][phrase])


@pytest.mark.parametrize("phrase", CALENDAR["named_days"])
def test_every_named_day_is_read(phrase: str) -> None:
    (mention,) = find(f"The {phrase} killed many.")
    assert mention.start == CALENDAR["named_days"][phrase]


@pytest.mark.parametrize("word", CALENDAR["numbers"])
def test_every_number_word_is_read(word: str) -> None:
    (mention,) = find(f"{word} days ago two died.")
    assert mention.start == THURSDAY - timedelta(days=CALENDAR["numbers"][word])


@pytest.mark.parametrize("word", CALENDAR["ordinals"])
def test_every_ordinal_is_read(word: str) -> None:
    (mention,) = find(f"On the {word} anniversary of the quake they wept.")
    assert mention.start is not None
    assert mention.start.year == 2024 - CALENDAR["ordinals"][word]


@pytest.mark.parametrize("word", CALENDAR["seasons"])
def test_every_season_is_read(word: str) -> None:
    (mention,) = find(f"Two died in the {word} of 2022.")
    assert mention.start == date(2022, CALENDAR["seasons"][word][0], 1)


@pytest.mark.parametrize(("year", "expected"), [(2000, "04-23"), (2008, "03-23"), (2019, "04-21"), (2025, "04-20")])
def test_easter(year: int, expected: str) -> None:
    assert str(easter_sunday(year)) == f"{year}-{expected}"


WORDS = sorted(
    {*CALENDAR["months"], *CALENDAR["weekdays"], *CALENDAR["seasons"], *CALENDAR["units"], *CALENDAR["numbers"]}
    | {*CALENDAR["thirds"], *CALENDAR["directions"], *CALENDAR["holidays"], *CALENDAR["relative_days"]}
    | {
        "on",
        "in",
        "since",
        "until",
        "between",
        "from",
        "to",
        "and",
        "the",
        "of",
        "-",
        "/",
        ",",
        ".",
        "'s",
        "ago",
        "earlier",
    }
    | {
        "later",
        "that",
        "same",
        "overnight",
        "said",
        "police",
        "killed",
        "2019",
        "2024",
        "2030",
        "1999",
        "9999",
        "1990s",
    }
    | {
        "7",
        "29",
        "31",
        "12",
        "28th",
        "24",
        "anniversary",
        "quarter",
        "half",
        "first",
        "attack",
        "before",
        "past",
        "999",
    }
)
SENTENCES = st.lists(
    st.sampled_from(WORDS).flatmap(lambda word: st.sampled_from([word, word.capitalize()])), max_size=14
).map(" ".join)
DAYS = st.one_of(st.dates(), st.just(date.min), st.just(date.max), st.just(THURSDAY))


@settings(max_examples=400, deadline=None)
@given(text=SENTENCES, published=DAYS, anchor=st.none() | DAYS)
def test_what_holds_of_any_sentence(text: str, published: date, anchor: date | None) -> None:
    sentence = Sentence(text, 0, len(text), 0)
    mentions = FINDER.find(sentence, published, anchor)
    assert mentions == FINDER.find(Sentence(text, 0, len(text), 0), published, anchor)
    for before, after in pairwise(mentions):
        assert before.last <= after.first
    for mention in mentions:
        tokens = sentence.tokens
        assert text[tokens[mention.first].start : tokens[mention.last - 1].end] == mention.text
        if mention.start and mention.end:
            assert mention.start <= mention.end
        if mention.end and mention.role != "future":
            assert mention.end <= published


@settings(max_examples=200, deadline=None)
@given(text=SENTENCES)
def test_the_cues_change_nothing(text: str) -> None:
    sentence = Sentence(text, 0, len(text), 0)
    assert FINDER.find(sentence, THURSDAY) == FINDER.find(sentence, THURSDAY, rules=FINDER.rules)
