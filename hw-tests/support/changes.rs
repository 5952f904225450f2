//! Recorded facts with small changes: how cases are written.

use std::fs;

use cpx_card::internal::facts::{Case, Facts};
use serde_json::{Map, Value, json};

/// Short names of places that many cases change.
const SHORT: [(&str, &str); 8] = [
    ("ws", "workstation"),
    ("cert", "readers/Ok/0/content/cpx/certificates/0"),
    ("card", "readers/Ok/0/content/cpx"),
    ("reader", "readers/Ok/0"),
    ("ff", "workstation/firefox_profiles/0"),
    ("token", "modules/0/answer/slots/0/state"),
    ("slot", "modules/0/answer/slots/0"),
    ("module", "modules/0"),
];

/// A fixture of `fixtures/cases`.
pub fn fixture(name: &str) -> Value {
    let path = super::root().join("fixtures/cases").join(name);
    serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The facts of a base with these changes.
pub fn changed(base: &str, changes: &Map<String, Value>) -> Facts {
    let mut facts = fixture(&format!("{base}.json"));
    for (path, value) in changes {
        change(&mut facts, path, value);
    }
    of_case(&facts).unwrap_or_else(|error| panic!("{base} with {changes:?}: {error}"))
}

/// These facts, as a case file of version 0.1 holds them.
pub(crate) fn of_case(facts: &Value) -> cpx_card::Result<Facts> {
    let case = json!({"schema": "cpx-check.case/1", "facts": facts});
    Ok(Case::parse(case.to_string().as_bytes())?.facts)
}

fn change(facts: &mut Value, path: &str, value: &Value) {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let first = match first {
        "host" => "network/hosts/0",
        first => SHORT.iter().find(|(short, _)| *short == first).map_or(first, |(_, long)| *long),
    };
    let whole = rest.map_or_else(|| first.to_owned(), |rest| format!("{first}/{rest}"));
    let steps: Vec<_> = whole.split('/').collect();
    let (last, steps) = steps.split_last().unwrap();
    let mut place = facts;
    for step in steps {
        place = within(seen(place), step);
    }
    let place = seen(place);
    let new = written(last, value);
    match place {
        Value::Array(items) if *last == "+" => items.push(new),
        Value::Array(items) if new.is_null() => drop(items.remove(last.parse::<usize>().unwrap())),
        // a slot that is seen is no wrapper
        place if *last == "state" => place[*last] = new,
        place => put(within(place, last), new),
    }
}

/// What was seen is changed in its place: `{"seen": …}` is kept around it.
fn put(place: &mut Value, new: Value) {
    let has_wrapper =
        place.as_object().is_some_and(|map| map.len() == 1 && (map.contains_key("seen") || map.contains_key("unseen")));
    let is_wrapped =
        new.as_object().is_some_and(|map| map.len() == 1 && (map.contains_key("seen") || map.contains_key("unseen")));
    *place = if has_wrapper && !is_wrapped { json!({ "seen": new }) } else { new };
}

fn seen(place: &mut Value) -> &mut Value {
    let wrapped = place.as_object().is_some_and(|map| map.len() == 1 && map.contains_key("seen"));
    if wrapped { &mut place["seen"] } else { place }
}

fn within<'a>(place: &'a mut Value, step: &str) -> &'a mut Value {
    match place {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        place => &mut place[step],
    }
}

/// What a short value stands for: `?no-rights`, `@online`, `!card-in-use:8010000B cps4`.
fn written(place: &str, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return whole(value) };
    if let Some(why) = text.strip_prefix('?') {
        return json!({"unseen": {"why": why}});
    }
    if text == "@roots" {
        return fixture("windows.json")["workstation"]["trusted_authorities"].clone();
    }
    if let Some(name) = text.strip_prefix('@') {
        let found = fixture("network.json")[name].clone();
        return if name == "online" { json!({ "seen": found }) } else { found };
    }
    match text.strip_prefix('!') {
        Some(failure) => failed(place, failure),
        None => value.clone(),
    }
}

/// Parts that were not seen stand within what is written out too; a network is one that was seen.
fn whole(value: &Value) -> Value {
    match value {
        Value::Object(map) if map.contains_key("hosts") => json!({ "seen": value }),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), whole(value))).collect(),
        Value::Array(items) => items.iter().map(whole).collect(),
        Value::String(text) => match text.strip_prefix('?') {
            Some(why) => json!({"unseen": {"why": why}}),
            None => value.clone(),
        },
        value => value.clone(),
    }
}

fn failed(place: &str, text: &str) -> Value {
    let (what, generation) = text.split_once(' ').map_or((text, None), |(what, generation)| (what, Some(generation)));
    let (kind, code) = what.split_once(':').map_or((what, None), |(kind, code)| (kind, Some(code)));
    let number = code.map(|code| u32::from_str_radix(code, 16).unwrap());
    let function = if place == "readers" { "SCardEstablishContext" } else { "SCardConnect" };
    let foreign = number.map(|code| json!({"function": function, "code": code}));
    let failure = json!({"kind": kind, "detail": "", "foreign": foreign});
    if place == "readers" {
        return json!({ "Err": failure });
    }
    let atr = generation.map(|generation| match generation {
        "cps3" => "3BAC00402A001225006480000310009000",
        "older" => "3BAC00402A001225006480820212009000",
        _ => "3B9B188001001225006480040100009044",
    });
    json!({"failed": {"failure": failure, "atr": atr, "generation": generation}})
}
