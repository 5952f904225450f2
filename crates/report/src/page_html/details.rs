//! Every check, folded by subject.

use maud::{Markup, html};

use cpx_card::internal::readiness::{CheckResult, Group, State};

use super::Sheet;
use super::mark::{Tone, mark};

impl Sheet<'_> {
    pub(super) fn details(self) -> Markup {
        let checks: Vec<_> = self.subject.checks().collect();
        html! {
            section.details aria-labelledby="details" {
                h2 #details { (self.text("page-details")) }
                @for group in Group::ALL {
                    @let checks: Vec<_> = checks.iter().filter(|one| one.check.group == group).copied().collect();
                    @if !checks.is_empty() { (self.group(group, &checks)) }
                }
            }
        }
    }

    fn group(self, group: Group, checks: &[&CheckResult]) -> Markup {
        let worst = checks.iter().map(|one| one.state).max_by_key(|state| gravity(*state));
        // what was mostly not looked at is not in order
        let has_been_seen = 2 * count(checks, State::Skip) <= checks.len();
        let worst = worst.filter(|state| has_been_seen || *state != State::Pass).map_or(Tone::Unknown, Tone::of_state);
        html! {
            details {
                summary {
                    (mark(worst)) span { (self.text(&format!("group-{}", group.code()))) }
                    span.counts { (self.counts(checks)) }
                }
                ul {
                    @for one in checks {
                        li {
                            (mark(Tone::of_state(one.state)))
                            div {
                                p { (self.text(&format!("check-{}", one.check.id))) }
                                p.said { (self.said(one)) " " code { (one.check.id) } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// How many ended how: only what there is.
    fn counts(self, checks: &[&CheckResult]) -> String {
        let told = State::ALL.into_iter().filter(|state| count(checks, *state) > 0).map(|state| {
            let count = count(checks, state).to_string();
            self.texts.with(&format!("page-count-{}", state.code()), &[("count", &count)])
        });
        told.collect::<Vec<_>>().join(", ")
    }

    fn said(self, one: &CheckResult) -> String {
        let said = self.words().ending(one);
        said.unwrap_or_else(|| self.text("page-state-pass"))
    }
}

fn count(checks: &[&CheckResult], state: State) -> usize {
    checks.iter().filter(|one| one.state == state).count()
}

/// What is worse is greater; what was only not made says nothing.
fn gravity(state: State) -> u8 {
    match state {
        State::Skip => 0,
        State::Pass => 1,
        State::Blocked => 2,
        State::Warn => 3,
        State::Fail => 4,
    }
}
