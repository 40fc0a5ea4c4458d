# make demo   builds forge and turns samples/pdfs into a dataset
# make demo-tools   turns an API's description in samples/tools into rows with executed calls
# make test   passes the tests
# All install what is missing first (Debian packages, with sudo where you are not root).

PREFIX  ?= /usr/local
RELEASE := .build-release/release
# What the system has to bring: libraries by their pkg-config names, and programs.
LIBRARIES := poppler-glib sqlite3 zlib libxml-2.0 libzip libcmark-gfm jemalloc
PROGRAMS  := pkg-config bwrap prlimit git python3
PACKAGES  := libpoppler-glib-dev libsqlite3-dev zlib1g-dev libxml2-dev libzip-dev libcmark-gfm-dev \
             libcmark-gfm-extensions-dev libjemalloc-dev pkg-config bubblewrap util-linux git python3
SUDO      := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: all setup build demo demo-tools test lint install uninstall clean

all: build

setup:
	@command -v swift >/dev/null || { echo "Swift 6.2 or later is needed: https://www.swift.org/install/linux/"; exit 2; }
	@missing=; \
	for program in $(PROGRAMS); do command -v $$program >/dev/null || missing=yes; done; \
	pkg-config --exists $(LIBRARIES) 2>/dev/null || missing=yes; \
	if [ -n "$$missing" ]; then \
	  echo "installing: $(PACKAGES)"; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; \
	fi

# The Swift runtime goes into the binary, so that an installed forge needs no toolchain.
build: setup
	swift build -c release --product forge --static-swift-stdlib --scratch-path .build-release

demo: build
	$(RELEASE)/forge run samples/pdfs -o demo-out

demo-tools: build
	samples/tools/demo $(RELEASE)/forge demo-out/tools

test: setup lint
	swift build --build-tests
	swift test --skip-build

lint:
	swift format lint --strict --recursive Package.swift Sources Tests templates Benchmarks

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -s -m 755 $(RELEASE)/forge $(DESTDIR)$(PREFIX)/bin/forge

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/forge

clean:
	rm -rf .build .build-release demo-out
