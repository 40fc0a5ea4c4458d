"""Servers that answer every GET with the same JSON: servers.py sockets|aiohttp|threads PORT"""
import sys

BODY = b'{"station": 7, "level": 4.25, "unit": "m"}'


def sockets(port):
    import asyncio

    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY

    class Connection(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport
            self.read = b""

        def data_received(self, data):
            self.read += data
            while b"\r\n\r\n" in self.read:
                _, self.read = self.read.split(b"\r\n\r\n", 1)
                self.transport.write(answer)

    async def serve():
        server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(serve())


def aiohttp(port):
    from aiohttp import web

    async def level(request):
        return web.Response(body=BODY, content_type="application/json")

    app = web.Application()
    app.router.add_get("/stations/{station}", level)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


def threads(port):
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.serve_forever()


{"sockets": sockets, "aiohttp": aiohttp, "threads": threads}[sys.argv[1]](int(sys.argv[2]))
