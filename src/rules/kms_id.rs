//! The id of a KMS key. The format is that of the KMS API; CTS names none, so it is a warning.

use crate::issue::Report;
use crate::issue::RuleId;
use crate::rules::description::Description;

pub const DESCRIPTION: Description = Description {
    doc: "A key ID has 36 lowercase letters, digits and `-` (8-4-4-4-12). Another format is a warning.",
    usual: Some("[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}"),
    ..Description::ANY
};

/// Whether trace files are encrypted, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    On,
    Off,
    /// Not given, where that does not mean off, or not readable.
    Unknown,
}

/// Whether a key can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// The tracker may encrypt.
    Applies,
    /// A data tracker does not encrypt.
    SystemOnly,
}

/// A key id that is not empty.
pub fn check(id: &[u8], encryption: Encryption, pairing: Pairing, report: &mut Report<'_>) {
    if !is_usual(id) {
        report.warning(RuleId::KmsIdFormat);
    }
    match (pairing, encryption) {
        (Pairing::SystemOnly, _) => {
            report.warning(RuleId::KmsIdOfData);
        }
        (Pairing::Applies, Encryption::Off) => {
            report.warning(RuleId::KmsIdUnused);
        }
        (Pairing::Applies, Encryption::On | Encryption::Unknown) => {}
    }
}

fn is_usual(id: &[u8]) -> bool {
    id.len() == 36
        && id.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'z'),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::found;

    #[test]
    fn cases() {
        let ids = |id: &str, encryption| found(|report| check(id.as_bytes(), encryption, Pairing::Applies, report));
        let id = "13a4207c-7abe-4b68-8510-16b84c3b5504";
        assert_eq!(ids(id, Encryption::On), [""; 0]);
        assert_eq!(ids(id, Encryption::Unknown), [""; 0]);
        assert_eq!(ids(id, Encryption::Off), ["warning unused"]);
        for odd in ["x", &id.to_uppercase(), &id.replace('-', "_"), &format!("{id}0"), &id.replacen('1', "", 1)] {
            assert_eq!(ids(odd, Encryption::On), ["warning unusual_format"], "{odd}");
        }
        assert_eq!(
            found(|report| check(b"x", Encryption::Off, Pairing::SystemOnly, report)),
            ["warning unusual_format", "warning not_applicable trackerType=system"]
        );
    }
}
