"""Has a tool extract PDFs, and keeps what peers said."""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import corpus

HERE = pathlib.Path(__file__).resolve().parent
LIBRARIES = {"pymupdf": "pymupdf", "pypdfium2": "pypdfium2", "pdfminer.six": "pdfminer.six", "pdfplumber": "pdfplumber",
             "pymupdf4llm": "pymupdf4llm", "poppler-glib": "pygobject"}
# Those that take minutes are left out unless they are named.
SLOW = ["pdfminer.six", "pdfplumber", "pymupdf4llm"]
TOOLS = ["forge", "pdftotext", "poppler-glib", "pymupdf", "pypdfium2", "pdfminer.six", "pdfplumber", "pymupdf4llm"]
MARKDOWN = ["forge", "pymupdf4llm"]
FORMATS = {"text": ".txt", "markdown": ".md", "json": ".json"}
# PyGObject from PyPI needs a compiler and headers; where the system has it, it is used instead.
SYSTEM_PYTHON = "/usr/bin/python3"


def cache():
    return corpus.cache().parent / "extract"


def python():
    """An interpreter with the peers and what the scores need."""
    folder = corpus.cache().parent / "venv-text"
    if not (folder / "done").exists():
        print("installing the peers from PyPI", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        wanted = [package for tool, package in LIBRARIES.items() if tool != "poppler-glib"]
        subprocess.run([folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check", "rapidfuzz", *wanted], check=True)
        # What typesets some of the documents; they are left out without it.
        for package in ("weasyprint", "typst"):
            subprocess.run([folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check", package])
        (folder / "done").touch()
    return folder / "bin" / "python"


def has_poppler_glib():
    check = "import gi; gi.require_version('Poppler', '0.18'); from gi.repository import Poppler"
    return subprocess.run([SYSTEM_PYTHON, "-c", check], capture_output=True).returncode == 0


def versions():
    first = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True).stderr.split("\n")[0]
    result = {"pdftotext": first.rsplit(" ", 1)[-1]}
    listed = subprocess.run([python(), "-m", "pip", "freeze", "--disable-pip-version-check"], capture_output=True, text=True).stdout
    for line in listed.split():
        name, _, version = line.partition("==")
        if name.casefold() in LIBRARIES:
            result[name.casefold()] = version
    return result


def forge(binary, path, out, formats):
    """One call a format, so that a small build of the extract stage will do for `forge`."""
    for format in formats:
        with open(out / (path.stem + FORMATS[format]), "wb") as file:
            done = subprocess.run([binary, "extract", path, "--format", format, "-o", "-"], stdout=file, stderr=subprocess.PIPE)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip().split("\n")[-1]
            print(f"forge ended with {done.returncode} on {path.name}: {said[:300]}", file=sys.stderr)


def read(document, folder, formats):
    result = {}
    for format in formats:
        path = folder / (document.stem + FORMATS[format])
        result[format] = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return result


def texts(tool, documents, binary=None, fresh=False, structure=True):
    """{name: {format: text}} of a tool over {name: PDF}. What a peer said is kept until its documents change."""
    formats = list(FORMATS) if structure and tool == "forge" else ["markdown", "text"] if tool == "pymupdf4llm" else ["text"]
    if tool == "forge":
        with tempfile.TemporaryDirectory() as temporary:
            result = {}
            for name, path in documents.items():
                forge(binary, path, pathlib.Path(temporary), formats)
                result[name] = read(path, pathlib.Path(temporary), formats)
            return result
    folder = cache() / "texts" / tool
    folder.mkdir(parents=True, exist_ok=True)
    made = {name: folder / f"{hashlib.sha256(str(path).encode()).hexdigest()[:12]}-{name}" for name, path in documents.items()}
    missing = [name for name in documents if fresh or not (made[name] / "done").exists()]
    for name in missing:
        made[name].mkdir(exist_ok=True)
        path = documents[name]
        if tool == "pdftotext":
            subprocess.run(["pdftotext", path, made[name] / f"{path.stem}.txt"], stderr=subprocess.DEVNULL)
    if missing and tool != "pdftotext":
        print(f"{tool}: {len(missing)} documents", file=sys.stderr)
        pairs = json.dumps([[str(documents[name]), str(made[name])] for name in missing])
        interpreter = SYSTEM_PYTHON if tool == "poppler-glib" else python()
        done = subprocess.run([interpreter, HERE / "peers.py", tool], input=pairs, text=True, stderr=subprocess.PIPE)
        if done.returncode != 0:
            print(f"{tool} ended with {done.returncode}: {done.stderr[-500:]}", file=sys.stderr)
    result = {}
    for name in documents:
        (made[name] / "done").touch()
        result[name] = read(documents[name], made[name], formats)
    return result
