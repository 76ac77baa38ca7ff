"""A guard for WSGI and ASGI: keeps uploads closed until the notice in force was read and ticked. Copy this file; it needs nothing else.

    app.wsgi_app = FairNotice(app.wsgi_app, edition="edition.json", form="server-form.html", page=page, below="/apply")    # Flask
    application = FairNotice(get_wsgi_application(), ...)                                                                  # Django
    app = FairNoticeASGI(app, ...)                                                                                         # FastAPI

edition  the file edition.json of the edition, read again whenever it changes
form     the file server-form.html of the edition: the notice and its tick, to stand inside your <form>
page     page(notice, fields) gives your form as HTML: notice is what `form` holds, fields is [(name, value), ...] as typed so far
below    the addresses that are guarded begin with this; all of them if nothing is said
notice   the address of the notice, for scripts that are refused; changed: that of the page that says what changed

It decides at the head of the first file, before a byte of that file is read, and then hands the whole body on, so that what is behind
it reads it as if nothing had been there. It writes nothing: no file, no log, no cookie. A WebSocket is no upload, and passes.
"""
import io
import json
import os
import re
from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from urllib.parse import parse_qsl

ID = re.compile(r"ed-[0-9a-f]{12}")
MOST = 65536  # bytes up to the head of the first file, and of an urlencoded body
PARTS = 100


class FairNotice:
    def __init__(self, app, *, edition, form, page, below="/", notice="/notice/", changed=""):
        self.app, self.form, self.page, self.below, self.notice, self.changed = app, form, page, below, notice, changed
        self.accepted = Editions(edition)

    def free(self, method, root, path):
        return method in ("GET", "HEAD", "OPTIONS") or not (root + path).startswith(self.below) and not path.startswith(self.below)

    def refusal(self, said, fields, header, accept):
        """Give the status, the headers and the body of a refusal; None if the request may pass."""
        ids = self.accepted()
        if said and said in ids:
            return None
        differs = bool(said and ids)
        if header is not None or not re.search(r"\btext/html\b", accept, re.I):
            status, kind = 412 if differs else 428, "application/json"
            answer = {"error": "notice_changed" if differs else "notice_not_confirmed", "edition": ids[0] if ids else "", "in_force": ids, "notice": self.notice}
            if differs:
                answer["changed"] = self.changed
            text = json.dumps(answer)
        else:
            status, kind = 422, "text/html; charset=utf-8"
            try:
                text = self.page(fragment(self.form, "fn-changed" if differs else "fn-refused"), fields)
            except Exception:  # server-form.html cannot be read: closed, and nothing said
                status, kind, text = 500, "text/plain", ""
        data = text.encode()
        return status, [("Content-Type", kind), ("Content-Length", str(len(data))), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")], data

    def __call__(self, environ, start_response):
        if self.free(environ["REQUEST_METHOD"], environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")):
            if environ["REQUEST_METHOD"] in ("GET", "HEAD", "OPTIONS"):  # one with a body could carry a file
                environ = {**environ, "wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0"}
            return self.app(environ, start_response)
        header = environ.get("HTTP_FAIR_NOTICE")
        body = Body(environ)
        said, fields = (from_header(header), []) if header is not None else from_body(environ.get("CONTENT_TYPE", ""), body)
        no = self.refusal(said, fields, header, environ.get("HTTP_ACCEPT", ""))
        if no is None:
            environ["wsgi.input"] = io.BufferedReader(body.again())
            return self.app(environ, start_response)
        status, headers, data = no
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return Refusal(data, body)


def without_body(receive):
    """Say once that there is no body, and then only when the sender is gone: a GET with a body could carry a file."""
    said = False

    async def nothing():
        nonlocal said
        if not said:
            said = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] == "http.request":
            pass
        return message

    return nothing


class FairNoticeASGI(FairNotice):
    async def __call__(self, scope, receive, send):
        root, path = scope.get("root_path", ""), scope.get("path", "")
        if root and (path + "/").startswith(root + "/"):
            path = path[len(root):]  # some servers put the one before the other, some do not
        if scope["type"] != "http" or self.free(scope["method"], root, path):
            return await self.app(scope, without_body(receive) if scope.get("method") in ("GET", "HEAD", "OPTIONS") else receive, send)
        values = {name: [v.decode("latin-1") for n, v in scope["headers"] if n.lower() == name] for name in (b"fair-notice", b"content-type", b"accept")}
        header = ", ".join(values[b"fair-notice"]) if values[b"fair-notice"] else None
        came, data, at, ended = [], bytearray(), 0, False
        reader = from_header_only(header) if header is not None else reader_of(", ".join(values[b"content-type"]))
        try:
            next(reader)
            while True:
                end = data.find(b"\n", at) + 1 or (len(data) if ended else 0)
                if end > MOST or not end and len(data) > MOST:
                    said, fields = "", []
                    break
                if end or ended:
                    reader.send(bytes(data[at:end]))
                    at = end
                    continue
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                came.append(message)
                data += message.get("body", b"")
                ended = not message.get("more_body", False)
        except StopIteration as decided:
            said, fields = decided.value
        no = self.refusal(said, fields, header, ", ".join(values[b"accept"]))
        if no is None:
            async def again():
                return came.pop(0) if came else await receive()
            return await self.app(scope, again, send)
        status, headers, body = no
        await send({"type": "http.response.start", "status": status, "headers": [(n.lower().encode(), v.encode()) for n, v in headers]})
        await send({"type": "http.response.body", "body": body})


def fragment(form, block=""):
    """Give server-form.html; with the sentence that says why the form is back, if block is fn-refused or fn-changed."""
    with open(form, encoding="utf-8") as f:
        return f.read().replace(f'<div id="{block}" hidden>', f'<div id="{block}">', 1)


class Editions:
    """Which editions count at this moment, the one in force first; none if the file cannot be read."""

    def __init__(self, path):
        self.path, self.stamp, self.list = path, None, []

    def __call__(self):
        try:
            s = os.stat(self.path)
            if self.stamp != (s.st_mtime_ns, s.st_size, s.st_ino):
                with open(self.path, encoding="utf-8") as f:
                    file = json.load(f)
                self.list = file["in_force"] if file["edition"]["id"] == file["in_force"][0]["id"] else []
                self.stamp = (s.st_mtime_ns, s.st_size, s.st_ino)
            now = datetime.now(timezone.utc)
            ids = [e["id"] for i, e in enumerate(self.list) if ID.fullmatch(e["id"]) and counts(e, i, now)]
            return ids if ids[0] == self.list[0]["id"] else []
        except (OSError, ValueError, LookupError, TypeError):
            self.stamp = None
            return []


def counts(edition, place, now):
    if "until" not in edition:
        return place == 0
    try:
        until = datetime.strptime(edition["until"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        return False
    return now < until <= now + timedelta(hours=48)


def from_header(header):
    """Give the edition that `Fair-Notice: edition=ed-...; read=1` names, or "" if it is not exactly that."""
    said = {}
    for part in header.split(";"):
        m = re.fullmatch(r"(edition|read|token)=([A-Za-z0-9_-]+)", part.strip(" \t"))
        if not m or m[1] in said:
            return ""
        said[m[1]] = m[2]
    return said.get("edition", "") if said.get("read") == "1" and ID.fullmatch(said.get("edition", "")) else ""


def from_fields(fields):
    """Take the two fields out of the others. A field that comes twice has to say the same twice."""
    ids, ticks = ({v for n, v in fields if n == name} for name in ("fair_notice_edition", "fair_notice_read"))
    said = min(ids) if len(ids) == 1 and ticks == {"yes"} else ""
    return said if ID.fullmatch(said) else "", [(n, v) for n, v in fields if not n.startswith("fair_notice_")]


def from_body(kind, body):
    """Read as far as it has to, and give the edition that was confirmed, or "", and the fields so far."""
    reader = reader_of(kind)
    try:
        next(reader)
        while True:
            reader.send(body.readline())
    except StopIteration as decided:
        said, fields = decided.value
        return said if len(body.head) <= MOST else "", fields


def from_header_only(header):
    """The same as reader_of where the header decides: it asks for no line."""
    return from_header(header), []
    yield  # makes it a generator


def reader_of(kind):
    """A generator that is sent the lines of a body, b"" at its end, and returns what from_fields gives."""
    if re.match(r"application/x-www-form-urlencoded\s*(;|$)", kind, re.I):
        lines = []
        while line := (yield):
            lines.append(line)
        return from_fields(parse_qsl(b"".join(lines).decode("utf-8", "replace"), keep_blank_values=True))
    m = re.match(r'multipart/form-data\s*;(?:.*;)?\s*boundary=("[^"]{1,70}"|[^\s;,"]{1,70})', kind, re.I)
    if not m or not re.fullmatch(r'[^;]*;(?:\s*charset=[\w-]+\s*;)?\s*boundary=("[^"]*"|[^\s;,"]{1,70})\s*(;\s*charset=[\w-]+\s*)?', kind, re.I):
        return "", []
    fields = []
    whole = yield from read_fields(b"--" + m[1].strip('"').encode("latin-1"), fields)
    said, others = from_fields(fields)
    return said if whole else "", others


def read_fields(delimiter, fields):
    """Read fields up to the head of the first file, or to the end. False where the body is not as RFC 7578 has it, or too long."""
    line = yield
    while True:
        if line in (delimiter + b"--\r\n", delimiter + b"--"):
            return True
        if line != delimiter + b"\r\n":
            return False
        found = []
        while (line := (yield)) != b"\r\n":
            if not re.fullmatch(rb"[!-9;-~]+:[^\r\n\0]*\r\n", line):
                return False
            m = re.match(r"content-disposition:[ \t]*([\w-]+)(.*)\r\n", line.decode("utf-8", "replace"), re.I)
            if m:
                found.append(m)
        if len(found) != 1:
            return False
        part = parameters(found[0][2])
        if part is not None and ("filename" in part or "filename*" in part):
            return True
        if part is None or found[0][1].lower() != "form-data" or "name" not in part or len(fields) == PARTS:
            return False
        value = []
        while not ((line := (yield)).startswith(delimiter) and value and value[-1].endswith(b"\r\n")):
            if not line or line.startswith(delimiter) or b"\r" + delimiter in line:
                return False  # a boundary for readers that take CR or LF alone, or nothing
            value.append(line)
        fields.append((part["name"], b"".join(value)[:-2].decode("utf-8", "replace")))


def parameters(text):
    """Read `; name="a"; filename="b"`; None if it is something else."""
    values = {}
    pattern = re.compile(r';[ \t]*([\w*-]+)=(?:"((?:\\.|[^"\\])*)"|([^\s;"]+))')
    left = pattern.sub(lambda m: values.__setitem__(m[1].lower(), m[2] if m[2] is not None else m[3]) or "", text)
    if any(name.startswith("filename*") for name in values):
        values["filename*"] = ""
    if "name" in values:
        values["name"] = re.sub(r"\\(.)|%22", lambda m: m[1] or '"', values["name"])
    return values if left.strip() == "" or "filename" in values or "filename*" in values else None


class Body:
    """The body of a request: read line by line at first, one byte more than MOST at most, and then once more from its beginning."""

    def __init__(self, environ):
        self.input = environ["wsgi.input"]
        length = environ.get("CONTENT_LENGTH") or "0"
        self.left = int(length) if length.isdigit() else 0
        if environ.get("wsgi.input_terminated"):  # the server knows where a chunked body ends
            self.left = self.left or 1 << 62
        self.head = bytearray()

    def keep(self, data):
        self.left = self.left - len(data) if data else 0
        self.head += data
        return data

    def readline(self):
        most = min(self.left, MOST + 1 - len(self.head))
        return self.keep(self.input.readline(most)) if most > 0 else b""

    def again(self):
        return Again(self)

    def drain(self):
        """Read a little of what is left: a browser that is still sending would not see the answer otherwise."""
        most = 1 << 20
        try:
            while most > 0 and self.left > 0 and (data := self.input.read(min(65536, self.left))):
                most -= len(data)
                self.left -= len(data)
        except OSError:
            pass


class Again(io.RawIOBase):
    def __init__(self, body):
        self.body, self.at = body, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        b = self.body
        data = bytes(b.head[self.at:self.at + len(buffer)])
        self.at += len(data)
        if not data and b.left:
            data = b.input.read(min(len(buffer), b.left))
            b.left = b.left - len(data) if data else 0
        buffer[:len(data)] = data
        return len(data)


class Refusal:
    """The answer; the server calls close when it was sent."""

    def __init__(self, data, body):
        self.data, self.body = data, body

    def __iter__(self):
        return iter([self.data])

    def close(self):
        self.body.drain()
