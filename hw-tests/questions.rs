//! The 24 questions of ANS's webinar on cards, in its order: one command, one right answer.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::process::Command;

use serde_json::Value;

use crate::support::said;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    command.args(arguments).env("LC_ALL", "fr_FR.UTF-8");
    command
}

/// What somebody types, and the occasion that answers.
const QUESTIONS: [(&str, &str); 24] = [
    ("CPF auxiliaire médical", "student-auxiliary"),
    ("CPS avec un RPPS+", "card-for-rpps-plus"),
    ("adresse de TOM", "tom-address"),
    ("interne", "intern"),
    ("location de matériel médical", "equipment-supplier"),
    ("délai", "delays"),
    ("TOM refusé", "tom-refused"),
    ("télésurveillance", "telemonitoring"),
    ("CPS de salariés", "employees-cps"),
    ("CDA obligatoire", "employee-without-patients"),
    ("42 établissements", "several-establishments"),
    ("agent qui part", "departure"),
    ("code perdu", "code-lost"),
    ("infirmier remplaçant", "test-identity"),
    ("tester en production", "production-test"),
    ("rôle du mandataire", "who-orders-cards"),
    ("alimenter le DMP", "dmp-rights"),
    ("contrat en ligne", "contract-online"),
    ("facturer", "billing"),
    ("certificats pour un industriel", "industry-certificates"),
    ("e-CPS avec une CPA", "ecps-activation"),
    ("matricule RPPS", "ecps-identifier"),
    ("carte pour le F413", "first-card"),
    ("éditeur web", "web-publisher"),
];

#[test]
fn each_question_of_the_webinar_has_one_answer() {
    for (words, occasion) in QUESTIONS {
        let output = program(&["forms", words, "--format", "json"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{words}: {}", said(&output));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let found: Vec<_> = answer["occasions"].as_array().unwrap().iter().map(|one| &one["occasion"]).collect();
        assert_eq!(found, [occasion], "{words}");
        assert!(!answer["occasions"][0]["cited"]["source"].as_str().unwrap().is_empty(), "{words}");
    }
}

/// The answers as people read them, without the documents that each of them lists below.
#[test]
fn the_answers_are_the_approved_ones() {
    for language in ["fr", "en"] {
        let answers = QUESTIONS.map(|(words, _)| {
            let output = program(&["forms", words, "--lang", language]).output().unwrap();
            let text = crate::support::as_typed(output.stdout);
            let (answer, _) = text.split_once("\n\n").unwrap();
            format!("$ cpx-check forms \"{words}\"\n{answer}\n")
        });
        insta::with_settings!({ snapshot_path => "approved", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("questions-{language}"), answers.join("\n"));
        });
    }
}

#[test]
fn what_is_not_found_is_said_with_what_to_try() {
    let output = program(&["forms", "château"]).output().unwrap();
    let told = said(&output);
    assert!(output.status.code() == Some(64) && told.contains("« château »") && told.contains("F301"), "{told}");
    let both = program(&["forms", "carte", "--profile", "liberal"]).output().unwrap();
    assert_eq!(both.status.code(), Some(64));
}
