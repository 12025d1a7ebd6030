//! What an emulator starts with. The defaults make the examples of the API pages come true.

use std::fmt;

use serde::Deserialize;

use super::fault::Fault;
use crate::signing::Credentials;

/// A pair of keys for the emulator alone: fixed, public, and named so that nobody mistakes it for a real one.
pub const SAMPLE_ACCESS_KEY_ID: &str = "SAMPLE0ONLY0EMULATOR";
/// Goes with [`SAMPLE_ACCESS_KEY_ID`].
pub const SAMPLE_SECRET_ACCESS_KEY: &str = "not-a-secret/cts-tracker-emulator-sample";

/// Buckets that exist by default, in `cn-north-1`.
pub const DEFAULT_BUCKETS: [&str; 4] = ["test-data-tracker", "save-trace-bucket", "cstest0423", "bucket1"];
/// Where they are, and where the buckets are that the emulator creates.
pub const DEFAULT_LOCATION: &str = "cn-north-1";
/// KMS keys that exist by default.
pub const DEFAULT_KEYS: [&str; 3] = [
    "13a4207c-7abe-4b68-8510-16b84c3b5504",
    "1f26f8d8-65d4-436b-bea2-bd0ac1984f71",
    "0c1b7d87-5186-411a-86ce-ed3b2ec848c9",
];
/// The lifecycle of the default buckets, as the documents' example of an answer has it.
const DEFAULT_LIFECYCLE_DAYS: i32 = 30;

/// A bucket of OBS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    pub location: String,
    /// CTS made it, or has been given rights on it: answers then say `is_authorized_bucket`.
    pub managed: bool,
    /// 0 is no rule.
    pub lifecycle_days: i32,
}

/// The state an emulator starts with, and comes back to.
#[derive(Clone, Debug)]
pub struct Config {
    pub buckets: Vec<Bucket>,
    pub keys: Vec<String>,
    pub credentials: Vec<Credentials>,
    /// Every answer comes so much later.
    pub latency_ms: u32,
    pub faults: Vec<Fault>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            buckets: DEFAULT_BUCKETS
                .iter()
                .map(|name| Bucket {
                    name: (*name).to_owned(),
                    location: DEFAULT_LOCATION.to_owned(),
                    managed: false,
                    lifecycle_days: DEFAULT_LIFECYCLE_DAYS,
                })
                .collect(),
            keys: DEFAULT_KEYS.iter().map(|key| (*key).to_owned()).collect(),
            credentials: sample_credentials(),
            latency_ms: 0,
            faults: Vec::new(),
        }
    }
}

fn sample_credentials() -> Vec<Credentials> {
    Credentials::new(SAMPLE_ACCESS_KEY_ID, SAMPLE_SECRET_ACCESS_KEY, None).into_iter().collect()
}

/// Why an option cannot be used. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub(super) String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[derive(Default)]
struct Options {
    buckets: Option<Vec<BucketOption>>,
    keys: Option<Vec<String>>,
    credentials: Option<Vec<CredentialsOption>>,
    latency_ms: Option<u32>,
    faults: Option<Vec<Fault>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BucketOption {
    name: String,
    location: String,
    #[serde(default)]
    managed: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct CredentialsOption {
    access_key_id: String,
    secret_access_key: String,
    #[serde(default)]
    security_token: Option<String>,
}

impl Config {
    /// From the options of `createEmulator`, as JSON. What is absent is as by default; no credentials are the sample pair.
    pub fn from_json(json: &str) -> Result<Self, ConfigError> {
        // serde would take a list for a struct.
        if !json.trim_start().starts_with('{') {
            return Err(ConfigError("the emulator's options are not an object".to_owned()));
        }
        let options: Options = serde_json::from_str(json).map_err(|e| {
            ConfigError(format!("the emulator's options are not as documented: {}", redacted(&e.to_string())))
        })?;
        let mut config = Config::default();
        if let Some(buckets) = options.buckets {
            config.buckets = buckets
                .into_iter()
                .map(|bucket| Bucket {
                    name: bucket.name,
                    location: bucket.location,
                    managed: bucket.managed.unwrap_or_default(),
                    lifecycle_days: 0,
                })
                .collect();
        }
        if let Some(keys) = options.keys {
            config.keys = keys;
        }
        if let Some(credentials) = options.credentials.filter(|list| !list.is_empty()) {
            config.credentials = credentials
                .into_iter()
                .enumerate()
                .map(|(i, pair)| {
                    Credentials::new(&pair.access_key_id, &pair.secret_access_key, pair.security_token.as_deref())
                        .map_err(|e| ConfigError(format!("credentials[{i}]: {e}")))
                })
                .collect::<Result<_, _>>()?;
        }
        config.latency_ms = options.latency_ms.unwrap_or_default();
        config.faults = options.faults.unwrap_or_default();
        Ok(config)
    }
}

/// Drops what stands in quotation marks after `invalid type: string` or `invalid value: string`.
fn redacted(message: &str) -> String {
    match (message.find(": string \""), message.rfind("\", expected")) {
        (Some(start), Some(end)) if start < end => {
            let head = message.get(..start).unwrap_or_default();
            let tail = message.get(end + 1..).unwrap_or_default();
            [head, ": a string", tail].concat()
        }
        _ => message.to_owned(),
    }
}
