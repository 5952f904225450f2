//! How sentences are worded: as a helpdesk says them, in both languages, with what belongs together kept together.

use jiff::tz::TimeZone;

use super::texts::{ENGLISH, FRENCH, LocalTime};
use super::{Language, Texts};

/// What stands in the sentences of one language, without what is typed: options, commands between quotes, addresses.
fn spoken(sources: &[&str]) -> Vec<(String, String)> {
    let mut spoken = Vec::new();
    let mut key = String::new();
    for line in sources.iter().flat_map(|source| source.lines()).filter(|line| !line.starts_with('#')) {
        let text = match line.split_once(" = ") {
            Some((name, text)) if !name.trim().contains(' ') => {
                key = if name.starts_with(' ') { key } else { name.to_owned() };
                text
            }
            _ => line,
        };
        let text = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, text)| text)).collect::<String>();
        let mut words = String::new();
        for (place, part) in text.split(['«', '»', '“', '”']).enumerate() {
            words.push_str(if place % 2 == 0 { part } else { "…" });
        }
        spoken.push((key.clone(), words));
    }
    spoken
}

/// What was said once and is not said any more, and English that slips into French.
#[test]
fn french_is_that_of_a_helpdesk() {
    let old = [
        "ne se comprennent pas",
        "code juste",
        "code faux",
        "codes porteur faux",
        "clé juste",
        "clé fausse",
        "signature fausse",
        "carte est révoquée",
        "ce qui le dirait",
        "n'a pas le droit de regarder",
        "n'est pas regardé",
        "habilité pour cette offre",
        "titulaire de la carte",
        "titulaire libéral",
        "ne s'accordent pas",
        "ne vont pas ensemble",
        "ne sert pas, ou plus",
        "n'en parle plus",
        "ne dit rien et réussit",
        "une voie ne marche pas",
        "que ce poste n'a pas",
        "Marche du service",
        "Entente entre",
        "Forme de la réponse",
        "Juge un cas",
        "fichier de personnalité",
        "annuaire santé",
        "CPS-Gestion",
        "votre ordre",
        ", Firefox fermé",
    ];
    let english = [
        "the",
        "and",
        "with",
        "not",
        "of",
        "reader",
        "card",
        "holder",
        "browser",
        "yes",
        "no",
        "middleware",
        "webinar",
        "smartcard",
        "update",
        "driver",
        "remedy",
        "file",
        "check",
        "warning",
        "error",
    ];
    let source = FRENCH.concat();
    for phrase in old {
        assert!(!source.contains(phrase), "{phrase}");
    }
    for (key, text) in
        spoken(FRENCH).into_iter().filter(|(key, text)| !key.ends_with("-usage") && !text.starts_with("cpx-check "))
    {
        let words = text.split(|c: char| !c.is_alphanumeric() && !"-_./".contains(c)).map(str::to_lowercase);
        for word in words {
            assert!(!english.contains(&word.as_str()), "{key}: {word} in {text}");
        }
    }
}

#[test]
fn english_is_written_as_english() {
    let source = ENGLISH.concat().replace("{ \" \" }", "").replace("{\" \"}", "");
    for mark in ["\"", "«", "»", " ;", " :", " !", " ?"] {
        let line = source.lines().find(|line| !line.starts_with('#') && line.contains(mark));
        assert_eq!(line, None, "{mark}");
    }
    let old = [
        "code porteur",
        "code de déblocage",
        "cardholder code",
        "liberals",
        "liberal professional",
        "habilitated",
        "habilitation matrix",
        "CPS-Gestion",
    ];
    for (key, text) in spoken(ENGLISH) {
        let found = old.iter().find(|phrase| text.to_lowercase().contains(&phrase.to_lowercase()));
        assert_eq!(found, None, "{key}");
    }
}

/// No line begins with a mark that stands behind a space, none ends inside a telephone number, and addresses stay whole.
#[test]
fn what_belongs_together_is_not_broken() {
    let texts = Texts::new(Language::French);
    assert_eq!(texts.text("reader"), "Lecteur\u{a0}: {$name}");
    assert!(texts.attribute("card-revoked", "remedy", &[]).unwrap().contains("0\u{a0}825\u{a0}85\u{a0}20\u{a0}00"));
    assert!(texts.attribute("no-reader-named", "remedy", &[]).unwrap().starts_with("«\u{a0}cpx-check readers\u{a0}»"));
    let typed = texts.attribute("container-no-code", "remedy", &[]).unwrap();
    assert!(typed.contains("--password-fd 3 3<fichier"), "what is typed keeps its spaces: {typed}");
    let address = "https://igc-sante.esante.gouv.fr/AC/";
    for width in 30..80 {
        let texts = Texts::new(Language::French).with_width(Some(width));
        let folded = texts.paragraph(&format!("Les listes : {address} et monserviceclient.certificats@esante.gouv.fr"));
        assert!(folded.contains(address), "{folded}");
    }
    // the same words, whatever the language
    assert_eq!(Texts::new(Language::English).text("reader"), "Reader: {$name}");
    // in French nothing is one
    let summary = texts.with("f413-order-certificates-title", &[("count", "0")]);
    assert_eq!(summary, "Aucun certificat à compter");
    assert_eq!(texts.with("readers-title", &[("count", "0")]), "0 lecteur");
    assert_eq!(Texts::new(Language::English).with("readers-title", &[("count", "0")]), "0 readers");
    let batch = ["read", "recorded", "duplicates", "others", "failed"].map(|name| (name, "0"));
    assert!(texts.with("f413-batch-summary", &batch).starts_with("0 carte CPx lue\u{a0}: 0 ligne inscrite, 0 doublon"));
}

/// Times are those of the zone that is given, with its distance from UTC.
#[test]
fn a_moment_is_told_in_local_time_with_its_zone() {
    let winter = 1_796_112_300; // 2026-12-01T08:05:00Z
    let told = |language, zone| {
        let LocalTime { date, time, zone } = Texts::new(language).with_zone(zone).local_time(winter);
        format!("{date} {time} {zone}")
    };
    let hours = |hours| TimeZone::fixed(jiff::tz::offset(hours));
    assert_eq!(told(Language::French, hours(1)), "01/12/2026 09:05:00 UTC+1");
    assert_eq!(told(Language::English, hours(-10)), "2026-11-30 22:05:00 UTC-10");
    assert_eq!(told(Language::French, TimeZone::UTC), "01/12/2026 08:05:00 UTC");
    let nepal = TimeZone::fixed(jiff::tz::Offset::from_seconds(20_700).unwrap());
    assert_eq!(told(Language::French, nepal), "01/12/2026 13:50:00 UTC+5:45");
    let paris = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    assert_eq!(told(Language::French, paris), "01/12/2026 09:05:00 UTC+1");
}
