//! Processes of this machine, as `/proc` shows them.
#![allow(clippy::unwrap_used)]

use std::process::{Child, ExitStatus, Output};
use std::time::{Duration, Instant};

/// What does not end within this time hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// The processes that run with this text on their command line.
pub fn running_with(text: &str) -> Vec<u32> {
    let numbers =
        std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let has = |number: &u32| {
        let line = std::fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
        line.windows(text.len()).any(|window| window == text.as_bytes()) && is_running(*number)
    };
    numbers.filter(has).collect()
}

/// A process and those that it started, zombies too.
pub fn family(process: u32) -> Vec<u32> {
    let mut all = vec![process];
    for task in std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        all.extend(children.split_whitespace().map(|number| number.parse::<u32>().unwrap()));
    }
    all
}

/// Whether it is there, and no zombie.
pub fn is_running(process: u32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    state.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.trim_start().starts_with('Z'))
}

/// A number of a process' status, as `VmHWM` (kB) or `Threads`; 0 when it is gone.
pub fn status(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// How many files a process has open.
pub fn open_files(process: u32) -> usize {
    std::fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().count()
}

/// Waits for a process that has to end by itself; gives the most memory that it ever had as well, in kB.
pub fn finish(child: &mut Child) -> (ExitStatus, u64) {
    let began = Instant::now();
    let mut most = 0;
    loop {
        most = most.max(status(child.id(), "VmHWM"));
        if let Some(status) = child.try_wait().unwrap() {
            return (status, most);
        }
        if began.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            assert!(began.elapsed() <= PATIENCE, "it hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The same with all that it says on its channels.
pub fn output(mut child: Child) -> (Output, u64) {
    let hear = |pipe: Option<Box<dyn std::io::Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(mut pipe) = pipe {
                pipe.read_to_end(&mut bytes).unwrap();
            }
            bytes
        })
    };
    let stdout = hear(child.stdout.take().map(|pipe| Box::new(pipe) as _));
    let stderr = hear(child.stderr.take().map(|pipe| Box::new(pipe) as _));
    let (status, most) = finish(&mut child);
    (Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }, most)
}
