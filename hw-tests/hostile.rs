//! Any 64 KiB of hostile input is read in little memory, and twice the input costs at most twice the work. Counted, not
//! timed: `benches/hostile.rs` takes the times.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(unsafe_code, reason = "an allocator that counts")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::Write as _;

#[path = "support/hostile.rs"]
mod inputs;

/// What may be held at once while an input of 64 KiB is read.
const MOST_MEMORY: usize = 16 * 1024 * 1024;

/// The system's allocator, which counts what the own thread asks for.
struct Counting;

#[derive(Clone, Copy, Default)]
struct Count {
    calls: usize,
    /// Bytes asked for in all.
    bytes: usize,
    now: isize,
    peak: isize,
}

thread_local! {
    static COUNT: Cell<Count> = const { Cell::new(Count { calls: 0, bytes: 0, now: 0, peak: 0 }) };
}

fn count(more: usize, less: usize) {
    // where a thread ends its counts are gone, and nobody asks for them
    let _ = COUNT.try_with(|cell| {
        let mut count = cell.get();
        if more > 0 {
            count.calls += 1;
            count.bytes += more;
        }
        count.now += more.cast_signed() - less.cast_signed();
        count.peak = count.peak.max(count.now);
        cell.set(count);
    });
}

// SAFETY: every call is handed to the system's allocator as it came; counting touches only a `Cell` that was made before
// and needs no memory.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(0, layout.size());
        // SAFETY: the caller keeps the promises of `dealloc`, and the memory came from `System`.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        // SAFETY: the caller keeps the promises of `realloc`, and the memory came from `System`.
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What reading an input of this length asks for. Tables that are made once are made before.
fn cost(input: &inputs::Hostile, bytes: usize) -> Count {
    let bytes = (input.make)(bytes);
    (input.read)(&bytes);
    COUNT.set(Count::default());
    (input.read)(&bytes);
    COUNT.get()
}

#[test]
fn hostile_inputs_cost_little_memory_and_work_in_proportion() {
    let mut worst = (0, "");
    let mut problems = Vec::new();
    for input in inputs::ALL {
        assert!((input.make)(inputs::BYTES).len() <= inputs::BYTES, "{}", input.name);
        let (half, whole) = (cost(input, inputs::BYTES / 2), cost(input, inputs::BYTES));
        let peak = usize::try_from(whole.peak).unwrap();
        worst = worst.max((peak, input.name));
        if peak > MOST_MEMORY {
            problems.push(format!("{}: {peak} bytes at once", input.name));
        }
        // lists grow by doubling: a few calls more, and up to twice the bytes
        if whole.calls > half.calls * 11 / 5 + 64 {
            problems.push(format!("{}: {} allocations, {} for half of it", input.name, whole.calls, half.calls));
        }
        if whole.bytes > half.bytes * 5 / 2 + 256 * 1024 {
            problems.push(format!("{}: {} bytes asked for, {} for half of it", input.name, whole.bytes, half.bytes));
        }
    }
    let line = format!(
        "hostile: {} inputs of 64 KiB, at most {} KiB at once ({})",
        inputs::ALL.len(),
        worst.0 / 1024,
        worst.1
    );
    writeln!(std::io::stderr(), "{line}").unwrap();
    assert!(problems.is_empty(), "{problems:#?}");
}
