//! Keys. They cannot be printed.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Permanent or temporary keys. `Debug` and `Display` show nothing of them.
#[derive(Clone)]
pub struct Credentials {
    access_key_id: String,
    /// HMAC with the secret access key.
    key: Hmac<Sha256>,
    security_token: Option<String>,
    /// The HMAC of nothing: by it two secret access keys are compared.
    fingerprint: [u8; 32],
}

impl PartialEq for Credentials {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
            && self.access_key_id == other.access_key_id
            && self.security_token == other.security_token
    }
}

/// Why the keys are invalid.
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
                "the access key id is empty or contains an invalid character (a space or a line break at the end?)"
            }
            CredentialsError::SecretAccessKey => {
                "the secret access key is empty or contains a space or a control character (a line break at the end?)"
            }
            CredentialsError::SecurityToken => {
                "the security token contains a space or a control character (a line break at the end?)"
            }
        })
    }
}

impl std::error::Error for CredentialsError {}

impl Credentials {
    /// An empty `security_token` means none: permanent keys have none.
    pub fn new(
        access_key_id: &str,
        secret_access_key: &str,
        security_token: Option<&str>,
    ) -> Result<Self, CredentialsError> {
        let visible = |text: &str| text.bytes().all(|b| b.is_ascii_graphic());
        // A comma would end the field in the Authorization header.
        if access_key_id.is_empty() || !visible(access_key_id) || access_key_id.contains(',') {
            return Err(CredentialsError::AccessKeyId);
        }
        if secret_access_key.is_empty() || secret_access_key.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(CredentialsError::SecretAccessKey);
        }
        let security_token = security_token.filter(|token| !token.is_empty());
        if security_token.is_some_and(|token| !visible(token)) {
            return Err(CredentialsError::SecurityToken);
        }
        // HMAC takes a key of any length.
        let key: Hmac<Sha256> =
            Hmac::new_from_slice(secret_access_key.as_bytes()).map_err(|_| CredentialsError::SecretAccessKey)?;
        Ok(Credentials {
            access_key_id: access_key_id.to_owned(),
            fingerprint: key.clone().finalize().into_bytes().into(),
            key,
            security_token: security_token.map(str::to_owned),
        })
    }

    /// Not a secret: every request contains it.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The access key id and the security token: requests contain them.
    pub(crate) fn seen_by_the_service(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.access_key_id.as_str()).chain(self.security_token())
    }

    pub(super) fn key(&self) -> Hmac<Sha256> {
        self.key.clone()
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
