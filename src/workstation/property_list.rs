//! Apple's property lists in their XML form: the text under a key, and lists of texts. No more is read of them, so that
//! no reader of the whole format (binary form, dates, data) is needed; binary ones are asked of macOS's own tools.

/// The text of the first `<string>` after a key.
pub(super) fn string<'a>(list: &'a str, key: &str) -> Option<&'a str> {
    let rest = after_key(list, key)?.trim_start();
    content(rest.strip_prefix("<string>")?, "</string>").map(|(text, _)| text)
}

/// The texts of the `<array>` after a key; `None` where there is no such array.
pub(super) fn strings<'a>(list: &'a str, key: &str) -> Option<Vec<&'a str>> {
    let rest = after_key(list, key)?.trim_start();
    let (mut array, _) = content(rest.strip_prefix("<array>")?, "</array>")?;
    let mut found = Vec::new();
    while let Some((_, rest)) = array.split_once("<string>") {
        let (text, rest) = content(rest, "</string>")?;
        found.push(text);
        array = rest;
    }
    Some(found)
}

fn after_key<'a>(list: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = list;
    loop {
        let (_, after) = rest.split_once("<key>")?;
        let (name, after) = content(after, "</key>")?;
        if name == key {
            return Some(after);
        }
        rest = after;
    }
}

fn content<'a>(text: &'a str, end: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(end).map(|(content, rest)| (content.trim(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "<dict><key>ids</key>\n<array>\n<string>0x072F</string><!-- x --><string> 0x08E6 </string></array>
        <key>name</key><string>macOS</string><key>other</key><true/><key>last</key><array/></dict>";

    #[test]
    fn texts_and_lists_are_found_under_their_key_only() {
        assert_eq!(strings(LIST, "ids").unwrap(), ["0x072F", "0x08E6"]);
        assert_eq!(string(LIST, "name"), Some("macOS"));
        for key in ["other", "last", "absent", "ids"] {
            assert_eq!(string(LIST, key), None, "{key}");
        }
        assert_eq!(strings(LIST, "name"), None);
        assert_eq!(strings("<key>ids</key><array><string>cut", "ids"), None);
    }
}
