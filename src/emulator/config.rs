//! The initial state of an emulator. With the defaults, the examples of the API pages work.

use std::fmt;

use serde::Deserialize;

use super::fault::{Fault, FaultOption};
use crate::decode::{ParseNumber, exact};
use crate::signing::Credentials;

/// Keys for the emulator only: fixed and public, with names that cannot be mistaken for real keys.
pub const SAMPLE_ACCESS_KEY_ID: &str = "SAMPLE0ONLY0EMULATOR";
/// Belongs to [`SAMPLE_ACCESS_KEY_ID`].
pub const SAMPLE_SECRET_ACCESS_KEY: &str = "not-a-secret/cts-tracker-emulator-sample";

/// Buckets that exist by default, in [`DEFAULT_LOCATION`].
pub const DEFAULT_BUCKETS: [&str; 4] = ["test-data-tracker", "save-trace-bucket", "cstest0423", "bucket1"];
/// The region of the default buckets, and of the buckets that the emulator creates.
pub const DEFAULT_LOCATION: &str = "cn-north-1";
/// KMS keys that exist by default.
pub const DEFAULT_KEYS: [&str; 3] = [
    "13a4207c-7abe-4b68-8510-16b84c3b5504",
    "1f26f8d8-65d4-436b-bea2-bd0ac1984f71",
    "0c1b7d87-5186-411a-86ce-ed3b2ec848c9",
];
/// The lifecycle of the default buckets, as in the response example of the API page.
const DEFAULT_LIFECYCLE_DAYS: i32 = 30;

/// A bucket of OBS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    pub location: String,
    /// CTS created it or has rights on it: answers then contain `is_authorized_bucket`.
    pub managed: bool,
    /// 0 means no rule.
    pub lifecycle_days: i32,
}

impl Bucket {
    fn new(name: &str) -> Self {
        let location = DEFAULT_LOCATION.to_owned();
        Bucket { name: name.to_owned(), location, managed: false, lifecycle_days: DEFAULT_LIFECYCLE_DAYS }
    }
}

/// The options of `createEmulator` that decide its state. An absent one has its default.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct EmulatorOptions {
    pub buckets: Option<Vec<BucketOption>>,
    pub keys: Option<Vec<String>>,
    /// An empty list means the default, too.
    pub credentials: Option<Vec<CredentialsOption>>,
    pub latency_ms: Option<u32>,
    pub visibility_delay_ms: Option<u32>,
    pub faults: Option<Vec<FaultOption>>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(deny_unknown_fields)]
pub struct BucketOption {
    pub name: String,
    pub location: String,
    pub managed: Option<bool>,
}

/// Has no derived `Debug`, because it contains a secret.
#[derive(Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CredentialsOption {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub security_token: Option<String>,
}

impl fmt::Debug for CredentialsOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsOption { [redacted] }")
    }
}

/// The state an emulator starts with, and returns to.
#[derive(Clone, Debug)]
pub struct Config {
    pub buckets: Vec<Bucket>,
    pub keys: Vec<String>,
    pub credentials: Vec<Credentials>,
    /// A delay before every answer.
    pub latency_ms: u32,
    /// How long a new tracker is missing in lists.
    pub visibility_delay_ms: u32,
    pub faults: Vec<Fault>,
    /// Reads the numbers of bodies.
    pub parse_number: ParseNumber,
}

/// Why an option cannot be used. Never contains a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl Default for Config {
    fn default() -> Self {
        Self::initial(exact)
    }
}

impl Config {
    fn initial(parse_number: ParseNumber) -> Self {
        let sample = Credentials::new(SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY, None);
        Config {
            buckets: DEFAULT_BUCKETS.into_iter().map(Bucket::new).collect(),
            keys: DEFAULT_KEYS.map(str::to_owned).to_vec(),
            credentials: sample.into_iter().collect(),
            latency_ms: 0,
            visibility_delay_ms: 0,
            faults: Vec::new(),
            parse_number,
        }
    }

    pub fn new(options: EmulatorOptions, parse_number: ParseNumber) -> Result<Self, ConfigError> {
        let defaults = Self::initial(parse_number);
        let bucket = |BucketOption { name, location, managed }| Bucket {
            name,
            location,
            managed: managed.unwrap_or_default(),
            lifecycle_days: 0,
        };
        let credentials = match options.credentials.filter(|list| !list.is_empty()) {
            None => defaults.credentials,
            Some(list) => indexed("credentials", list, |pair| {
                Credentials::new(&pair.access_key_id, &pair.secret_access_key, pair.security_token.as_deref())
            })?,
        };
        Ok(Config {
            buckets: options.buckets.map_or(defaults.buckets, |list| list.into_iter().map(bucket).collect()),
            keys: options.keys.unwrap_or(defaults.keys),
            credentials,
            latency_ms: options.latency_ms.unwrap_or_default(),
            visibility_delay_ms: options.visibility_delay_ms.unwrap_or_default(),
            faults: indexed("faults", options.faults.unwrap_or_default(), Fault::new)?,
            parse_number,
        })
    }
}

/// Converts each item; an error names the item.
fn indexed<A, B, E: fmt::Display>(
    name: &str,
    items: Vec<A>,
    convert: impl Fn(A) -> Result<B, E>,
) -> Result<Vec<B>, ConfigError> {
    let convert = |(index, item)| convert(item).map_err(|error| ConfigError(format!("{name}[{index}]: {error}")));
    items.into_iter().enumerate().map(convert).collect()
}
