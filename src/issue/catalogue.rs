//! The closed catalogue of rules, and what the issues of each rule have in common. JavaScript has the same rows, so an
//! issue crosses as the index of its row and its dynamic params.

use super::Code;
use super::Param::{self, Dynamic, Number, Numbers, Word, Words};
use crate::rules::{bucket_lifecycle, bucket_name, file_prefix_name, list, tracker_name, url_id, words};

/// The common part of all issues of a rule.
#[derive(Debug)]
pub struct Row {
    pub code: Code,
    /// Which rule it is: `bucket_name.length`.
    pub rule: &'static str,
    /// The service's code for the same mistake: `CTS.0231`.
    pub server_code: Option<&'static str>,
    /// By name; [`Param::Dynamic`] where they differ. Of those the last may be missing.
    pub params: &'static [(&'static str, Param<'static>)],
}

macro_rules! catalogue {
    ($($finding:ident: $code:ident $rule:literal $($server_code:literal)? { $($param:ident: $value:expr),* })*) => {
        /// The rules, in the order of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum RuleId {
            $($finding,)*
        }

        impl RuleId {
            pub const ALL: &'static [RuleId] = &[$(RuleId::$finding,)*];

            pub const fn row(self) -> &'static Row {
                match self {
                    $(RuleId::$finding => const { &Row {
                        code: Code::$code,
                        rule: $rule,
                        server_code: catalogue!(@code $($server_code)?),
                        params: &[$((catalogue!(@name $param), $value)),*],
                    } },)*
                }
            }
        }
    };
    (@code) => { None };
    (@code $server_code:literal) => { Some($server_code) };
    (@name trackerType) => { "trackerType" };
    (@name $param:ident) => { stringify!($param) };
}

const fn number(number: usize) -> Param<'static> {
    Number(number as f64)
}

catalogue! {
    BodyType: NotObject "body.type" "CTS.0003" { actual: Dynamic }
    UnknownKey: UnknownKey "keys.unknown" { suggestion: Dynamic }
    JsonSyntax: InvalidJson "json.syntax" { line: Dynamic, column: Dynamic, offset: Dynamic }
    TooManyIssues: TooManyIssues "issues.limit" { more: Dynamic }

    TrackerTypeRequired: Required "tracker_type.required" "CTS.0202" {}
    TrackerTypeType: InvalidType "tracker_type.type" { expected: Word("string"), actual: Dynamic }
    TrackerTypeEnum: InvalidEnum "tracker_type.enum" "CTS.0202" { allowed: Words(words::TRACKER_TYPE), suggestion: Dynamic }

    TrackerNameRequired: Required "tracker_name.required" "CTS.0203" {}
    // Without a service code, because the field is validated alone.
    TrackerNameMissing: Required "tracker_name.required" {}
    TrackerNameType: InvalidType "tracker_name.type" { expected: Word("string"), actual: Dynamic }
    TrackerNameShort: TooShort "tracker_name.length" "CTS.0203" { min: number(tracker_name::MIN), actual: Dynamic }
    TrackerNameLong: TooLong "tracker_name.length" "CTS.0203" { max: number(tracker_name::MAX), actual: Dynamic }
    TrackerNameCharacter: InvalidCharacter "tracker_name.character" "CTS.0203" { character: Dynamic, index: Dynamic }
    TrackerNameStart: InvalidStart "tracker_name.start" "CTS.0203" { character: Dynamic }
    TrackerNameReserved: ReservedName "tracker_name.reserved" "CTS.0207" { reserved: Words(tracker_name::RESERVED) }
    TrackerNameSystem: MustEqual "tracker_name.system" "CTS.0204" { expected: Word(tracker_name::SYSTEM) }

    IsLtsEnabledType: InvalidType "is_lts_enabled.type" { expected: Word("boolean"), actual: Dynamic }

    OrganizationType: InvalidType "is_organization_tracker.type" { expected: Word("boolean"), actual: Dynamic }
    OrganizationOfData: NotApplicable "is_organization_tracker.tracker_type" { trackerType: Word("system") }

    SelectorType: InvalidType "management_event_selector.type" { expected: Word("object"), actual: Dynamic }
    SelectorOfData: NotApplicable "management_event_selector.tracker_type" { trackerType: Word("system") }
    ExcludeServiceType: InvalidType "exclude_service.type" { expected: Word("array"), actual: Dynamic }
    ExcludeServiceLength: TooLong "exclude_service.length" { max: number(list::MAX_ITEMS), actual: Dynamic }
    ExcludeServiceItemType: InvalidType "exclude_service.item_type" { expected: Word("string"), actual: Dynamic }
    ExcludeServiceEnum: InvalidEnum "exclude_service.enum" { allowed: Words(words::EXCLUDE_SERVICE), suggestion: Dynamic }
    ExcludeServiceRepeated: DuplicateItem "exclude_service.repeated" { first: Dynamic }

    ObsInfoType: InvalidType "obs_info.type" { expected: Word("object"), actual: Dynamic }
    // Of the tracked bucket too, and of a bucket to check.
    BucketNameRequired: Required "bucket_name.required" {}
    BucketNameRequiredForCreation: Required "bucket_name.required" "CTS.0216" {}
    BucketNameRequiredForData: Required "bucket_name.required" "CTS.0210" {}
    BucketNameType: InvalidType "bucket_name.type" { expected: Word("string"), actual: Dynamic }
    BucketNameShort: TooShort "bucket_name.length" "CTS.0231" { min: number(bucket_name::MIN), actual: Dynamic }
    BucketNameLong: TooLong "bucket_name.length" "CTS.0231" { max: number(bucket_name::MAX), actual: Dynamic }
    BucketNameCharacter: InvalidCharacter "bucket_name.character" "CTS.0231" { character: Dynamic, index: Dynamic }
    BucketNameStart: InvalidStart "bucket_name.start" "CTS.0231" { character: Dynamic }
    BucketNameEnd: InvalidEnd "bucket_name.end" { character: Dynamic }
    BucketNameSeparators: AdjacentSeparators "bucket_name.separators" { sequence: Dynamic, index: Dynamic }
    BucketNameIpAddress: IpAddress "bucket_name.ip_address" {}
    BucketNameDiffer: MustDiffer "bucket_name.differ" "CTS.0213" { field: Word("obs_info.bucket_name") }
    FilePrefixNameType: InvalidType "file_prefix_name.type" { expected: Word("string"), actual: Dynamic }
    FilePrefixNameLong: TooLong "file_prefix_name.length" "CTS.0218" { max: number(file_prefix_name::MAX), actual: Dynamic }
    FilePrefixNameCharacter: InvalidCharacter "file_prefix_name.character" "CTS.0218" { character: Dynamic, index: Dynamic }
    FilePrefixNameBucket: RequiresField "file_prefix_name.bucket" { field: Word("bucket_name") }
    IsObsCreatedType: InvalidType "is_obs_created.type" { expected: Word("boolean"), actual: Dynamic }
    BucketLifecycleType: InvalidType "bucket_lifecycle.type" { expected: Word("integer"), actual: Dynamic }
    BucketLifecycleEnum: InvalidEnum "bucket_lifecycle.enum" "CTS.0217" {
        allowed: Numbers(bucket_lifecycle::VALUES), actual: Dynamic
    }
    BucketLifecycleOfSystem: NotApplicable "bucket_lifecycle.tracker_type" { trackerType: Word("data") }
    BucketLifecycleBucket: RequiresField "bucket_lifecycle.bucket" { field: Word("bucket_name") }
    CompressTypeType: InvalidType "compress_type.type" { expected: Word("string"), actual: Dynamic }
    CompressTypeEnum: InvalidEnum "compress_type.enum" { allowed: Words(words::COMPRESS_TYPE), suggestion: Dynamic }
    CompressTypeBucket: RequiresField "compress_type.bucket" { field: Word("bucket_name") }
    IsSortByServiceType: InvalidType "is_sort_by_service.type" { expected: Word("boolean"), actual: Dynamic }
    IsSortByServiceBucket: RequiresField "is_sort_by_service.bucket" { field: Word("bucket_name") }

    EncryptionType: InvalidType "is_support_trace_files_encryption.type" { expected: Word("boolean"), actual: Dynamic }
    EncryptionOfData: NotApplicable "is_support_trace_files_encryption.tracker_type" { trackerType: Word("system") }
    KmsIdRequired: Required "kms_id.required" "CTS.0221" {}
    KmsIdMissing: Required "kms_id.required" {}
    KmsIdType: InvalidType "kms_id.type" { expected: Word("string"), actual: Dynamic }
    KmsIdFormat: UnusualFormat "kms_id.format" {}
    KmsIdOfData: NotApplicable "kms_id.tracker_type" { trackerType: Word("system") }
    KmsIdUnused: Unused "kms_id.unused" {}

    IsSupportValidateType: InvalidType "is_support_validate.type" { expected: Word("boolean"), actual: Dynamic }

    DataBucketForbidden: Forbidden "data_bucket.forbidden" "CTS.0206" {}
    DataBucketRequired: Required "data_bucket.required" "CTS.0210" {}
    DataBucketType: InvalidType "data_bucket.type" { expected: Word("object"), actual: Dynamic }
    DataEventRequired: Required "data_event.required" "CTS.0219" {}
    DataEventEmpty: EmptyList "data_event.empty" "CTS.0219" {}
    DataEventType: InvalidType "data_event.type" { expected: Word("array"), actual: Dynamic }
    DataEventLength: TooLong "data_event.length" { max: number(list::MAX_ITEMS), actual: Dynamic }
    DataEventItemType: InvalidType "data_event.item_type" { expected: Word("string"), actual: Dynamic }
    DataEventEnum: InvalidEnum "data_event.enum" "CTS.0225" { allowed: Words(words::DATA_EVENT), suggestion: Dynamic }
    DataEventRepeated: DuplicateItem "data_event.repeated" { first: Dynamic }

    AgencyNameType: InvalidType "agency_name.type" { expected: Word("string"), actual: Dynamic }
    AgencyNameEnum: InvalidEnum "agency_name.enum" { allowed: Words(words::AGENCY_NAME), suggestion: Dynamic }

    BucketsType: InvalidType "buckets.type" { expected: Word("array"), actual: Dynamic }
    BucketsLength: TooLong "buckets.length" { max: number(list::MAX_ITEMS), actual: Dynamic }
    BucketsEmpty: EmptyList "buckets.empty" {}
    BucketsItemType: InvalidType "buckets.item_type" { expected: Word("object"), actual: Dynamic }
    BucketsRepeated: DuplicateItem "buckets.repeated" { first: Dynamic }
    BucketLocationRequired: Required "bucket_location.required" {}
    BucketLocationType: InvalidType "bucket_location.type" { expected: Word("string"), actual: Dynamic }
    BucketLocationFormat: UnusualFormat "bucket_location.format" {}

    ProjectIdRequired: Required "project_id.required" {}
    ProjectIdType: InvalidType "project_id.type" { expected: Word("string"), actual: Dynamic }
    ProjectIdLong: TooLong "project_id.length" { max: number(url_id::MAX), actual: Dynamic }
    ProjectIdCharacter: InvalidCharacter "project_id.character" { character: Dynamic, index: Dynamic }
    ProjectIdFormat: UnusualFormat "project_id.format" {}
    DomainIdRequired: Required "domain_id.required" {}
    DomainIdType: InvalidType "domain_id.type" { expected: Word("string"), actual: Dynamic }
    DomainIdLong: TooLong "domain_id.length" { max: number(url_id::MAX), actual: Dynamic }
    DomainIdCharacter: InvalidCharacter "domain_id.character" { character: Dynamic, index: Dynamic }
    DomainIdFormat: UnusualFormat "domain_id.format" {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{CHECK_OBS_BUCKETS, CREATE_TRACKER, Field, FieldType, Table};

    /// The types of the fields and of the items of lists, by the rule that wants them.
    fn kinds(table: &'static Table, found: &mut Vec<(String, &'static str)>) {
        for Field { name, field_type: kind, .. } in table.fields {
            found.push((format!("{name}.type"), kind.name()));
            let mut inside = kind;
            if let FieldType::Array(item) = kind {
                found.push((format!("{name}.item_type"), item.name()));
                inside = item;
            }
            if let FieldType::Object(table) = inside {
                kinds(table, found);
            }
        }
    }

    #[test]
    fn the_wanted_type_is_that_of_the_tables() {
        let mut found = vec![("project_id.type".to_owned(), "string"), ("domain_id.type".to_owned(), "string")];
        kinds(&CREATE_TRACKER, &mut found);
        kinds(&CHECK_OBS_BUCKETS, &mut found);
        for finding in RuleId::ALL {
            let Row { code, rule, params, .. } = finding.row();
            if *code == Code::InvalidType {
                let wanted: Vec<_> = found.iter().filter(|(of, _)| of == rule).map(|(_, kind)| *kind).collect();
                let actual = params.iter().find_map(|(name, value)| match value {
                    Word(word) if *name == "expected" => Some(*word),
                    _ => None,
                });
                assert!(!wanted.is_empty() && wanted.iter().all(|kind| Some(*kind) == actual), "{rule}: {actual:?}");
            }
        }
    }
}
