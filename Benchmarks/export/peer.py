"""Reads JSON Lines with orjson and writes them again: peer.py IN OUT. Prints the seconds of CPU time that it took."""
import resource
import sys

import orjson

before = resource.getrusage(resource.RUSAGE_SELF)
with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    for line in source:
        target.write(orjson.dumps(orjson.loads(line)))
        target.write(b"\n")
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
