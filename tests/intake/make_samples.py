"""Small sound samples of the formats that hold several documents, as bytes: for tests, and to be damaged by others."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

WORDS = "The envoy said the talks on the northern treaty would go on after the recess. "
ARTICLE = f"<p>{WORDS * 6}</p><p>“We are close to a text,” she told reporters in the harbour town.</p>"


def page(title: str = "Envoys meet", *, body: str = ARTICLE, head: str = "") -> bytes:
    """A web page with one article."""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><article>{body}</article></body></html>"
    ).encode()


def rss(*, declaration: str = "", summary: str = "Talks go on, the envoy says.") -> bytes:
    """An RSS 2.0 feed of three entries: with the whole article, with a summary and a link, and with plain text only."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>{declaration}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Courier &amp; Post</title>
<link>http://news.test/</link><description>World news</description>
<item><title>Envoys meet &lt;i&gt;again&lt;/i&gt;</title><link>http://News.test/one?utm_source=rss&amp;id=7#top</link>
<dc:creator>Ann Lee</dc:creator><dc:creator>Omar Haddad</dc:creator>
<pubDate>Tue, 05 Mar 2024 22:10:00 -0500</pubDate><description>{summary}</description>
<content:encoded><![CDATA[{ARTICLE * 2}]]></content:encoded></item>
<item><title>Ports reopen</title><link>http://news.test/two</link><pubDate>Wed, 06 Mar 2024 08:00:00 GMT</pubDate>
<description>{summary}</description></item>
<item><title>A note</title><description>The minister said no to the offer.</description></item>
</channel></rss>""".encode()


def rdf() -> bytes:
    """An RSS 1.0 feed of one entry."""
    return b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://news.test/"><title>The Courier</title><link>http://news.test/</link></channel>
<item rdf:about="http://news.test/one"><title>Envoys meet</title><link>http://news.test/one</link>
<dc:date>2024-03-05T22:10:00+03:00</dc:date><description>The envoy said no.</description></item></rdf:RDF>"""


def atom() -> bytes:
    """An Atom feed of two entries, the first in XHTML."""
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>The Gazette</title><link href="http://news.test/"/><updated>2024-03-06T00:00:00Z</updated><id>urn:x:feed</id>
<entry><title>AT&amp;T and the &lt;treaty&gt;</title><id>urn:x:1</id><link rel="enclosure" href="http://news.test/a.mp3"/>
<link rel="alternate" href="http://news.test/one"/><published>2024-03-05T23:10:00+05:00</published>
<updated>2024-03-07T00:00:00Z</updated><author><name>Ann Lee</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{ARTICLE}</div></content></entry>
<entry><title>Second</title><id>urn:x:2</id><link href="http://news.test/two"/><updated>2024-03-06T00:00:00Z</updated>
<summary>The minister said no.</summary></entry></feed>""".encode()


def opml(*addresses: str) -> bytes:
    """A list of feeds in nested folders."""
    outlines = "".join(f'<outline text="a folder"><outline type="rss" xmlUrl="{one}"/></outline>' for one in addresses)
    head = '<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head>'
    return f"{head}<body>{outlines}</body></opml>".encode()


def lines(count: int = 3) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps({"text": f"Envoy {n} said no.", "id": n}).encode() + b"\n" for n in range(count))


def zipped(entries: dict[str, bytes] | None = None, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip folder; without `entries`, one of a text, a page, JSON Lines and a feed."""
    entries = entries or {"b/page.html": page(), "a.txt": WORDS.encode(), "lines.jsonl": lines(), "feed.rss": rss()}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return data.getvalue()


def gzipped(data: bytes | None = None) -> bytes:
    """A gzip file, of JSON Lines where nothing else is given."""
    return gzip.compress(lines(50) if data is None else data, mtime=0)
