# make test      everything that a change must pass; installs what it needs
# make soak      what takes longer: fuzzing, and killing the build at every system call
# make fsck      another program, Tessera's fsck, judges ledgers of some sizes: make fsck FSCK=100
# make bench     the figures
# make bench-web the weight of the element, and when it can be used, beside two consent banners of others
# make bench-serve  serve beside nginx and Caddy
# make desk      the desk in the browser, one file: dist/desk/desk.html
# make viewer    the ledger in the browser, one file: dist/viewer/ledger.html
# make release   archives for five systems, with hashes: dist/release
SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: test tools format vet unit cloud fsck wasm site desk viewer web fuzz soak bench bench-web bench-serve release release-check clean

DATE    := 2025-06-14
SINCE   := examples/citykey-2017.yaml
SITE    := $(CURDIR)/dist/site
PSEUDO  := $(CURDIR)/dist/site-pseudo
DESK    := $(CURDIR)/dist/desk
VIEWER  := $(CURDIR)/dist/viewer
RELEASE := dist/release
FUZZ    ?= 3s
FSCK    ?= 12

test: tools format vet unit cloud fsck wasm site desk viewer web fuzz
	@echo "make test: all of it passed"

tools:
	.ci/tools

format:
	@wrong=$$(gofmt -l cmd examples notices locales render); if [ -n "$$wrong" ]; then echo "gofmt would change:"; echo "$$wrong"; exit 1; fi

vet:
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./cmd/desk ./cmd/viewer ./notices/... ./locales/... ./render/...

unit:
	go test -race -timeout 40m ./notices/... ./locales/... ./render/...
	go test -timeout 60m ./cmd/...
	go test -race -timeout 5m ./examples/...
	go test -race -timeout 30m -run 'TestBar|TestToday|TestScripts/build|TestServer' ./cmd/fairnotice   # what the command does side by side
	go test -run 'TestShipped|TestPlanted|TestScripts|TestTerms|TestNoMustNot' ./locales   # every word; under the detector every tenth
	go test -run 'TestEveryFieldCounts|TestUnknownIsNotSaidAsAnAnswer' ./notices   # every field; under the detector one of each kind

# A module of its own: the libraries of three clouds, which take some minutes the first time, are in no other program.
cloud:
	cd cmd/fairnotice-cloud && go vet ./... && go test ./...

# A module of its own: another program judges the ledgers that we write.
fsck:
	@wrong=$$(gofmt -l .ci/fsck); if [ -n "$$wrong" ]; then echo "gofmt would change:"; echo "$$wrong"; exit 1; fi
	cd .ci/fsck && go vet ./... && go run . $(FSCK)

# The core has to compile for the browser.
wasm:
	GOOS=js GOARCH=wasm go build ./notices/... ./locales/... ./render/...

# The example as a folder, for the tests in a browser, and its pages in the pseudo-languages. The second build must write nothing.
site:
	rm -rf $(SITE) $(PSEUDO)
	go run ./cmd/fairnotice build examples/citykey.yaml --since $(SINCE) --out $(SITE) --date $(DATE)
	go run ./cmd/fairnotice build examples/citykey.yaml --since $(SINCE) --out $(SITE) --date $(DATE) | grep 'nothing was written'
	for lang in en-XA ar-XB; do \
		mkdir -p $(PSEUDO)/$$lang; \
		for kind in before at-upload already-applied demand-received; do \
			go run ./cmd/fairnotice show examples/citykey.yaml --lang $$lang --kind $$kind --as html --date $(DATE) > $(PSEUDO)/$$lang/$$kind.html; \
		done; \
		go run ./cmd/fairnotice show examples/citykey.yaml --lang $$lang --kind what-changed --since $(SINCE) --as html --date $(DATE) > $(PSEUDO)/$$lang/what-changed.html; \
	done

desk:
	go run ./cmd/desk --out $(DESK)

viewer:
	go run ./cmd/viewer --out $(VIEWER)

web:
	cd .ci/web && FN_SITE=$(SITE) FN_PSEUDO=$(PSEUDO) FN_DESK=$(DESK)/desk.html FN_VIEWER=$(VIEWER)/ledger.html FN_DATE=$(DATE) node --test

fuzz:
	.ci/fuzz $(FUZZ)

soak: tools
	.ci/fuzz 10m
	go test -run TestProperty -rapid.checks 20000 -timeout 1h ./notices
	go test -run TestOutOnlySigned -rapid.checks 20000 -timeout 1h ./render/publish
	FN_SOAK=all go test -run 'TestKilled|TestPublishKilled' -timeout 4h -v ./cmd/fairnotice
	FN_SOAK=all go test -run 'TestKilled|TestEveryByteCounts' -timeout 4h -v ./notices/ledger
	$(MAKE) fsck FSCK=100

bench:
	go test -run '^$$' -bench . -benchmem ./...

bench-web: tools site
	cd .ci/web && FN_SITE=$(SITE) node bench.mjs

bench-serve: tools
	.ci/bench-serve

release: desk
	rm -rf $(RELEASE)
	go run ./cmd/release --desk $(DESK)/desk.html --out $(RELEASE)

# Two folders with other names and empty caches must give the same bytes.
release-check:
	work=$$(mktemp -d); trap 'chmod -R u+w '$$work'; rm -rf '$$work EXIT; \
	mkdir -p $$work/one $$work/another/deeper; \
	git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t $$work/one; \
	cp -r $$work/one/. $$work/another/deeper; \
	for folder in one another/deeper; do \
		GOCACHE=$$work/cache-$${folder%%/*} $(MAKE) -C $$work/$$folder release; \
	done; \
	cmp $$work/one/$(RELEASE)/SHA256SUMS $$work/another/deeper/$(RELEASE)/SHA256SUMS; \
	echo "release-check: the same hashes from two folders"

clean:
	rm -rf dist site
