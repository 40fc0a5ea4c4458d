"""What tokenizer-bench measures, with Hugging Face's tokenizers: hf_bench.py TOKENIZER.json TEXTS.jsonl"""
import gzip
import json
import sys
import time

from tokenizers import Tokenizer

path = sys.argv[1]
with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
    tokenizer = Tokenizer.from_str(file.read().decode())
texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
megabytes = sum(len(text.encode()) for text in texts) / 1e6
# All threads of the process are counted, and there is one: TOKENIZERS_PARALLELISM is false.
start = time.process_time()
tokens = 0
for text in texts:
    tokens += len(tokenizer.encode(text).ids)
print(json.dumps({"tokens": tokens, "speed": megabytes / (time.process_time() - start)}))
