//! The closed table of the service's error codes and of the gateway's before it.
//!
//! The code is stable, the wording is not: clients look at the code. The wording is here for the emulator
//! alone, so it exists only with the feature `server` and never enters the browser's wasm.

/// What a code comes with: an HTTP status and, for it, the wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// As the server words it.
    #[cfg(feature = "server")]
    pub message: &'static str,
}

/// One code of the service (`CTS.xxxx`) or of the gateway (`APIGW.xxxx`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceCode {
    pub code: &'static str,
    /// The request field it is about, as a dotted path; the id in the URL by its name.
    pub field: Option<&'static str>,
    /// At least one; the first is the usual one. Only the gateway's codes have more.
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

    /// The usual wording.
    #[cfg(feature = "server")]
    pub const fn message(&self) -> &'static str {
        match self.answers {
            [first, ..] => first.message,
            [] => "",
        }
    }

    /// The gateway answers before the service has seen the request.
    pub fn is_gateway(&self) -> bool {
        self.code.starts_with("APIGW.")
    }
}

/// What CheckObsBuckets says of a bucket that is not there, in an answer with 200: a code of OBS.
pub const NO_SUCH_BUCKET: (u16, &str) = (404, "OBS.NoSuchBucket");

/// Looks a code up, whatever its case: older versions of the service wrote `cts.0007`. A gateway of one's own
/// writes `APIG.0301` where the public one writes `APIGW.0301`; the numbers mean the same.
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
    ($($code:literal $field:expr => $($status:literal $message:literal),+;)+) => {
        /// Every code, the service's first, in the order of their numbers.
        pub const SERVICE_CODES: &[ServiceCode] = &[$(
            ServiceCode {
                code: $code,
                field: $field,
                answers: &[$(Answer { status: $status, #[cfg(feature = "server")] message: $message }),+],
            },
        )+];
    };
}

table! {
    "CTS.0001" None => 400 "IAM or OBS exception, please check.";
    "CTS.0002" None => 403 "The user fails the authentication or does not have permission to this operation.";
    "CTS.0003" None => 400 "Invalid message body. The message body is empty or invalid.";
    "CTS.0004" None => 500 "Data write exception.";
    "CTS.0005" None => 500 "Data read exception.";
    "CTS.0012" Some("project_id") => 403 "Invalid project ID. Check whether the project ID is correct.";
    "CTS.0013" None => 403 "No permission, Please check roles.";
    "CTS.0056" Some("is_lts_enabled") => 400 "Failed to create lts trace analysis.";
    "CTS.0100" None => 404 "CTS does not support API interface version query.";
    "CTS.0200" None => 400 "Tracker number is Maximum.";
    "CTS.0201" Some("tracker_type") => 400 "A management tracker has been created.";
    "CTS.0202" Some("tracker_type") => 400 "Invalid message body. Tracker tracker_type must be either system or data.";
    "CTS.0203" Some("tracker_name") => 400 "Invalid message body. The tracker_name is a string of 1 to 32 characters and cannot start with underscores or hyphens.";
    "CTS.0204" Some("tracker_name") => 400 "The tracker_name parameter of a management tracker can only be set to system.";
    "CTS.0205" None => 400 "Invalid message body. Tracker status is required and value must be either enabled or disabled.";
    "CTS.0206" Some("data_bucket") => 400 "Invalid message body. The data_bucket is not need.";
    "CTS.0207" Some("tracker_name") => 400 "Invalid message body. The tracker_name value cannot be system or system-trace.";
    "CTS.0208" Some("tracker_name") => 400 "The tracker already exists.";
    "CTS.0209" Some("data_bucket.data_event") => 400 "You cannot create different trackers to record the same type of operations on the same OBS bucket.";
    "CTS.0210" Some("data_bucket.data_bucket_name") => 400 "Invalid message body. The OBS bucket for which data operations are to be recorded can not be empty.";
    "CTS.0211" Some("obs_info.bucket_name") => 400 "Check bucket failed.The bucket is not exist.";
    "CTS.0212" Some("data_bucket.data_bucket_name") => 400 "The tracked OBS bucket can not be modify.";
    "CTS.0213" Some("data_bucket.data_bucket_name") => 400 "Invalid message body. The OBS bucket for which data operations are to be recorded and the OBS bucket configured for storing transferred traces cannot be the same.";
    "CTS.0214" None => 404 "The tracker does not exist.";
    "CTS.0215" Some("obs_info.bucket_name") => 400 "Check bucket failed.The bucket is already exist.";
    "CTS.0216" Some("obs_info.bucket_name") => 400 "Create bucket failed.";
    "CTS.0217" Some("obs_info.bucket_lifecycle") => 400 "Set bucket life cycle failed. Contact O&M personnel.";
    "CTS.0218" Some("obs_info.file_prefix_name") => 400 "Invalid message body. The file_prefix_name is a string of 0 to 64 characters and can only contain uppercase letters, lowercase letters, digits, hyphens, underscores and periods.";
    "CTS.0219" Some("data_bucket.data_event") => 400 "The bucket operation cannot be empty.";
    "CTS.0220" Some("kms_id") => 400 "KMS is not supported.";
    "CTS.0221" Some("kms_id") => 400 "The KMS ID is empty.";
    "CTS.0222" Some("kms_id") => 400 "KMS verification failed.";
    "CTS.0225" Some("data_bucket.data_event") => 400 "The Bucket operation must be WRITE or READ or WRITE,READ.";
    "CTS.0228" Some("is_organization_tracker") => 400 "The CTS service is not trusted.";
    "CTS.0229" Some("is_organization_tracker") => 400 "The organization tracker already exists.";
    "CTS.0231" Some("obs_info.bucket_name") => 400 "Invalid bucket name. A bucket name must be a string of 3 to 63 characters, including only lowercase letters, digits, hyphens (-), or periods (.). It must start with a digit or a lowercase letter.";
    "CTS.0300" None => 400 "Query data failed.";
    "CTS.0400" None => 400 "Notification name is existed already.";
    "CTS.0401" None => 400 "Invalid message body. The operations parameter value is invalid.";
    "CTS.0402" None => 400 "The Smn topic does not exist.";
    "CTS.0403" None => 404 "The notification does not exist.";
    "CTS.0404" None => 400 "State setting failed, check if topicId exists.";
    "CTS.0407" None => 400 "The quantity has exceeded the maximum quantity limit.";
    "CTS.0410" None => 400 "The notification_type must be smn.";
    "CTS.0411" None => 400 "The notification_name invalid.";
    "APIGW.0101" None => 404 "The API does not exist or has not been published in the environment.";
    "APIGW.0103" None => 500 "The backend does not exist.", 404 "The backend does not exist.";
    "APIGW.0104" None => 500 "The plug-ins do not exist.", 400 "The plug-ins do not exist.";
    "APIGW.0105" None => 500 "The backend configurations do not exist.", 400 "The backend configurations do not exist.";
    "APIGW.0106" None => 400 "Orchestration error.";
    "APIGW.0201" None =>
        400 "API request error.",
        413 "Request entity too large.",
        414 "Request URI too large.",
        494 "Request headers too large.",
        502 "Backend unavailable.",
        504 "Backend timeout.",
        500 "An unexpected error occurred.";
    "APIGW.0202" None => 502 "Backend unavailable.";
    "APIGW.0203" None => 504 "Backend timeout.";
    "APIGW.0204" None => 400 "SSL protocol is not supported.";
    "APIGW.0301" None => 401 "Incorrect IAM authentication information.";
    "APIGW.0302" None => 403 "The IAM user is not authorized to access the API.";
    "APIGW.0303" None => 401 "Incorrect app authentication information.";
    "APIGW.0304" None => 403 "The app is not authorized to access the API.";
    "APIGW.0305" None => 401 "Incorrect authentication information.";
    "APIGW.0306" None => 403 "API access denied.";
    "APIGW.0307" None => 401 "The token must be updated.";
    "APIGW.0308" None => 429 "The throttling threshold has been reached.";
    "APIGW.0310" None => 403 "The project is unavailable.";
    "APIGW.0311" None => 401 "Incorrect debugging authentication information.";
    "APIGW.0401" None => 403 "Unknown client IP address.";
    "APIGW.0402" None => 403 "The IP address is not authorized to access the API.";
    "APIGW.0404" None => 403 "Access to the backend IP address has been denied.";
    "APIGW.0501" None => 405 "The app quota has been used up.";
    "APIGW.0502" None => 405 "The app has been frozen.";
    "APIGW.0601" None => 500 "Internal server error.";
    "APIGW.0602" None => 400 "Bad request.";
    "APIGW.0605" None => 500 "Domain name resolution failed.";
    "APIGW.0606" None => 500 "Failed to load the API configurations.";
    "APIGW.0607" None => 400 "The protocol is not supported.";
    "APIGW.0608" None => 500 "Failed to obtain the admin token.";
    "APIGW.0609" None => 500 "The VPC backend does not exist.";
    "APIGW.0610" None => 502 "No backend available.";
    "APIGW.0611" None => 500 "The backend port does not exist.";
    "APIGW.0612" None => 500 "An API cannot call itself.";
    "APIGW.0613" None => 503 "The IAM service is currently unavailable.";
    "APIGW.0705" None => 500 "Backend signature calculation failed.";
    "APIGW.0802" None => 403 "The IAM user is forbidden in the currently selected region.";
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn codes_stand_once_and_in_order() {
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
    fn every_code_is_worded() {
        assert!(SERVICE_CODES.iter().all(|code| code.answers.iter().all(|answer| answer.message.ends_with('.'))));
        assert_eq!(lookup("CTS.0201").unwrap().message(), "A management tracker has been created.");
    }

    #[test]
    fn look_up_ignores_case_and_the_name_of_the_gateway() {
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
        assert!(SERVICE_CODES.iter().filter(|code| code.is_gateway()).all(|code| code.field.is_none()));
    }
}
