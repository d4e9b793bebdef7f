"""Feeds as they come: RSS, Atom, RDF, JSON Feed, and all that is wrong with them."""

from __future__ import annotations

import json
import time

import pytest

from tracker.collect.feeds import Entry, looks_like_feed, read_feed
from tracker.collect.rejected import UnreadableError

HOME = "https://delta.example/feed.xml"
ITEM = (
    "<item><title>Ferry &amp; barge</title><link>https://delta.example/1?utm_source=rss</link>"
    "<pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate><description>&lt;p&gt;Nine died.&lt;/p&gt;</description></item>"
)


def rss(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>D</title>{"".join(items)}</channel></rss>'.encode()


def test_an_entry_tells_its_address_title_and_day_as_written() -> None:
    told = {"title": "Ferry & barge", "published": "2025-03-04"}
    assert read_feed(rss(ITEM), HOME) == [
        Entry(address="https://delta.example/1", told=told, markup="<p>Nine died.</p>")
    ]


def test_atom_and_rdf_and_json_are_feeds_too() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><link href='/a'/>"
        "<updated>2025-03-05T01:00:00Z</updated>"
        "<published>2025-03-04T23:00:00Z</published><content type='html'>&lt;p&gt;Nine died.</content></entry>"
        "</feed>"
    )
    rdf = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>D</title></channel>"
        "<item><title>A</title><link>https://delta.example/a</link><dc:date>2025-03-04T10:00:00+03:00</dc:date></item>"
        "</rdf:RDF>"
    )
    item = {
        "id": "https://delta.example/a",
        "title": "A",
        "date_published": "2025-03-04T10:00:00Z",
        "content_text": "N<i",
    }
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item, "no item"]})
    for body in (atom, rdf, feed):
        assert looks_like_feed(body.encode(), "")
        (entry,) = read_feed(body.encode(), HOME)
        assert (entry.address, dict(entry.told)) == (
            "https://delta.example/a",
            {"title": "A", "published": "2025-03-04"},
        )
    assert "Nine died." in read_feed(atom.encode(), HOME)[0].markup
    assert read_feed(feed.encode(), HOME)[0].markup == "N&lt;i"


@pytest.mark.parametrize(
    "item",
    [
        "<item><title>A & B</title><link>https://delta.example/2</link></item>",
        "<item><title>A &nbsp;&undeclared; B</title><link>https://delta.example/2</link></item>",
        "<item><title>A \x0c B</title><link>https://delta.example/2</link></item>",
        "<item><link>https://delta.example/2</link><pubDate>never</pubDate></item>",
        "<item><link>https://delta.example/2</link><pubDate>Tue, 99 Mar 2025 99:00:00 XYZ</pubDate></item>",
    ],
)
def test_a_malformed_item_costs_at_most_itself(item: str) -> None:
    found = read_feed(rss(ITEM, item, ITEM.replace("/1", "/3")), HOME)
    addresses = [entry.address for entry in found]
    assert addresses[0] == "https://delta.example/1"
    assert "https://delta.example/2" in addresses
    assert addresses[-1] == "https://delta.example/3"


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c", "https://[broken"])
def test_an_entry_that_leads_nowhere_has_no_address(link: str) -> None:
    (entry,) = read_feed(rss(f"<item><title>A</title><link>{link}</link></item>"), HOME)
    assert entry.address in ("", "https://delta.example/feed.xml")


def test_encodings_are_those_that_feeds_name_or_have() -> None:
    head = "<?xml version='1.0' encoding='{}'?><rss version='2.0'>"
    text = head + "<channel><item><title>Погибли</title></item></channel></rss>"
    for encoding in ("windows-1251", "utf-8", "utf-16"):
        assert read_feed(text.format(encoding).encode(encoding), HOME)[0].told == {"title": "Погибли"}
    wrong = text.format("utf-8").encode("windows-1251")
    assert len(read_feed(wrong, HOME)) == 1


def test_entities_are_not_expanded() -> None:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<!DOCTYPE rss [<!ENTITY e0 "boom">{declared}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        f"<rss version='2.0'><channel><item><title>&e11;&file;</title><link>https://delta.example/1</link></item></channel></rss>"
    )
    started = time.monotonic()
    found = read_feed(bomb.encode(), HOME)
    assert time.monotonic() - started < 5
    assert len(repr(found)) < 1000
    assert "root:" not in repr(found)


def test_a_feed_of_any_depth_is_read() -> None:
    deep = rss(f"<item><title>A</title><description>{'<b>' * 20_000}</description></item>")
    assert len(read_feed(deep, HOME)) == 1
    assert len(read_feed(rss("<item><title>A" + "<x>" * 20_000), HOME)) <= 1


@pytest.mark.parametrize("body", ["<html><body>Not found</body></html>", "nothing", "{}", '{"items": 3}', "{" * 9999])
def test_what_is_no_feed_is_refused(body: str) -> None:
    with pytest.raises(UnreadableError, match="it is no feed"):
        read_feed(body.encode(), HOME)
    assert not looks_like_feed(body.encode(), "text/html")
    with pytest.raises(UnreadableError, match="it is empty"):
        read_feed(b" \n", HOME)


def test_an_entry_whose_summary_is_cut_off_has_the_rest() -> None:
    """What comes after a broken closing tag leaves a summary that is there and is nothing."""
    feed = (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><title>Ferry</title>"
        "<link>https://delta.example/1</link><description>Nine died,/description>"
        "<content:encoded><![CDATA[<p>Ten died.</p>]]></content:encoded></item></channel></rss>"
    )
    (entry,) = read_feed(feed.encode(), HOME)
    assert (entry.address, entry.told["title"]) == ("https://delta.example/1", "Ferry")
