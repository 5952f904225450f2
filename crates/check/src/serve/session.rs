//! Who may see the page: the one who opens the address first, in one browser.
//!
//! The address holds a token that works once: other users of a machine may see the command line of the program that opens
//! the browser. What it is exchanged for is a cookie, and a path of its own, because a browser sends cookies of
//! `127.0.0.1` to whatever port is asked: to another server of this machine only under a path that nobody else knows.

use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};

/// What stands before the token in the address.
const ENTRY: &str = "/open/";

/// What stands before the path of a session.
const LIVE: &str = "/live/";

/// The name of the cookie.
const COOKIE: &str = "cpx-live";

/// Who may see the page. What is secret is kept as its hash, which is also what is compared.
pub(super) struct Session {
    token: Option<Hash>,
    cookie: Option<Hash>,
    path: String,
}

type Hash = Vec<u8>;

/// What is asked for under the path of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Page,
    Events,
    Again,
}

impl Session {
    /// A new session, and the path to be opened once.
    pub(super) fn new() -> std::io::Result<(Self, String)> {
        let token = secret()?;
        let path = format!("{LIVE}{}/", secret()?);
        let entry = format!("{ENTRY}{token}");
        Ok((Self { token: Some(hash(&token)), cookie: None, path }, entry))
    }

    /// Opens the session with the token in this target, once: the path to go to, and the cookie to take along.
    pub(super) fn enter(&mut self, target: &str) -> std::io::Result<Option<(String, String)>> {
        let given = target.strip_prefix(ENTRY).map(hash);
        if given.is_none() || given != self.token {
            return Ok(None);
        }
        let cookie = secret()?;
        self.token = None;
        self.cookie = Some(hash(&cookie));
        let header = format!("{COOKIE}={cookie}; Path={}; HttpOnly; SameSite=Strict", self.path);
        Ok(Some((self.path.clone(), header)))
    }

    /// What one of the session asks for with this target and these cookies. `Err` for anybody else; `Ok(None)` for
    /// what there is not.
    pub(super) fn wanted(&self, target: &str, cookies: &str) -> Result<Option<Wanted>, Stranger> {
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        let given = pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| hash(value));
        if given.is_none() || given != self.cookie {
            return Err(Stranger);
        }
        Ok(match target.strip_prefix(self.path.as_str()) {
            Some("") => Some(Wanted::Page),
            Some("events") => Some(Wanted::Events),
            Some("again") => Some(Wanted::Again),
            _ => None,
        })
    }
}

/// Somebody who may not see the page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stranger;

fn hash(text: &str) -> Hash {
    digest(&SHA256, text.as_bytes()).as_ref().to_vec()
}

/// 128 bits that nobody can guess.
fn secret() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| std::io::Error::other("no random numbers"))?;
    Ok(hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookie(header: &str) -> &str {
        header.split(';').next().unwrap()
    }

    #[test]
    fn a_token_opens_once() {
        let (mut session, entry) = Session::new().unwrap();
        assert_eq!(session.enter("/open/0123456789abcdef0123456789abcdef").unwrap(), None);
        assert_eq!(session.enter("/open/").unwrap(), None);
        assert_eq!(session.enter(&entry[..entry.len() - 1]).unwrap(), None);
        let (path, header) = session.enter(&entry).unwrap().expect("the token opens");
        assert!(header.contains("HttpOnly") && header.contains("SameSite=Strict") && header.contains(&path));
        assert_eq!(session.enter(&entry).unwrap(), None);
        assert_eq!(session.wanted(&path, cookie(&header)), Ok(Some(Wanted::Page)));
        assert_eq!(
            session.wanted(&format!("{path}events"), &format!("a=b; {}", cookie(&header))),
            Ok(Some(Wanted::Events))
        );
        assert_eq!(session.wanted(&format!("{path}other"), cookie(&header)), Ok(None));
    }

    #[test]
    fn a_stranger_gets_nothing() {
        let (mut session, entry) = Session::new().unwrap();
        let path = session.path.clone();
        for cookies in ["", "cpx-live=", "cpx-live", ";;=;"] {
            assert_eq!(session.wanted(&path, cookies), Err(Stranger), "{cookies}");
        }
        let (_, header) = session.enter(&entry).unwrap().unwrap();
        let (mut other, its_entry) = Session::new().unwrap();
        let (its_path, _) = other.enter(&its_entry).unwrap().unwrap();
        assert_eq!(other.wanted(&its_path, cookie(&header)), Err(Stranger));
        assert_eq!(session.wanted(&path, &cookie(&header)[..20]), Err(Stranger));
    }
}
