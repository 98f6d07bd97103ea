"""A review as a page, served to this machine alone, for one session. Its answers are kept as the
terminal's are.

The page needs no network and no other file. Its address holds a secret of the session, so that no
other page that the browser has open can answer in the editor's place (and no other host name: the
``Host`` of a request must be the one served).
"""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Generic, TypeVar

from edition.reviewing.questions import DecisionStore, MarkedText, Question, ReviewAnswers

D = TypeVar("D")
LIMIT = 100_000  # bytes of an answer
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
async function send(box,what,all){
 const said=box.querySelectorAll("input");
 const body={id:Number(box.dataset.id),take:what,all:all,reason:said[0].value,
  own:said[1]?said[1].value:""};
 const got=await fetch("/"+key+"/decide",{method:"POST",body:JSON.stringify(body)});
 const told=await got.json();
 if(told.fault)box.querySelector(".say").textContent=told.fault;
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
 send(button.closest("article"),button.dataset.take,Boolean(button.dataset.all));
});
"""


@dataclass
class Session(Generic[D]):
    """The questions and what became of them. Pure but for ``store``."""

    title: str
    todo: Sequence[Question]
    answers: ReviewAnswers[D]
    store: DecisionStore[D]
    given: list[list[int]] = field(default_factory=list)
    done: set[int] = field(default_factory=set)

    @property
    def left(self) -> int:
        return len(self.todo) - len(self.done)

    def decide(self, data: object) -> dict[str, object]:
        """One answer of the page, for one question or for all that are left of its kind. Raises
        ``ValueError`` for what is none."""
        if not isinstance(data, dict):
            raise ValueError("an answer is an object")
        at, take, reason, reading = (data.get(key) for key in ("id", "take", "reason", "own"))
        if not (isinstance(at, int) and 0 <= at < len(self.todo)) or at in self.done:
            raise ValueError("there is no such open proposal")
        told, accepted = self._decision(at, str(take), str(reason or ""), str(reading or ""))
        places = [at]
        if take == "own":  # other questions about the place have nothing to speak of any more
            own = self.todo[at].place
            rest = (n for n in range(len(self.todo)) if n != at and n not in self.done)
            places += [n for n in rest if own is not None and self.todo[n].place == own]
            self.store.save([told])
            return self._settled(places, "accepted")
        if data.get("all") is True and take in ("0", "1"):
            kind = self.todo[at].kind
            places += [n for n, one in enumerate(self.todo)
                       if n != at and n not in self.done and one.kind == kind]  # fmt: skip
        more = [self.answers.decision(n, int(str(take)), str(reason or "")) for n in places[1:]]
        self.store.save([told, *more])
        return self._settled(places, "accepted" if accepted else "refused")

    def _settled(self, places: list[int], said: str) -> dict[str, object]:
        self.given.append(places)
        self.done |= set(places)
        return {"settled": places, "decided": True, "said": said, "left": self.left}

    def _decision(self, at: int, take: str, reason: str, reading: str) -> tuple[D, bool]:
        asked = self.todo[at]
        if take == "own" and asked.own and reading.strip():
            own = self.answers.own(at, reading.strip(), reason.strip())
            if own is None:
                raise ValueError("this reading cannot stand there")
            return own, True
        most = max(1, len(asked.readings))
        if not (take.isascii() and take.isdecimal() and int(take) <= most):
            raise ValueError("there is no such reading")
        return self.answers.decision(at, int(take), reason.strip()), take != "0"

    def undo(self) -> dict[str, object]:
        settled = self.given.pop() if self.given else []
        if settled:
            self.store.undo()
        self.done -= set(settled)
        return {"settled": settled, "decided": False, "said": "", "left": self.left}


def page(session: Session[D], secret: str) -> str:
    """The whole page."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>",
        f"<title>{_text(session.title)}</title>",
        f"<style>{_STYLE}</style><body data-key={secret}><h1>Open proposals</h1>",
    ]
    kind = ""
    for at, asked in enumerate(session.todo):
        if asked.kind != kind:
            kind = asked.kind
            why = f": {asked.why}" if asked.why else ""
            parts.append(f"<h2>{_text(asked.says)} <small>({kind}){_text(why)}</small></h2>")
        parts.append(_article(at, asked))
    parts.append(
        f"<div id=end><span id=left>{session.left}</span> open <button id=undo>Undo</button>"
        f"<button id=stop>Finish</button></div><script>{_SCRIPT}</script></body></html>"
    )
    return "\n".join(parts)


def _article(at: int, asked: Question) -> str:
    rows = "".join(
        f"<tr><td>{_text(row.name)}</td><td>{_text(row.text)}</td></tr>" if row.text
        else f"<tr><td colspan=2><b>{_text(row.name)}</b></td></tr>"
        for row in asked.rows
    )  # fmt: skip
    facts = "".join(f"<li>{_text(fact)}</li>" for fact in asked.evidence)
    buttons = '<input placeholder="reason" aria-label="reason">'
    every = "<button data-take=1 data-all=1>{}</button><button data-take=0 data-all=1>{}</button>"
    every = every.format("Yes to all of this kind", "No to all of this kind")
    if not asked.readings:
        yes, no = _text(_first_up(asked.yes)), _text(_first_up(asked.no))
        buttons = f"<button data-take=1>{yes}</button><button data-take=0>{no}</button>{buttons}"
    else:
        rows += f"<tr><td colspan=2><i>{_text(asked.label)}</i></td></tr>"
        now = _marked(asked.now) if asked.now else "–"
        rows += f"<tr><td>now</td><td>{now}</td></tr>"
        rows += "".join(
            f"<tr><td>{number}</td><td>{_marked(reading)} "
            f"<button data-take={number}>Take</button></td></tr>"
            for number, reading in enumerate(asked.readings, 1)
        )
        buttons = f"<button data-take=0>{_text(_first_up(asked.no))}</button>{buttons}"
        if asked.own:
            buttons += '<input placeholder="own reading" aria-label="own reading">'
            buttons += "<button data-take=own>Set</button>"
    return (
        f"<article data-id={at}><table>{rows}</table><ul>{facts}</ul><p>{buttons} {every} "
        "<span class=say></span></p></article>"
    )


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text(text: str) -> str:
    return html.escape(text)


def _marked(value: MarkedText) -> str:
    mark = f"<mark>{_text(value.changed)}</mark>" if value.changed else ""
    return f"{_text(value.before)}{mark}{_text(value.after)}"


# --- serving ---------------------------------------------------------------------------------


def serve(session: Session[D], tell: Callable[[str], None]) -> None:
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


def make(session: Session[D]) -> PageServer:
    """A server of the page, not yet running."""
    server = PageServer(("127.0.0.1", 0), _handler(session))
    server.secret = secrets.token_urlsafe(16)
    return server


def _handler(session: Session[D]) -> type[BaseHTTPRequestHandler]:
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
