"""What json-bench measures, with orjson: orjson_bench.py ROWS.jsonl [ROUNDS]"""
import json
import sys
import time

import orjson

lines = open(sys.argv[1], "rb").read().splitlines()
megabytes = sum(map(len, lines)) / 1e6
best = {"read": 0.0, "write": 0.0}
for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 5):
    start = time.thread_time()
    for line in lines:
        orjson.loads(line)
    best["read"] = max(best["read"], megabytes / (time.thread_time() - start))
    trees = [orjson.loads(line) for line in lines]
    start = time.thread_time()
    for tree in trees:
        orjson.dumps(tree)
    best["write"] = max(best["write"], megabytes / (time.thread_time() - start))
print(json.dumps(best))
