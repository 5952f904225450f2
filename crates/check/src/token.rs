//! `cpx-check token`: which PKCS#11 modules there are, whether they work, and whether they see the same card.

use cpx_card::internal::card::ReadOptions;
use cpx_card::internal::collect::{Collecting, collect, collect_modules, registered_modules};
use cpx_card::internal::readiness::judge_tokens;
use cpx_card::internal::token::{Asker, Registrant, Registration};
use cpx_card::{Error, ErrorKind};
use cpx_report::{ProofAnswer, Texts, proof_text, sign_in_text, tokens_json, tokens_text};

use super::args::{Format, TokenArguments};
use super::card::disclosure;
use super::exit_code::Exit;
use super::prove::{self, Proof};
use super::source::{self, Chosen};
use super::{Granted, Refusal, Run, output, sign_in};

pub(super) fn run(arguments: &TokenArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    // first of all: what is in the line of the code is for nobody else, and no module has been started yet
    let code =
        arguments.pin_fd.map(|number| prove::code_from_descriptor(number, cpx_card::internal::limits::CODE_BYTES));
    let host = sign_in::host(arguments, texts)?;
    let Chosen { readers, note, day, .. } =
        source::choose(&arguments.source, pcsc_missing, std::time::Duration::ZERO, texts)?;
    let named = arguments.source.reader.as_str();
    // both views read certificates, so that they can be compared byte for byte
    let how = Collecting::new(ReadOptions::default().with_certificates(true));
    let cards = collect(&readers, named, how);
    let asker = asker()?;
    let modules = collect_modules(named_modules(arguments), &asker, &cards).in_readers_named(named);
    let verdict = judge_tokens(&modules.facts.modules, &cards, source::when(None, day).now);
    let disclosure = disclosure(arguments.output.show_identity);

    if arguments.output.format == Format::Text {
        let note = note.map(|note| format!("{note}\n\n")).unwrap_or_default();
        output::text(&format!("{note}{}", tokens_text(&modules.facts, &cards, &verdict, disclosure, texts)));
    }
    let tried = arguments.prove.then(|| match prove::target(&modules, &verdict, &cards) {
        Err(proof) => (proof, None),
        Ok(target) => {
            output::error(&format!("{}\n", target.tries(texts)));
            match &host {
                Some(host) => sign_in::try_at(host, &target, &asker, arguments, code, texts),
                None => (target.prove(&asker, arguments.last_try, code, texts), None),
            }
        }
    });
    let (proof, signed_in) = tried.map_or((None, None), |(proof, seen)| (Some(proof), seen));
    match arguments.output.format {
        Format::Json => {
            let sign_in = signed_in.as_ref();
            let proof = proof.as_ref().map(|proof| ProofAnswer { code: proof.code(), detail: proof.detail(), sign_in });
            output::json(&tokens_json(&modules.facts, &cards, &verdict, proof, disclosure));
        }
        Format::Text => {
            let told = proof.as_ref().filter(|proof| !matches!(proof, Proof::NotAsked));
            if let Some(proof) = told {
                output::text(&proof_text(proof.code(), proof.level(), proof.detail().as_deref(), texts));
            }
            if let Some(seen) = &signed_in {
                output::text(&sign_in_text(seen, texts));
            }
        }
    }
    Ok(match (proof, signed_in) {
        (Some(proof), Some(seen)) => sign_in::exit(&proof, &seen),
        (Some(proof), None) => Exit::from(&proof),
        _ => verdict.outcome.into(),
    })
}

/// This very program asks the modules.
fn asker() -> Granted<Asker> {
    let program = std::env::current_exe()
        .map_err(|error| Refusal::Error(Error::new(ErrorKind::File, "this program is not found").caused_by(error)))?;
    Ok(Asker::with_program(program))
}

/// The modules that the user names, or all that this workstation names.
fn named_modules(arguments: &TokenArguments) -> Vec<Registration> {
    if arguments.module.is_empty() {
        return registered_modules();
    }
    arguments.module.iter().map(|path| Registration::new(path, Registrant::CommandLine)).collect()
}
