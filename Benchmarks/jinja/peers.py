"""peers.py TEMPLATE CONTEXT SECONDS: prints how often a second of CPU time minijinja and jinja2 render the template.

Both are set up as transformers sets jinja2 up, as far as each can be; the context is built once.
"""
import json
import sys
import time

import jinja2
import jinja2.sandbox
import minijinja

source = open(sys.argv[1], encoding="utf-8").read()
context = json.load(open(sys.argv[2], encoding="utf-8"))
seconds = float(sys.argv[3])


def to_json(value, indent=None):
    return json.dumps(value, ensure_ascii=False, indent=indent)


def raise_exception(message):
    raise jinja2.TemplateError(message)


def measure(render):
    for _ in range(200):
        text = render()
    count, start, elapsed = 0, time.process_time(), 0.0
    while elapsed < seconds:
        for _ in range(200):
            render()
        count += 200
        elapsed = time.process_time() - start
    return {"renders": count / elapsed, "bytes": len(text.encode())}


slow = jinja2.sandbox.ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"])
slow.filters["tojson"] = to_json
slow.globals["raise_exception"] = raise_exception
compiled = slow.from_string(source)

fast = minijinja.Environment(trim_blocks=True, lstrip_blocks=True, templates={"chat": source})
fast.add_global("raise_exception", raise_exception)

print(json.dumps({
    "minijinja": measure(lambda: fast.render_template("chat", **context)),
    "jinja2": measure(lambda: compiled.render(**context)),
}))
