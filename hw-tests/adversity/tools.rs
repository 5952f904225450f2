//! Tools of the system that hang, talk without end, and leave others behind.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Instant;

use cpx_card::internal::limits;
use cpx_card::internal::workstation::{Machine, Unseen, linux};

use super::support::{processes, until};
use super::{Kept, alone, with_others};

/// Puts a tool into a machine.
fn tool(root: &Path, place: &str, script: &str) {
    let path = root.join(place);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn two_tools_that_hang_in_one_subject_leave_what_else_was_seen_of_it() {
    let _others = with_others();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join("run/systemd/system")).unwrap();
    for place in ["usr/bin/systemctl", "usr/sbin/pcscd"] {
        tool(root, place, "trap '' TERM HUP INT; sleep 600 & sleep 600");
    }
    let began = Instant::now();
    let seen = linux::pcscd::collect(&Machine::below(root));
    let text = format!("{seen:?}");
    assert!(seen.seen().is_some() && text.matches("TimedOut").count() >= 2, "{text}");
    // one after the other each had its whole patience, and the subject none
    assert!(began.elapsed() < limits::TOOL_PATIENCE * 2);
    let root = root.to_str().unwrap();
    until("no tool is left", || processes::running_with(root).is_empty());
}

#[test]
fn a_tool_that_talks_without_end_or_leaves_talkers_leaves_nobody() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mark = format!("{}/mark", root.display());
    for (script, why) in [
        (format!("exec cat /dev/zero {mark}"), Unseen::TooLarge),
        (
            format!(
                "tail -f /dev/zero --pid=1 {mark} >&2 & sleep 0.1; (while :; do echo x || exit; done; : {mark}) & cat /dev/zero"
            ),
            Unseen::TooLarge,
        ),
    ] {
        tool(root, "usr/bin/talks", &script);
        let before = Kept::now();
        for _ in 0..3 {
            let said = Machine::below(root).run(&["/usr/bin/talks"], &[]);
            assert_eq!(said.unwrap_err().why, why);
        }
        until("no process is left", || processes::running_with(&mark).is_empty());
        until("no thread and no file is left", || Kept::now().is_no_more_than(before));
    }
}
