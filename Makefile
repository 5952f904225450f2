# `make demo` and `make test` do all their own set-up on a fresh Debian machine.

.PHONY: demo test test-full test-windows fuzz fuzz-smoke check-macos lint features deny advisories semver sanitize miri mutants
.PHONY: bench generate dist dist-check dist-twice judge

# The main job on an embedded card: no reader needed.
demo:
	@.ci/setup demo
	@cargo build --locked --profile demo --package cpx-check
	@target/demo/cpx-check card --simulate
	@.ci/next

# The short circle: everything that protects a user.
test:
	@.ci/setup test
	@$(MAKE) --no-print-directory lint
	@.ci/tests short
	@echo "make test: all that protects a user holds. Left for make test-full: feature mixtures, all faults, endurance, valgrind and" \
	"sanitizers, Chromium, other languages, monitoring, Wine, macOS, packages, dependencies, fuzzing."

# The full circle: what takes long, or needs more than a workstation has. After `make test`: no test is in both.
test-full:
	@.ci/setup full
	@.ci/tools
	@$(MAKE) --no-print-directory deny features
	@.ci/tests full
	@$(MAKE) --no-print-directory sanitize test-windows check-macos dist-check fuzz-smoke
	@echo "make test-full: all holds. With make test, nothing is left."

# The Windows program, built here with Debian's toolchain and run under Wine.
test-windows:
	@.ci/windows

# Each parser, and the whole reading of a card, against inputs that nobody thought of: `make fuzz MINUTES=10` for each.
fuzz:
	@.ci/setup fuzz
	@.ci/fuzz long

# The same for half a minute in all.
fuzz-smoke:
	@.ci/fuzz smoke

# Form and lints, as far as the toolchain at hand can check: Debian's newer toolchain has neither rustfmt nor clippy.
lint:
	@if cargo fmt --version >/dev/null 2>&1; then cargo fmt --all --check && cargo fmt --manifest-path fuzz/Cargo.toml --check; else echo "skipped: no rustfmt here"; fi
	@if cargo clippy --version >/dev/null 2>&1; then cargo clippy --locked --workspace --all-targets -- -D warnings; \
	else echo "skipped: no clippy here"; fi
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps
	@.ci/face

# The libraries with each of their features and without: each compiles without a warning.
features:
	@.ci/features

# Dependencies against deny.toml, without the network; against the known advisories where their database is.
deny:
	@.ci/deny

# The same with the newest advisories, which are fetched.
advisories:
	@.ci/deny fetch

# What changed in the public API since the last published version (a tag vX.Y.Z), and whether the version says so.
semver:
	@.ci/semver

# The types of the code for macOS, with Debian's newer toolchain, which can build the standard library for another system.
# Nothing is linked: the compiler of C that ring asks for need not do anything. What runs while it compiles is there from Windows.
check-macos:
	@.ci/setup macos
	CARGO_TARGET_DIR=target/windows RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc PATH=/usr/bin:$$PATH \
	CC_aarch64_apple_darwin=true AR_aarch64_apple_darwin=true \
	/usr/bin/cargo check --locked --workspace -Zbuild-std=std,panic_abort --target aarch64-apple-darwin

# The virtual cards held against ANS's own module and screens: CRYPTOLIB=FILE, an .rpm of Cryptolib CPS for Linux that you have.
judge:
	@[ -z "$(CRYPTOLIB)" ] || { .ci/setup judge && cargo build --quiet --locked; }
	@.ci/judge $(CRYPTOLIB)

# Whole runs of the program built with AddressSanitizer; those under valgrind are among the tests.
sanitize:
	@env --default-signal=HUP,INT,QUIT .ci/sanitize

# The modules that are pure, interpreted by Miri, which only a nightly toolchain has. Signatures (ring) are beyond it.
miri:
	@if cargo +nightly miri --version >/dev/null 2>&1; then \
	MIRIFLAGS=-Zmiri-disable-isolation PROPTEST_CASES=4 PROPTEST_DISABLE_FAILURE_PERSISTENCE=true \
	cargo +nightly miri test --locked --package cpx-card --package cpx-f413 --lib -- iso7816:: pkcs15:: identity:: tests::; \
	else echo "skipped: no Miri here (rustup component add --toolchain nightly miri)"; fi

# What no test notices when it is changed, in the modules that decide who a person is: hours. ROOM=card for one of them.
mutants:
	cargo mutants --output target --re '^(src|crates)/$(ROOM)'

# The figures: exchanges and bytes, then milliseconds and memory, beside OpenSC's tools on the same virtual card, and beside ANS's
# module where CRYPTOLIB=FILE gives an .rpm of Cryptolib CPS for Linux.
bench:
	@.ci/setup bench
	cargo bench --locked --workspace --bench hostile
	CPX_CRYPTOLIB="$(abspath $(CRYPTOLIB))" cargo bench --locked --workspace --bench figures --bench certificate --bench reports --bench library

# The files that are made from the code, which the tests compare with it.
generate:
	CPX_GENERATE=1 cargo test --quiet --locked --package cpx-card-ffi --package cpx-check --package cpx-report --lib --bins up_to_date

# The packages, under target/dist/: .deb, .rpm, .tar.gz, .zip, .msi, checksums, lists of components.
dist:
	@.ci/setup dist
	@packaging/dist/make

# Each package opened, installed, run and removed; the packaging done twice with the same bytes.
dist-check: dist
	@.ci/tools
	@packaging/dist/check

# Everything compiled and packaged from two fresh copies of the last commit, in two folders: the same bytes.
dist-twice:
	@.ci/setup dist
	@packaging/dist/twice
