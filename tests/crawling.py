"""Following every public address from the known beginnings, as a search engine would."""

import json
import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from tests.browsing import read

SEEDS = (
    "/",
    "/search/?q=示例",
    "/feed/",
    "/feed/rss/",
    "/sitemap.xml",
    "/robots.txt",
    "/api/docs/",
    "/api/docs/openapi.json",
    "/search/suggest/?q=示例",
    "/api/v2/pages/?type=cms.PolicyPage&fields=*",
    "/api/v2/pages/?type=cms.StandardPage&fields=*",
    "/api/v2/pages/?fields=*",
    "/api/v2/pages/?type=brands.BrandPage&fields=*",
    "/api/v2/pages/?type=cms.NoticePage&fields=*",
    "/api/v2/pages/?type=forms_app.CallPage&fields=*",
    "/api/v2/images/?fields=*",
    "/api/v2/documents/?fields=*",
    "/health/live",
    "/health/ready",
)
CLOSED = ("/admin/", "/my/", "/review/", "/accounts/", "/static/")
MOST = 3000


def addresses_in(text, base):
    """Return the addresses of this site that a page, feed or JSON names."""
    found = re.findall(r"""(?:href|src|action|poster)=["']([^"'\s]+)""", text)
    for sizes in re.findall(r"""srcset=["']([^"']+)""", text):
        found += [size.split()[0] for size in sizes.split(",") if size.strip()]
    found += re.findall(r"<loc>([^<]+)</loc>|<id>([^<]+)</id>", text) and re.findall(
        r"<(?:loc|id)>([^<]+)</", text
    )
    found += re.findall(r'"(?:url|full_url|detail_url|html_url|download_url)":\s*"([^"]+)"', text)
    for one in found:
        parts = urlsplit(urljoin(f"http://testserver{base}", unescape(one)))
        if parts.scheme in ("http", "https") and parts.hostname in ("testserver", "127.0.0.1"):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def words_of(answer):
    """Return what an answer says, JSON and HTML in plain letters, headers included."""
    text = read(answer).decode(errors="ignore")
    if "json" in answer.get("Content-Type", ""):
        text += json.dumps(json.loads(text), ensure_ascii=False)
    return f"{answer.headers}\n{unescape(text)}"


def answers_to(client, *more):
    """Yield (address, status, words) of all that can be reached from the seeds and `more`; at MOST addresses the walk fails."""
    seen = dict.fromkeys((*SEEDS, *more))
    waiting = deque(seen)
    while waiting:
        assert len(seen) < MOST, "links lead to ever new addresses"
        address = waiting.popleft()
        answer = client.get(address)
        words = words_of(answer)
        yield address, answer.status_code, words
        for found in addresses_in(words, address):
            if found not in seen and not found.startswith(CLOSED):
                seen[found] = None
                waiting.append(found)
