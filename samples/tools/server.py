#!/usr/bin/env python3
"""Answers what gauges.yaml describes, on this machine only. Stations and readings are invented.

    server.py [PORT]       a free port is taken where none is given; its number is the first line of the output
"""
import json
import sys
import zlib
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

STATIONS = {
    "SKE-01": {"name": "Skerry Head", "region": "north", "latitude": 59.12, "longitude": -3.4, "height_m": 4.2, "built": 1961},
    "HOL-02": {"name": "Holm Sound", "region": "north", "latitude": 58.89, "longitude": -2.9, "height_m": 3.1, "built": 1987},
    "LAN-03": {"name": "Lantern Quay", "region": "east", "latitude": 55.01, "longitude": -1.42, "height_m": 2.6, "built": 1934},
    "MAR-04": {"name": "Marram Point", "region": "south", "latitude": 50.72, "longitude": -1.9, "height_m": 5.0, "built": 2003},
    "COB-05": {"name": "Cobble Bay", "region": "west", "latitude": 53.31, "longitude": -4.63, "height_m": 3.7, "built": 1978},
}
QUANTITIES = {"water_level": ("m", 0.2, 4.8), "air_pressure": ("hPa", 985, 1030), "wind_speed": ("m/s", 1, 22)}
METRES = {"metre": 1.0, "foot": 0.3048, "fathom": 1.8288}


class Problem(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


def between(low, high, *words):
    """A value that looks measured, always the same for the same words."""
    share = zlib.crc32("/".join(map(str, words)).encode()) % 1000 / 1000
    return round(low + (high - low) * share, 1)


def needed(query, name, allowed=None):
    value = query.get(name)
    if value is None:
        raise Problem(400, f"the parameter {name} is missing")
    if allowed is not None and value not in allowed:
        raise Problem(400, f"{name} is one of {', '.join(allowed)}")
    return value


def station(name):
    if name not in STATIONS:
        raise Problem(404, f"there is no station {name}")
    return {"id": name, **STATIONS[name]}


def readings(name, query):
    quantity = needed(query, "quantity", QUANTITIES)
    unit, low, high = QUANTITIES[quantity]
    start = datetime(2024, 5, 1, 6, tzinfo=timezone.utc)
    count = max(1, min(6, int(query.get("limit", 2))))
    return {
        "station_id": station(name)["id"], "quantity": quantity, "unit": unit,
        "readings": [
            {"time": (start + timedelta(hours=hour)).strftime("%Y-%m-%dT%H:%MZ"), "value": between(low, high, name, quantity, hour)}
            for hour in range(count)
        ],
    }


def tides(name, query):
    date = needed(query, "date")
    try:
        datetime.strptime(date, "%Y-%m-%d")
    except ValueError:
        raise Problem(400, "date is YYYY-MM-DD") from None
    minutes = int(between(10, 700, station(name)["id"], date))
    times = [f"{(minutes + wait) // 60:02d}:{(minutes + wait) % 60:02d}" for wait in (0, 745) if minutes + wait < 1440]
    return {"station_id": name, "date": date, "high_tides": times}


def convert(query):
    length = float(needed(query, "length"))
    source, target = needed(query, "from_unit", METRES), needed(query, "to_unit", METRES)
    return {"length": round(length * METRES[source] / METRES[target], 4), "unit": target}


def answer(path, query):
    match [unquote(part) for part in path.strip("/").split("/")]:
        case ["stations"]:
            region = needed(query, "region", ["north", "east", "south", "west"])
            return [{"id": key, "name": value["name"]} for key, value in STATIONS.items() if value["region"] == region]
        case ["stations", name]:
            return station(name)
        case ["stations", name, "readings"]:
            return readings(name, query)
        case ["stations", name, "tides"]:
            return tides(name, query)
        case ["convert"]:
            return convert(query)
        case ["clock"]:
            return {"time": datetime.now(timezone.utc).isoformat()}
        case ["storms", _]:
            raise Problem(503, "the archive is gone")
    raise Problem(404, "there is no such place")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        try:
            self.reply(200, answer(parts.path, dict(parse_qsl(parts.query))))
        except Problem as problem:
            self.reply(problem.status, {"error": str(problem)})
        except ValueError as problem:
            self.reply(400, {"error": str(problem)})

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.reply(201, {"kept": True})

    def reply(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(server.server_port, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
