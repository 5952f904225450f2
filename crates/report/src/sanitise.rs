//! The one way for text of a card, a reader, a certificate or a module into an output.

/// Characters of a foreign text that are shown; what follows is cut and marked.
const LONGEST: usize = 500;

/// `text` without anything that moves a cursor, changes a colour, breaks a line or turns the direction of writing:
/// such characters become `U+FFFD`. At most 500 characters, an ellipsis standing for the rest.
///
/// ```
/// assert_eq!(cpx_report::sanitise("Lecteur\u{1b}[2J\n"), "Lecteur\u{fffd}[2J\u{fffd}");
/// ```
pub fn sanitise(text: &str) -> String {
    let mut clean: String = text.chars().take(LONGEST).map(|c| if is_harmless(c) { c } else { '\u{FFFD}' }).collect();
    if text.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    clean
}

fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    let invisible = matches!(c, '\u{FEFF}' | '\u{00AD}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    // what XML cannot hold
    let no_character = matches!(c, '\u{FFFE}' | '\u{FFFF}');
    !c.is_control() && !turns && !invisible && !no_character
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_people_stays() {
        for text in ["ÉLODIE D'ANJOU-ŁĘCKI", "Carte à puce n° 1", "Lecteur « A » 00", "名前"] {
            assert_eq!(sanitise(text), text);
        }
    }

    #[test]
    fn what_moves_the_terminal_or_the_reading_direction_goes() {
        for text in ["\u{1b}]0;x\u{7}", "\u{9b}31m", "a\u{202E}b", "\0", "a\u{200F}", "x\u{2066}y"] {
            assert!(sanitise(text).contains('\u{FFFD}'), "{text:?}");
            assert!(!sanitise(text).chars().any(char::is_control));
        }
        assert_eq!(sanitise(&"x".repeat(600)).chars().count(), LONGEST + 1);
    }
}
