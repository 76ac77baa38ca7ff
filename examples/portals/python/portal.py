"""A tiny portal on 127.0.0.1 with the guard in front. Where the edition and the uploads lie, and the port, come from
the environment."""
import email
import html
import mimetypes
import os
import re
import uuid
from wsgiref.simple_server import WSGIRequestHandler, make_server

from fair_notice import FairNotice, fragment

EDITION, FORM = os.environ["FN_EDITION"], os.environ["FN_FORM"]
NOTICE, UPLOADS = os.environ.get("FN_NOTICE", "public"), os.environ.get("FN_UPLOADS", "uploads")
PORT = int(os.environ.get("PORT", "8080"))
os.makedirs(UPLOADS, exist_ok=True)


def page(notice, fields):
    """The form, made in one place, for the first visit and for a refusal."""
    typed = {name: html.escape(value) for name, value in reversed(fields)}
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Apply</title>
<h1>Apply</h1><form method="post" action="/apply" enctype="multipart/form-data">
<p><label>Name <input name="name" value="{typed.get("name", "")}"></label></p>
<p><label>Your story <textarea name="story">\n{typed.get("story", "")}</textarea></label></p>
{notice}
<p><label>Papers <input type="file" name="files" multiple></label></p>
<p><button>Send</button></p></form></html>"""


def keep(data):
    with open(os.path.join(UPLOADS, str(uuid.uuid4())), "xb") as f:
        f.write(data)


def took(method, kind, data, length):
    """Keep what came through the guard, and say what to answer."""
    if len(data) < length:
        return "400 Bad Request", ""  # cut off: nothing is kept
    if method == "PUT":
        keep(data)
        return "200 OK", ""
    kept = 0
    if kind.lower().startswith("multipart/form-data"):
        for part in email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + data).get_payload():
            if part.get_filename():
                keep(part.get_payload(decode=True))
                kept += 1
    return "200 OK", f"Thank you. Files: {kept}"


def portal(environ, start_response):
    shown = re.fullmatch(r"/notice/((?:[\w-]+/)*(?:[\w-]+\.\w+)?)", environ["PATH_INFO"])
    if shown:
        return show(shown[1] or "index.html", start_response)
    status, text = "200 OK", ""
    if environ["REQUEST_METHOD"] in ("GET", "HEAD", "OPTIONS"):
        text = page(fragment(FORM), [])
    else:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        status, text = took(environ["REQUEST_METHOD"], environ.get("CONTENT_TYPE", ""), environ["wsgi.input"].read(length), length)
    body = text.encode()
    start_response(status, [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def show(name, start_response):
    """Give one of the public files of the edition."""
    try:
        with open(os.path.join(NOTICE, name), "rb") as f:
            body, status = f.read(), "200 OK"
    except OSError:
        body, status = b"", "404 Not Found"
    start_response(status, [("Content-Type", mimetypes.guess_type(name)[0] or "text/plain"), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
    return [body]


class Quiet(WSGIRequestHandler):
    timeout = 10  # seconds without a byte

    def log_message(self, *args):
        """No line of a log: it would name who sent what."""


if __name__ == "__main__":
    guarded = FairNotice(portal, edition=EDITION, form=FORM, page=page)
    with make_server("127.0.0.1", PORT, guarded, handler_class=Quiet) as server:
        print(f"http://127.0.0.1:{PORT}/", flush=True)
        server.serve_forever()
