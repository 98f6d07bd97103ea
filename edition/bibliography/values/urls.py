"""URLs as identity: what may differ between two addresses of one page, and what may not.

Host case, scheme, ``www.``, a trailing slash, a default port, a fragment and tracking parameters
don't tell pages apart. The case of the path does (RFC 3986, 6.2.2.1).
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|ref_src|"
    r"spm|share_token|smid|cmpid|ncid|s_cid|wt\.mc_id)$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
# Labels of a host that say where it is registered, not whose it is.
_PUBLIC = (
    "com org net edu gov mil int info biz io co ac or ne go eu uk us cn jp kr tw hk de fr "
    "it es nl ch at be se no dk fi pl ru in au nz ca br mx za sg my id th vn www www2 m "
    "en zh"
)
PUBLIC = frozenset(_PUBLIC.split())
# hosts on which anybody publishes: they say nothing of who did
_PLATFORMS = (
    "twitter x facebook youtube youtu instagram linkedin reddit tiktok vimeo medium substack "
    "wordpress blogspot blogger tumblr github gitlab bitbucket sourceforge googlecode flickr "
    "weibo zhihu douban bilibili weixin qq toutiao sohu sina 163 baidu naver daum archive "
    "wikipedia wikimedia wikisource doi handle hdl jstor arxiv ssrn researchgate academia zenodo "
    "figshare osf scribd issuu slideshare google dropbox notion soundcloud spotify ted amazon "
    "stackoverflow stackexchange pinterest quora mastodon telegram"
)
PLATFORMS = frozenset(_PLATFORMS.split())


_HOST = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?")


_BROKEN = re.compile(r"[/?&=.#~_-]\s|\s[/?&=.#~_-]|^[^/]*//[^/]*\s")


def broken(url: str) -> bool:
    """Whether a space in ``url`` is where lines of print are broken: beside a mark, within the
    host; between letters it may be part of a file’s name."""
    return _BROKEN.search(url.strip()) is not None


def encoded(url: str) -> str:
    """``url`` with its spaces as ``%20``; empty where it holds none, or is several addresses."""
    text = url.strip()
    if not re.search(r"\s", text) or text.count("://") != 1 or not key(text):
        return ""
    return re.sub(r"\s", "%20", text)


def tidy(url: str) -> str:
    """``url`` in the house style: host in lower case, no tracking parameters; everything else as
    it stands. What is no single URL comes back unchanged."""
    text = url.strip()
    if re.search(r"[\s\\]", text):
        return url
    try:
        parts = urlsplit(text)
        host = parts.netloc
    except ValueError:
        return url
    if not parts.scheme or not _HOST.fullmatch(host):
        return url
    query = parts.query
    if query and any(TRACKING.match(name) for name, _ in _parameters(query)):
        query = "&".join(one for one in query.split("&") if not TRACKING.match(one.split("=")[0]))
    return urlunsplit((parts.scheme.lower(), host.lower(), parts.path, query, parts.fragment))


def _parameters(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


@lru_cache(maxsize=65536)
def key(url: str) -> str:
    """What two addresses of one page have in common; empty for what is no address."""
    text = re.sub(r"[\s\\]+", "", url.strip())
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    path = _INDEX.sub("/", parts.path).rstrip("/")
    query = urlencode(sorted(one for one in _parameters(parts.query) if not TRACKING.match(one[0])))
    number = f":{port}" if port and port not in (80, 443) else ""
    return f"{host}{number}{path}" + (f"?{query}" if query else "")


def host(url: str) -> str:
    """The host in lower case without ``www.``; empty where there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def owner_labels(url: str) -> tuple[str, ...]:
    """The labels of the host that name its owner, the registered one first: ``fudan``, ``fddi``
    for ``fddi.fudan.edu.cn``."""
    labels = [one for one in host(url).split(".") if one and one not in PUBLIC]
    return tuple(reversed(labels))


def path(url: str) -> str:
    """The path; empty for what is no address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return parts.path if parts.netloc else ""


def words(url: str) -> tuple[str, ...]:
    """The words of the path, lower case, in order."""
    return tuple(re.findall(r"[a-z]+|\d+", path(url).lower()))
