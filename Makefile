# `make demo` and `make test` do all their own set-up on a fresh Debian machine.

.PHONY: demo test test-windows fuzz fuzz-smoke check-macos lint deny advisories semver sanitize miri mutants bench generate
.PHONY: dist dist-check dist-twice judge

# The main job on an embedded card: no reader needed.
demo:
	@.ci/setup demo
	@cargo build --quiet --locked --release
	@target/release/cpx-check card --simulate

test:
	@.ci/setup test
	@.ci/tools
	@$(MAKE) --no-print-directory lint
	@.ci/features
	cargo build --locked --no-default-features
	@# a shell in the background ignores these, and so would the programs that tests interrupt
	env --default-signal=HUP,INT,QUIT cargo test --locked
	@$(MAKE) --no-print-directory sanitize
	@$(MAKE) --no-print-directory test-windows
	@$(MAKE) --no-print-directory fuzz-smoke

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

# What the toolchain at hand can check; Debian's newer toolchain has neither rustfmt nor clippy.
lint:
	@if cargo fmt --version >/dev/null 2>&1; then cargo fmt --check && cargo fmt --manifest-path fuzz/Cargo.toml --check; else echo "skipped: no rustfmt here"; fi
	@if cargo clippy --version >/dev/null 2>&1; then cargo clippy --locked --all-targets -- -D warnings; \
	else echo "skipped: no clippy here"; fi
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
	@$(MAKE) --no-print-directory deny

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
# Nothing is linked: the compiler of C that ring asks for need not do anything.
check-macos:
	@.ci/setup macos
	CARGO_TARGET_DIR=target/macos RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc PATH=/usr/bin:$$PATH \
	CC_aarch64_apple_darwin=true AR_aarch64_apple_darwin=true \
	/usr/bin/cargo check --locked -Zbuild-std=std,panic_abort --target aarch64-apple-darwin

# The virtual cards held against ANS's own module and screens: CRYPTOLIB=FILE, an .rpm of Cryptolib CPS for Linux that you have.
judge:
	@[ -z "$(CRYPTOLIB)" ] || { .ci/setup judge && cargo build --quiet --locked; }
	@.ci/judge $(CRYPTOLIB)

# Whole runs of the program built with AddressSanitizer; those under valgrind are among the tests.
sanitize:
	@env --default-signal=HUP,INT,QUIT .ci/sanitize

# The rooms that are pure, interpreted by Miri, which only a nightly toolchain has. Signatures (ring) are beyond it.
miri:
	@if cargo +nightly miri --version >/dev/null 2>&1; then \
	MIRIFLAGS=-Zmiri-disable-isolation PROPTEST_CASES=4 PROPTEST_DISABLE_FAILURE_PERSISTENCE=true \
	cargo +nightly miri test --locked --no-default-features --lib -- iso7816:: pkcs15:: identity:: f413::; \
	else echo "skipped: no Miri here (rustup component add --toolchain nightly miri)"; fi

# What no test notices when it is changed, in the rooms that decide who a person is: hours. ROOM=card for one of them.
mutants:
	cargo mutants --output target --re '^src/$(ROOM)'

# The figures: exchanges and bytes, then milliseconds and memory, beside OpenSC's tools on the same virtual card.
bench:
	@.ci/setup bench
	cargo bench --locked --bench hostile
	cargo bench --locked --bench figures --bench certificate --bench reports --bench library

# The files that are made from the code, which the tests compare with it.
generate:
	CPX_GENERATE=1 cargo test --quiet --locked --lib up_to_date

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
