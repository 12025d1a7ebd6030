//! The error codes of the service and of the API gateway in front of it.
//!
//! Clients compare codes, not messages. Only the emulator needs the messages, so they exist only with the feature
//! `server` and never enter the browser's wasm.

/// A response with a code: an HTTP status and the message for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// The message of the service.
    #[cfg(feature = "server")]
    pub message: &'static str,
}

/// One code of the service (`CTS.xxxx`) or of the gateway (`APIGW.xxxx`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceCode {
    pub code: &'static str,
    /// The request fields that it may be about, as dotted paths. An ID in the URL has its own name.
    pub fields: &'static [&'static str],
    /// The first is the usual one. Only codes of the gateway have more.
    pub answers: &'static [Answer],
}

impl ServiceCode {
    /// The usual HTTP status.
    pub const fn status(&self) -> u16 {
        match self.answers {
            [first, ..] => first.status,
            [] => 500,
        }
    }

    /// The usual message.
    #[cfg(feature = "server")]
    pub const fn message(&self) -> &'static str {
        match self.answers {
            [first, ..] => first.message,
            [] => "",
        }
    }

    /// Whether the gateway answered; the service has not seen the request.
    pub fn is_gateway(&self) -> bool {
        self.code.starts_with("APIGW.")
    }
}

/// The status and code of OBS for a bucket that does not exist, in a successful response of CheckObsBuckets.
pub const NO_SUCH_BUCKET: (u16, &str) = (404, "OBS.NoSuchBucket");

/// Finds a code, ignoring case: older versions of the service wrote `cts.0007`. A dedicated gateway writes `APIG.0301`
/// where the public one writes `APIGW.0301`; the numbers mean the same.
pub fn lookup(code: &str) -> Option<&'static ServiceCode> {
    SERVICE_CODES.iter().find(|known| same(known.code.as_bytes(), code.as_bytes()))
}

fn same(known: &[u8], code: &[u8]) -> bool {
    if known.eq_ignore_ascii_case(code) {
        return true;
    }
    match (known.strip_prefix(b"APIGW."), code.split_at_checked(5)) {
        (Some(number), Some((prefix, rest))) => prefix.eq_ignore_ascii_case(b"APIG.") && number == rest,
        _ => false,
    }
}

macro_rules! table {
    ($($code:literal [$($field:literal),*] => $($status:literal $message:literal),+;)+) => {
        /// Every code: those of the service, then those of the gateway, each in the order of their numbers.
        pub const SERVICE_CODES: &[ServiceCode] = &[$(
            ServiceCode {
                code: $code,
                fields: &[$($field),*],
                answers: &[$(Answer { status: $status, #[cfg(feature = "server")] message: $message }),+],
            },
        )+];
    };
}

table! {
    "CTS.0001" [] => 400 "IAM or OBS exception, please check.";
    "CTS.0002" [] => 403 "The user fails the authentication or does not have permission to this operation.";
    "CTS.0003" [] => 400 "Invalid message body. The message body is empty or invalid.";
    "CTS.0004" [] => 500 "Data write exception.";
    "CTS.0005" [] => 500 "Data read exception.";
    "CTS.0012" ["project_id"] => 403 "Invalid project ID. Check whether the project ID is correct.";
    "CTS.0013" [] => 403 "No permission, Please check roles.";
    "CTS.0056" ["is_lts_enabled"] => 400 "Failed to create lts trace analysis.";
    "CTS.0100" [] => 404 "CTS does not support API interface version query.";
    "CTS.0200" [] => 400 "Tracker number is Maximum.";
    "CTS.0201" ["tracker_type"] => 400 "A management tracker has been created.";
    "CTS.0202" ["tracker_type"] => 400 "Invalid message body. Tracker tracker_type must be either system or data.";
    "CTS.0203" ["tracker_name"] => 400 "Invalid message body. The tracker_name is a string of 1 to 32 characters and cannot start with underscores or hyphens.";
    "CTS.0204" ["tracker_name"] => 400 "The tracker_name parameter of a management tracker can only be set to system.";
    "CTS.0205" [] => 400 "Invalid message body. Tracker status is required and value must be either enabled or disabled.";
    "CTS.0206" ["data_bucket"] => 400 "Invalid message body. The data_bucket is not need.";
    "CTS.0207" ["tracker_name"] => 400 "Invalid message body. The tracker_name value cannot be system or system-trace.";
    "CTS.0208" ["tracker_name"] => 400 "The tracker already exists.";
    "CTS.0209" ["data_bucket.data_event", "data_bucket.data_bucket_name"] => 400 "You cannot create different trackers to record the same type of operations on the same OBS bucket.";
    "CTS.0210" ["data_bucket.data_bucket_name"] => 400 "Invalid message body. The OBS bucket for which data operations are to be recorded can not be empty.";
    "CTS.0211" ["obs_info.bucket_name", "data_bucket.data_bucket_name"] => 400 "Check bucket failed.The bucket is not exist.";
    "CTS.0212" ["data_bucket.data_bucket_name"] => 400 "The tracked OBS bucket can not be modify.";
    "CTS.0213" ["data_bucket.data_bucket_name", "obs_info.bucket_name"] => 400 "Invalid message body. The OBS bucket for which data operations are to be recorded and the OBS bucket configured for storing transferred traces cannot be the same.";
    "CTS.0214" [] => 404 "The tracker does not exist.";
    "CTS.0215" ["obs_info.bucket_name"] => 400 "Check bucket failed.The bucket is already exist.";
    "CTS.0216" ["obs_info.bucket_name"] => 400 "Create bucket failed.";
    "CTS.0217" ["obs_info.bucket_lifecycle"] => 400 "Set bucket life cycle failed. Contact O&M personnel.";
    "CTS.0218" ["obs_info.file_prefix_name"] => 400 "Invalid message body. The file_prefix_name is a string of 0 to 64 characters and can only contain uppercase letters, lowercase letters, digits, hyphens, underscores and periods.";
    "CTS.0219" ["data_bucket.data_event"] => 400 "The bucket operation cannot be empty.";
    "CTS.0220" ["kms_id"] => 400 "KMS is not supported.";
    "CTS.0221" ["kms_id"] => 400 "The KMS ID is empty.";
    "CTS.0222" ["kms_id"] => 400 "KMS verification failed.";
    "CTS.0225" ["data_bucket.data_event"] => 400 "The Bucket operation must be WRITE or READ or WRITE,READ.";
    "CTS.0228" ["is_organization_tracker"] => 400 "The CTS service is not trusted.";
    "CTS.0229" ["is_organization_tracker"] => 400 "The organization tracker already exists.";
    "CTS.0231" ["obs_info.bucket_name", "data_bucket.data_bucket_name"] => 400 "Invalid bucket name. A bucket name must be a string of 3 to 63 characters, including only lowercase letters, digits, hyphens (-), or periods (.). It must start with a digit or a lowercase letter.";
    "CTS.0300" [] => 400 "Query data failed.";
    "CTS.0400" [] => 400 "Notification name is existed already.";
    "CTS.0401" [] => 400 "Invalid message body. The operations parameter value is invalid.";
    "CTS.0402" [] => 400 "The Smn topic does not exist.";
    "CTS.0403" [] => 404 "The notification does not exist.";
    "CTS.0404" [] => 400 "State setting failed, check if topicId exists.";
    "CTS.0407" [] => 400 "The quantity has exceeded the maximum quantity limit.";
    "CTS.0410" [] => 400 "The notification_type must be smn.";
    "CTS.0411" [] => 400 "The notification_name invalid.";
    "APIGW.0101" [] => 404 "The API does not exist or has not been published in the environment.";
    "APIGW.0103" [] => 500 "The backend does not exist.", 404 "The backend does not exist.";
    "APIGW.0104" [] => 500 "The plug-ins do not exist.", 400 "The plug-ins do not exist.";
    "APIGW.0105" [] => 500 "The backend configurations do not exist.", 400 "The backend configurations do not exist.";
    "APIGW.0106" [] => 400 "Orchestration error.";
    "APIGW.0201" [] =>
        400 "API request error.",
        413 "Request entity too large.",
        414 "Request URI too large.",
        494 "Request headers too large.",
        502 "Backend unavailable.",
        504 "Backend timeout.",
        500 "An unexpected error occurred.";
    "APIGW.0202" [] => 502 "Backend unavailable.";
    "APIGW.0203" [] => 504 "Backend timeout.";
    "APIGW.0204" [] => 400 "SSL protocol is not supported.";
    "APIGW.0301" [] => 401 "Incorrect IAM authentication information.";
    "APIGW.0302" [] => 403 "The IAM user is not authorized to access the API.";
    "APIGW.0303" [] => 401 "Incorrect app authentication information.";
    "APIGW.0304" [] => 403 "The app is not authorized to access the API.";
    "APIGW.0305" [] => 401 "Incorrect authentication information.";
    "APIGW.0306" [] => 403 "API access denied.";
    "APIGW.0307" [] => 401 "The token must be updated.";
    "APIGW.0308" [] => 429 "The throttling threshold has been reached.";
    "APIGW.0310" [] => 403 "The project is unavailable.";
    "APIGW.0311" [] => 401 "Incorrect debugging authentication information.";
    "APIGW.0401" [] => 403 "Unknown client IP address.";
    "APIGW.0402" [] => 403 "The IP address is not authorized to access the API.";
    "APIGW.0404" [] => 403 "Access to the backend IP address has been denied.";
    "APIGW.0501" [] => 405 "The app quota has been used up.";
    "APIGW.0502" [] => 405 "The app has been frozen.";
    "APIGW.0601" [] => 500 "Internal server error.";
    "APIGW.0602" [] => 400 "Bad request.";
    "APIGW.0605" [] => 500 "Domain name resolution failed.";
    "APIGW.0606" [] => 500 "Failed to load the API configurations.";
    "APIGW.0607" [] => 400 "The protocol is not supported.";
    "APIGW.0608" [] => 500 "Failed to obtain the admin token.";
    "APIGW.0609" [] => 500 "The VPC backend does not exist.";
    "APIGW.0610" [] => 502 "No backend available.";
    "APIGW.0611" [] => 500 "The backend port does not exist.";
    "APIGW.0612" [] => 500 "An API cannot call itself.";
    "APIGW.0613" [] => 503 "The IAM service is currently unavailable.";
    "APIGW.0705" [] => 500 "Backend signature calculation failed.";
    "APIGW.0802" [] => 403 "The IAM user is forbidden in the currently selected region.";
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn codes_are_unique_and_ordered() {
        let split = SERVICE_CODES.iter().position(ServiceCode::is_gateway).unwrap();
        let (service, gateway) = SERVICE_CODES.split_at(split);
        for part in [service, gateway] {
            assert!(part.windows(2).all(|pair| pair[0].code < pair[1].code));
        }
        assert!(service.iter().all(|code| code.code.starts_with("CTS.")));
        assert!(gateway.iter().all(ServiceCode::is_gateway));
        assert_eq!((service.len(), gateway.len()), (45, 37));
    }

    #[test]
    fn every_code_has_a_status_of_an_error() {
        for code in SERVICE_CODES {
            assert!(!code.answers.is_empty(), "{}", code.code);
            assert!(code.answers.iter().all(|answer| (400..600).contains(&answer.status)), "{}", code.code);
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn every_code_has_a_message() {
        assert!(SERVICE_CODES.iter().all(|code| code.answers.iter().all(|answer| answer.message.ends_with('.'))));
        assert_eq!(lookup("CTS.0201").unwrap().message(), "A management tracker has been created.");
    }

    #[test]
    fn lookup_ignores_case_and_the_name_of_the_gateway() {
        assert_eq!(lookup("CTS.0201").unwrap().status(), 400);
        assert_eq!(lookup("cts.0201"), lookup("CTS.0201"));
        assert_eq!(lookup("Apigw.0308").unwrap().status(), 429);
        assert_eq!(lookup("APIG.0308"), lookup("APIGW.0308"));
        assert_eq!(lookup("apig.0201").unwrap().answers.len(), 7);
        for unknown in ["", "CTS.0223", "CTS.02", "CTS.02011", "APIG.", "APIG.09", "OBS.NoSuchBucket", "APIGé0308"] {
            assert_eq!(lookup(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn gateway_codes_name_no_field() {
        assert!(SERVICE_CODES.iter().filter(|code| code.is_gateway()).all(|code| code.fields.is_empty()));
    }
}
