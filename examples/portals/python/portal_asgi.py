"""The same portal for ASGI: any server of it takes `app`, such as uvicorn. So that it starts without one, a server for trying it out follows."""
import asyncio

from fair_notice import FairNoticeASGI, fragment
from portal import EDITION, FORM, PORT, page, took


async def portal(scope, receive, send):
    if scope["type"] != "http":
        return
    values = {name: value.decode("latin-1") for name, value in scope["headers"]}
    status, text = "200 OK", ""
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        text = page(fragment(FORM), [])
    else:
        data, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return  # cut off: nothing is kept
            data += message.get("body", b"")
            more = message.get("more_body", False)
        status, text = took(scope["method"], values.get(b"content-type", ""), data, int(values.get(b"content-length", 0)))
    body = b"" if scope["method"] == "HEAD" else text.encode()
    await send({"type": "http.response.start", "status": int(status[:3]), "headers": [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": body})


app = FairNoticeASGI(portal, edition=EDITION, form=FORM, page=page)


async def connection(reader, writer):
    """One request, then the end; only for trying the portal out."""
    try:
        lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        method, target, _ = lines[0].decode().split(" ")
        headers = [(n.strip().lower(), v.strip()) for n, _, v in (line.partition(b":") for line in lines[1:] if line)]
        left = int(dict(headers).get(b"content-length", 0))

        async def receive():
            nonlocal left
            data = await reader.read(min(left, 65536)) if left else b""
            if left and not data:
                return {"type": "http.disconnect"}
            left -= len(data)
            return {"type": "http.request", "body": data, "more_body": left > 0}

        async def send(message):
            if message["type"] == "http.response.start":
                head = b"".join(n + b": " + v + b"\r\n" for n, v in message["headers"])
                writer.write(b"HTTP/1.1 %d .\r\n%sConnection: close\r\n\r\n" % (message["status"], head))
            else:
                writer.write(message["body"])
                await writer.drain()

        await app({"type": "http", "method": method, "path": target.split("?")[0], "headers": headers}, receive, send)
        for _ in range(16):  # a browser that is still sending would not see the answer otherwise
            if left <= 0 or (await receive())["type"] == "http.disconnect":
                break
    except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass
    finally:
        writer.close()


async def main():
    async with await asyncio.start_server(connection, "127.0.0.1", PORT) as server:
        print(f"http://127.0.0.1:{PORT}/", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
