# `make demo` and `make test` do all their own set-up on a fresh Debian machine.

.PHONY: demo test lint bench generate

# The main job on an embedded card: no reader needed.
demo:
	@.ci/setup demo
	@cargo build --quiet --locked --release
	@target/release/cpx-check card --simulate

test:
	@.ci/setup test
	@.ci/tools
	@$(MAKE) --no-print-directory lint
	cargo build --locked --no-default-features
	cargo test --locked

# What the toolchain at hand can check; Debian's newer toolchain has neither rustfmt nor clippy.
lint:
	@if cargo fmt --version >/dev/null 2>&1; then cargo fmt --check; else echo "skipped: no rustfmt here"; fi
	@if cargo clippy --version >/dev/null 2>&1; then cargo clippy --locked --all-targets -- -D warnings; \
	else echo "skipped: no clippy here"; fi
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps

# The figures: exchanges and bytes, then milliseconds and memory, beside OpenSC's tools on the same virtual card.
bench:
	@.ci/setup bench
	cargo bench --locked --bench figures --bench certificate

# The files that are made from the code, which the tests compare with it.
generate:
	CPX_GENERATE=1 cargo test --quiet --locked --lib up_to_date
