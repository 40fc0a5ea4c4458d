"""Real PDFs for the benchmarks, from Debian's documentation packages, and how to find `forge`.

The packages are downloaded with `apt-get download` (no root needed) and unpacked with `dpkg -x` into a cache,
`$XDG_CACHE_HOME/dataforge/pdfs`. Only Python's standard library is used.
"""

import gzip
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# About 4,400 pages: manuals, tutorials, papers and leaflets, from a dozen typesetters of three decades, some in Japanese
# and French. The R reference (2,415 pages in one file) is left to --large.
PACKAGES = [
    "r-doc-pdf", "gnuplot-doc", "gri-pdf-doc", "evolver-doc", "euslisp-doc", "asymptote-doc", "dblatex-doc",
    "auto-multiple-choice-doc-pdf", "docbook-xsl-doc-pdf", "camlidl-doc", "maxima-doc", "freefem-doc", "drgeo-doc",
    "euler-doc", "pari-doc",
]
LARGE_PAGES = 1000


def fail(message):
    """Ends the script with a message that says what to do."""
    sys.exit(f"{pathlib.Path(sys.argv[0]).parent.name}/{pathlib.Path(sys.argv[0]).name}: {message}")


def need(program, package):
    if not shutil.which(program):
        fail(f"{program} is missing: apt-get install {package}")


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = pathlib.Path(base) / "dataforge" / "pdfs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def unpack(package):
    """The folder that holds a package's files, downloaded on the first call."""
    need("apt-get", "apt")
    need("dpkg", "dpkg")
    folder = cache() / package
    if folder.exists():
        return folder
    downloads = cache() / f"{package}.download"
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir()
    print(f"downloading {package}", file=sys.stderr)
    done = subprocess.run(["apt-get", "download", "-q", package], cwd=downloads, capture_output=True, text=True)
    archives = list(downloads.glob("*.deb"))
    if done.returncode != 0 or len(archives) != 1:
        fail(f"cannot download {package}; run `apt-get update` and try again\n{done.stderr.strip()}")
    unpacked = downloads / "files"
    subprocess.run(["dpkg", "-x", str(archives[0]), str(unpacked)], check=True)
    for packed in unpacked.rglob("*.pdf.gz"):  # Debian compresses large documents
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
    unpacked.rename(folder)
    shutil.rmtree(downloads)
    return folder


def page_count(path):
    """The number of pages, or 0 where `pdfinfo` cannot read the file."""
    done = subprocess.run(["pdfinfo", str(path)], capture_output=True)
    found = re.search(rb"^Pages:\s+(\d+)", done.stdout, re.MULTILINE)
    return int(found.group(1)) if done.returncode == 0 and found else 0


def pdfs(packages=PACKAGES, large=False):
    """Every readable PDF of the packages once, as (path, pages), in an order that does not change."""
    need("pdfinfo", "poppler-utils")
    seen, result = set(), []
    for package in packages:
        for path in sorted(unpack(package).rglob("*.pdf")):
            if path.is_symlink() or not path.is_file():
                continue
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            pages = page_count(path)
            if digest in seen or pages == 0 or (pages > LARGE_PAGES and not large):
                continue
            seen.add(digest)
            result.append((path, pages))
    return result


def forge(path):
    """The binary that the user named, or a release build of this checkout."""
    if path:
        binary = pathlib.Path(path).resolve()
        if not os.access(binary, os.X_OK):
            fail(f"no program at {binary}")
        return binary
    need("swift", "the Swift toolchain (https://www.swift.org/install)")
    # As `make build` does it: static and dynamic runtimes must not meet in one scratch path.
    build = [
        "swift", "build", "-c", "release", "--product", "forge", "--static-swift-stdlib", "--scratch-path", ".build-release",
    ]
    print("building: " + " ".join(build), file=sys.stderr)
    if subprocess.run(build, cwd=ROOT, stdout=sys.stderr).returncode != 0:
        fail("the build failed; name a binary with --forge PATH to use another one")
    return ROOT / ".build-release" / "release" / "forge"


def measured(command, **options):
    """Runs a command to its end: (exit code, CPU seconds user + system, seconds, peak resident MiB) of it and its children."""
    import time
    started = time.monotonic()
    child = subprocess.Popen([str(part) for part in command], **options)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024
