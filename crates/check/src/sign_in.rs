//! `cpx-check token --prove --portal PORTAL` and `--host NAME`: signs in for real, up to the end of the TLS handshake.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::sync::{Arc, Mutex, PoisonError};

use cpx_card::internal::token::{Asker, Mechanism, ProofOutcome};
use cpx_card::internal::workstation::network::{
    HostPlan, Proxies, ProxySettings, SignIn, SignInEnd, SignInPlan, sign_in, sign_in_host,
};
use cpx_f413::plain;
use cpx_report::Texts;

use super::args::TokenArguments;
use super::exit_code::Exit;
use super::prove::{Code, Proof, Target};
use super::{Granted, Refusal, diagnosis, output};

/// The server that is to be signed in to, if one is.
pub(super) fn host(arguments: &TokenArguments, texts: &Texts) -> Granted<Option<HostPlan>> {
    let Some(portal) = &arguments.portal else { return Ok(arguments.host.clone()) };
    let options = diagnosis::options(std::slice::from_ref(portal), &[], texts)?;
    let Some(portal) = options.portals.first() else { return Ok(None) };
    let named = texts.text(&format!("portal-{}", portal.code()));
    let unknown = || Refusal::Sentence(texts.with("sign-in-unknown-host", &[("portal", &named)]));
    sign_in_host(portal.network_code()).ok_or_else(unknown).map(Some)
}

/// Asks whether the certificate may be sent, gets the code, and signs in: what became of the signature, and of signing in.
pub(super) fn try_at(
    host: &HostPlan,
    target: &Target<'_>,
    asker: &Asker,
    arguments: &TokenArguments,
    given: Option<io::Result<Code>>,
    texts: &Texts,
) -> (Proof, Option<SignIn>) {
    let agreed = target.challenge(arguments.last_try).and_then(|challenge| {
        if !arguments.yes {
            agree(host, texts)?;
        }
        Ok((challenge, target.code(given, texts)?))
    });
    let (challenge, code) = match agreed {
        Ok(agreed) => agreed,
        Err(proof) => return (proof, None),
    };
    let certificate = challenge.certificate().clone();
    let outcome = Arc::new(Mutex::new(None));
    let (asker, module, kept) = (asker.clone(), target.module.to_owned(), Arc::clone(&outcome));
    let sign = move |algorithm, message: &[u8]| {
        let challenge = challenge.with_message(algorithm, message.to_vec())?;
        let signed = asker.sign(&module, &challenge, &code);
        let became = signed.as_ref().err().cloned().unwrap_or(ProofOutcome::Proven);
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(became);
        signed.ok()
    };
    let seen = sign_in(&SignInPlan {
        host: host.clone(),
        proxies: Proxies::of(&ProxySettings::collect()),
        system_store: None,
        certificate,
        pss: target.token.offers(Mechanism::RSA_PKCS_PSS) == Some(true),
        sign: Arc::new(sign),
    });
    let outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
    (outcome.map_or(Proof::NotAsked, Proof::Outcome), Some(seen))
}

/// Tells what is sent to whom, and asks. No terminal, no answer.
fn agree(host: &HostPlan, texts: &Texts) -> Result<(), Proof> {
    const LONGEST: u64 = 64;
    output::error(&texts.with("sign-in-question", &[("host", &host.host)]));
    if !io::stdin().is_terminal() {
        output::error("\n");
        return Err(Proof::NoTerminal(texts.text("sign-in-yes")));
    }
    let mut answer = String::new();
    let read = io::stdin().lock().take(LONGEST).read_line(&mut answer);
    let yes = ["o", "oui", "y", "yes"].contains(&plain(answer.trim()).as_str());
    if read.is_ok() && yes { Ok(()) } else { Err(Proof::Declined) }
}

/// What the program says of both to the one that started it.
pub(super) fn exit(proof: &Proof, seen: &SignIn) -> Exit {
    match seen.end {
        SignInEnd::Accepted(_) => Exit::Ready,
        SignInEnd::NotAsked | SignInEnd::NoStore => Exit::CouldNotTell,
        SignInEnd::NoName => Exit::Usage,
        SignInEnd::NotSigned => Exit::from(proof),
        _ => Exit::NotReady,
    }
}
