//! Keys that cannot be printed.

use std::fmt;

/// A pair of keys, permanent or temporary. `Debug` and `Display` give nothing away.
#[derive(Clone)]
pub struct Credentials {
    access_key_id: String,
    secret_access_key: String,
    security_token: Option<String>,
}

/// Why something cannot be a pair of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialsError {
    AccessKeyId,
    SecretAccessKey,
    SecurityToken,
}

impl CredentialsError {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            CredentialsError::AccessKeyId => "invalid_access_key_id",
            CredentialsError::SecretAccessKey => "invalid_secret_access_key",
            CredentialsError::SecurityToken => "invalid_security_token",
        }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CredentialsError::AccessKeyId => {
                "the access key id is empty or has a character that no such id has (a space or a line break at its end?)"
            }
            CredentialsError::SecretAccessKey => {
                "the secret access key is empty or has a space or a control character (a line break at its end?)"
            }
            CredentialsError::SecurityToken => {
                "the security token has a space or a control character (a line break at its end?)"
            }
        })
    }
}

impl std::error::Error for CredentialsError {}

impl Credentials {
    /// Takes the keys. An empty `security_token` is none: permanent keys have none.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        security_token: Option<String>,
    ) -> Result<Self, CredentialsError> {
        let credentials = Credentials {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            security_token: security_token.filter(|token| !token.is_empty()),
        };
        // A comma would end the field of the Authorization header.
        let id = &credentials.access_key_id;
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_graphic() && b != b',') {
            return Err(CredentialsError::AccessKeyId);
        }
        let secret = &credentials.secret_access_key;
        if secret.is_empty() || secret.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(CredentialsError::SecretAccessKey);
        }
        if credentials.security_token.as_ref().is_some_and(|token| !token.bytes().all(|b| b.is_ascii_graphic())) {
            return Err(CredentialsError::SecurityToken);
        }
        Ok(credentials)
    }

    /// Not a secret: it travels in every request.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    pub(super) fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    pub(super) fn security_token(&self) -> Option<&str> {
        self.security_token.as_deref()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials { [redacted] }")
    }
}

impl fmt::Display for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
