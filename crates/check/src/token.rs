//! `cpx-check token`: which PKCS#11 modules there are, whether they work, and whether they see the same card.

use cpx_card::internal::card::ReadOptions;
use cpx_card::internal::collect::{AskedModules, Collecting, collect, collect_modules, registered_modules};
use cpx_card::internal::facts::CardFacts;
use cpx_card::internal::readiness::{TokensVerdict, judge_tokens};
use cpx_card::internal::token::{Asker, Registrant, Registration};
use cpx_card::{Error, ErrorKind};
use cpx_report::{Texts, proof_text, tokens_json, tokens_text};

use super::args::{Format, TokenArguments};
use super::card::disclosure;
use super::exit_code::Exit;
use super::prove::{self, Proof};
use super::source::{self, Chosen};
use super::{Granted, Refusal, Run, output};

pub(super) fn run(arguments: &TokenArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    // first of all: what is in the line of the code is for nobody else, and no module has been started yet
    let code =
        arguments.pin_fd.map(|number| prove::code_from_descriptor(number, cpx_card::internal::limits::CODE_BYTES));
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
    let proof = arguments.prove.then(|| proved(arguments, &asker, &modules, &verdict, &cards, code, texts));
    match arguments.output.format {
        Format::Json => {
            let proof = proof.as_ref().map(|proof| (proof.code(), proof.detail()));
            output::json(&tokens_json(&modules.facts, &cards, &verdict, proof, disclosure));
        }
        Format::Text => {
            if let Some(proof) = &proof {
                output::text(&proof_text(proof.code(), proof.level(), proof.detail().as_deref(), texts));
            }
        }
    }
    Ok(proof.map_or_else(|| verdict.outcome.into(), |proof| Exit::from(&proof)))
}

fn proved(
    arguments: &TokenArguments,
    asker: &Asker,
    modules: &AskedModules,
    verdict: &TokensVerdict,
    cards: &CardFacts,
    code: Option<std::io::Result<prove::Code>>,
    texts: &Texts,
) -> Proof {
    let target = match prove::target(modules, verdict, cards) {
        Ok(target) => target,
        Err(proof) => return proof,
    };
    output::error(&format!("{}\n", target.tries(texts)));
    target.prove(asker, arguments.last_try, code, texts)
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
