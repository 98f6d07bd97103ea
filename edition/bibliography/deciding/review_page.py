"""``bib --review --html``: the open proposals as a page, served to this machine alone, for one
session. Accepting and refusing write the same ``decisions.toml`` as the terminal does.

The page needs no network and no other file. Its address holds a secret of the session, so that no
other page that the browser has open can answer in the editor's place (and no other host name: the
``Host`` of a request must be the one served).
"""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer

from edition.bibliography.deciding.applying import edit
from edition.bibliography.deciding.review import Proposal, Store, decision, own, proposals
from edition.bibliography.rules import RULES, says
from edition.bibliography.types import Change, Decision, Library, Merge, Repair

LIMIT = 100_000  # bytes of an answer
_FIELDS = ("author", "editor", "year", "date", "title", "journal", "journaltitle", "booktitle",
           "volume", "number", "pages", "publisher", "doi", "url")  # fmt: skip
_STYLE = """
body{font:16px/1.5 Georgia,"Noto Serif CJK TC",serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#222;background:#fdfcf8}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2.5rem}
article{border-top:1px solid #ccc;padding:.8rem 0}article.done{opacity:.45}
table{border-collapse:collapse}td{padding:.1rem .8rem .1rem 0;vertical-align:top}
td:first-child{color:#777}mark{background:#ffe58a}
ul{margin:.3rem 0 .6rem;padding-left:1.2rem;color:#555}
button{font:inherit;margin-right:.4rem;padding:.15rem .8rem}input{font:inherit;width:16rem}
.say{color:#777}
#end{position:sticky;bottom:0;background:#fdfcf8;padding:.6rem 0;border-top:1px solid #222}
"""
_SCRIPT = """
const key=document.body.dataset.key;
async function send(box,what){
 const said=box.querySelectorAll("input");
 const body={id:Number(box.dataset.id),take:what,reason:said[0].value,own:said[1]?said[1].value:""};
 const got=await fetch("/"+key+"/decide",{method:"POST",body:JSON.stringify(body)});
 const told=await got.json();
 for(const id of told.settled||[]){const one=document.querySelector(`[data-id="${id}"]`);
  one.classList.toggle("done",told.decided);one.querySelector(".say").textContent=told.said;}
 document.getElementById("left").textContent=told.left;
}
document.addEventListener("click",async press=>{
 const button=press.target.closest("button");if(!button)return;
 if(button.id==="stop"){await fetch("/"+key+"/stop",{method:"POST",body:"{}"});
  document.body.innerHTML="<h1>Done. This page may be closed.</h1>";return;}
 if(button.id==="undo"){const got=await fetch("/"+key+"/undo",{method:"POST",body:"{}"});
  const told=await got.json();for(const id of told.settled){
   const one=document.querySelector(`[data-id="${id}"]`);one.classList.remove("done");
   one.querySelector(".say").textContent="";}
  document.getElementById("left").textContent=told.left;return;}
 send(button.closest("article"),button.dataset.take);
});
"""


@dataclass
class Session:
    """The open proposals and what became of them. Pure but for ``store``."""

    repair: Repair
    source: Library
    store: Store
    todo: list[Proposal] = field(init=False)
    answers: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.todo = proposals(self.repair)
        self.done: set[int] = set()

    @property
    def left(self) -> int:
        return len(self.todo) - len(self.done)

    def decide(self, data: object) -> dict[str, object]:
        """One answer of the page. Raises ``ValueError`` for what is none."""
        if not isinstance(data, dict):
            raise ValueError("an answer is an object")
        at, take, reason, reading = (data.get(one) for one in ("id", "take", "reason", "own"))
        if not (isinstance(at, int) and 0 <= at < len(self.todo)) or at in self.done:
            raise ValueError("there is no such open proposal")
        told = self._decision(self.todo[at], str(take), str(reason or ""), str(reading or ""))
        self.store.save([told])
        self.answers.append([at])
        self.done.add(at)
        said = "accepted" if told.verdict in ("accept", "merge", "set") else "refused"
        return {"settled": [at], "decided": True, "said": said, "left": self.left}

    def _decision(self, one: Proposal, take: str, reason: str, reading: str) -> Decision:
        from dataclasses import replace

        if take == "own" and isinstance(one, Change) and reading.strip():
            return replace(own(one, reading.strip()), reason=reason)
        most = 1 if isinstance(one, Merge) else 1 + len(one.alternatives)
        if not (take.isascii() and take.isdecimal() and int(take) <= most):
            raise ValueError("there is no such reading")
        return decision(one, int(take), reason.strip())

    def undo(self) -> dict[str, object]:
        settled = self.answers.pop() if self.answers else []
        if settled:
            self.store.undo()
        self.done -= set(settled)
        return {"settled": settled, "decided": False, "said": "", "left": self.left}


def page(session: Session, secret: str) -> str:
    """The whole page."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>",
        "<title>Review of the bibliography</title>",
        f"<style>{_STYLE}</style><body data-key={secret}><h1>Open proposals</h1>",
    ]
    rule = ""
    for at, one in enumerate(session.todo):
        if one.rule != rule:
            rule = one.rule
            why = f": {RULES[rule].why}" if rule in RULES and RULES[rule].why else ""
            parts.append(f"<h2>{_text(says(rule))} <small>({rule}){_text(why)}</small></h2>")
        parts.append(_article(at, one, session))
    parts.append(
        f"<div id=end><span id=left>{session.left}</span> open <button id=undo>Undo</button>"
        f"<button id=stop>Finish</button></div><script>{_SCRIPT}</script></body></html>"
    )
    return "\n".join(parts)


def _article(at: int, one: Proposal, session: Session) -> str:
    known = {**session.source.by_key(), **session.repair.library.by_key()}
    keys = (one.kept, *one.merged) if isinstance(one, Merge) else (one.entry,)
    rows = "".join(
        f"<tr><td colspan=2><b>{_text(key)}</b></td></tr>"
        + "".join(
            f"<tr><td>{name}</td><td>{_text(known[key].get(name))}</td></tr>"
            for name in _FIELDS
            if known[key].get(name)
        )
        for key in keys
        if key in known
    )
    facts = "".join(f"<li>{_text(fact)}</li>" for fact in one.evidence)
    reason = '<input placeholder="reason" aria-label="reason">'
    if isinstance(one, Merge):
        asked = "<button data-take=1>One work</button><button data-take=0>Two works</button>"
        return _box(at, rows, asked + reason, facts)
    now = f"<tr><td>now</td><td>{_marked(one.before, one.after, after=False) or '–'}</td></tr>"
    readings = "".join(
        f"<tr><td>{number}</td><td>{_marked(one.before, text, after=True)} "
        f"<button data-take={number}>Take</button></td></tr>"
        for number, text in enumerate((one.after, *one.alternatives), 1)
    )
    mine = '<input placeholder="own reading" aria-label="own reading">'
    mine += "<button data-take=own>Set</button>"
    asked = f"<button data-take=0>As it is</button>{reason}{mine}"
    field_row = f"<tr><td colspan=2><i>{_text(one.field)}</i></td></tr>"
    return _box(at, rows + field_row + now + readings, asked, facts)


def _box(at: int, rows: str, asked: str, facts: str) -> str:
    return (
        f"<article data-id={at}><table>{rows}</table><ul>{facts}</ul><p>{asked} "
        "<span class=say></span></p></article>"
    )


def _text(text: str) -> str:
    return html.escape(text)


def _marked(before: str, value: str, *, after: bool) -> str:
    part = edit(before, value)
    new = part.text if after else before[part.start : part.end]
    mark = f"<mark>{_text(new)}</mark>" if new else ""
    return f"{_text(before[: part.start])}{mark}{_text(before[part.end :])}"


# --- serving ---------------------------------------------------------------------------------


def serve(session: Session, tell: Callable[[str], None]) -> None:
    """Serve the page on this machine until it is finished or the terminal interrupts. ``tell``
    gets its address."""
    server = make(session)
    with server:
        tell(f"http://127.0.0.1:{server.server_address[1]}/{server.secret}/")
        try:
            while not server.over:
                server.handle_request()
        except KeyboardInterrupt:
            return


class PageServer(HTTPServer):
    secret: str
    over = False


def make(session: Session) -> PageServer:
    """A server of the page, not yet running."""
    server = PageServer(("127.0.0.1", 0), _handler(session))
    server.secret = secrets.token_urlsafe(16)
    return server


def _handler(session: Session) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server: PageServer

        def do_GET(self) -> None:
            if self._own() and self.path == f"/{self.server.secret}/":
                self._send(page(session, self.server.secret), "text/html")
            else:
                self._send("not found", "text/plain", HTTPStatus.NOT_FOUND)

        def do_POST(self) -> None:
            size = self.headers.get("Content-Length", "")
            if not self._own() or not size.isdecimal() or int(size) > LIMIT:
                return self._send("refused", "text/plain", HTTPStatus.FORBIDDEN)
            body = self.rfile.read(int(size))
            action = self.path.removeprefix(f"/{self.server.secret}/")
            try:
                if action == "decide":
                    answer = session.decide(json.loads(body))
                elif action == "undo":
                    answer = session.undo()
                elif action == "stop":
                    self.server.over = True
                    answer = {"left": session.left}
                else:
                    return self._send("not found", "text/plain", HTTPStatus.NOT_FOUND)
            except (ValueError, OSError) as fault:
                answer = {"fault": str(fault), "left": session.left}
            return self._send(json.dumps(answer), "application/json")

        def _own(self) -> bool:
            """Asked for by this page: no other name of the host, and no other page's script."""
            host = f"127.0.0.1:{self.server.server_address[1]}"
            origin = self.headers.get("Origin", f"http://{host}")
            return self.headers.get("Host") == host and origin == f"http://{host}"

        def _send(self, text: str, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
            data = text.encode("utf-8", "replace")
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.send_header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                "connect-src 'self'",
            )
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
