//! Reads a request into a draft: every field may be absent or of the wrong type.
//!
//! A draft keeps what a strict decoder throws away (which type a wrong value had, which keys nobody
//! knows), so that all issues can be given at once. Two sources feed it: JSON text, and the flat bytes
//! that the JavaScript reader writes.

mod flat;
mod json;

use std::borrow::Cow;

pub use flat::{Corrupt, FlatDecoder, tag as flat_tags};
pub use json::{JsonDecoder, ParseNumber, Syntax, exact};

/// The type a value has when it is not the type we want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actual<'a> {
    /// A type with a name of its own: `string`, `null`, `bigint`, `unreadable`.
    Named(&'static str),
    /// An object that is no plain object, by its tag in lower case: `map`, `formdata`.
    Tagged(Cow<'a, str>),
}

/// One field of a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Field<'a, T> {
    /// Undefined, null or no such key.
    #[default]
    Absent,
    /// There, but of another type.
    Wrong(Actual<'a>),
    /// There, and of the type the documents give.
    Got(T),
}

impl<T> Field<'_, T> {
    /// The value, if it is there and of the right type.
    pub fn got(&self) -> Option<&T> {
        match self {
            Field::Got(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }
}

impl<'a> Text<'a> {
    pub fn text(&self) -> Option<&str> {
        self.got().map(|text| &**text)
    }
}

/// A list, unless it is too long to be looked into.
#[derive(Clone, Debug, PartialEq)]
pub enum List<T> {
    Items(Vec<T>),
    TooLong(f64),
}

pub type Text<'a> = Field<'a, Cow<'a, str>>;
pub type Flag<'a> = Field<'a, bool>;
/// A whole number; what is not whole is of the wrong type.
pub type Integer<'a> = Field<'a, f64>;
pub type Texts<'a> = Field<'a, List<Text<'a>>>;

/// What a field's type is called, for the tables that other languages are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    String,
    Boolean,
    Integer,
    Object(&'static Table),
    Array(&'static Kind),
}

impl Kind {
    /// The word for `params.expected`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Boolean => "boolean",
            Kind::Integer => "integer",
            Kind::Object(_) => "object",
            Kind::Array(_) => "array",
        }
    }
}

/// The fields of an object, in the order of the documents.
#[derive(Debug, PartialEq)]
pub struct Table {
    pub name: &'static str,
    pub fields: &'static [(&'static str, Kind)],
}

/// A value that can be read from either source. Each call consumes one value, whatever its type.
pub trait Part<'a>: Sized {
    const KIND: Kind;
    fn read_json(from: &mut JsonDecoder<'a>) -> Result<Self, Syntax>;
    fn read_flat(from: &mut FlatDecoder<'a>) -> Result<Self, Corrupt>;
}

/// An object with known fields, as the decoders fill it. Used as `dyn`: one decoder for all shapes keeps the wasm small.
pub trait Shape<'a> {
    fn table(&self) -> &'static Table;
    /// Reads the value of the field at `index`; a later value replaces an earlier one.
    fn read_json(&mut self, index: usize, from: &mut JsonDecoder<'a>) -> Result<(), Syntax>;
    fn read_flat(&mut self, index: usize, from: &mut FlatDecoder<'a>) -> Result<(), Corrupt>;
    /// Whether the field at `index` is there.
    fn has(&self, index: usize) -> bool;
    /// The keys nobody knows, in the order of the source.
    fn unknown(&self) -> &[Cow<'a, str>];
    fn unknown_mut(&mut self) -> &mut Vec<Cow<'a, str>>;
}

/// A shape with its table.
pub trait Draft<'a>: Shape<'a> + Default {
    const TABLE: &'static Table;
}

/// What a decoder met where an object or a list was wanted.
#[derive(Debug)]
enum Found<'a> {
    Absent,
    Wrong(Actual<'a>),
    TooLong(f64),
    Wanted,
}

impl<'a> Found<'a> {
    fn field<T>(self, wanted: impl FnOnce() -> T) -> Field<'a, T> {
        match self {
            Found::Absent | Found::TooLong(_) => Field::Absent,
            Found::Wrong(actual) => Field::Wrong(actual),
            Found::Wanted => Field::Got(wanted()),
        }
    }

    fn list<T>(self, items: Vec<T>) -> Field<'a, List<T>> {
        match self {
            Found::TooLong(count) => Field::Got(List::TooLong(count)),
            found => found.field(|| List::Items(items)),
        }
    }
}

impl<'a> Part<'a> for Text<'a> {
    const KIND: Kind = Kind::String;
    fn read_json(from: &mut JsonDecoder<'a>) -> Result<Self, Syntax> {
        from.text()
    }
    fn read_flat(from: &mut FlatDecoder<'a>) -> Result<Self, Corrupt> {
        from.text()
    }
}

impl<'a> Part<'a> for Flag<'a> {
    const KIND: Kind = Kind::Boolean;
    fn read_json(from: &mut JsonDecoder<'a>) -> Result<Self, Syntax> {
        from.flag()
    }
    fn read_flat(from: &mut FlatDecoder<'a>) -> Result<Self, Corrupt> {
        from.flag()
    }
}

impl<'a> Part<'a> for Integer<'a> {
    const KIND: Kind = Kind::Integer;
    fn read_json(from: &mut JsonDecoder<'a>) -> Result<Self, Syntax> {
        from.integer()
    }
    fn read_flat(from: &mut FlatDecoder<'a>) -> Result<Self, Corrupt> {
        from.integer()
    }
}

impl<'a, T: Draft<'a>> Part<'a> for Field<'a, T> {
    const KIND: Kind = Kind::Object(T::TABLE);
    fn read_json(from: &mut JsonDecoder<'a>) -> Result<Self, Syntax> {
        let mut draft = T::default();
        Ok(from.object(&mut draft)?.field(|| draft))
    }
    fn read_flat(from: &mut FlatDecoder<'a>) -> Result<Self, Corrupt> {
        let mut draft = T::default();
        Ok(from.object(&mut draft)?.field(|| draft))
    }
}

impl<'a, T: Part<'a>> Part<'a> for Field<'a, List<T>> {
    const KIND: Kind = Kind::Array(&T::KIND);
    fn read_json(from: &mut JsonDecoder<'a>) -> Result<Self, Syntax> {
        let mut items = Vec::new();
        let found = from.list(&mut |from| {
            items.push(T::read_json(from)?);
            Ok(())
        })?;
        Ok(found.list(items))
    }
    fn read_flat(from: &mut FlatDecoder<'a>) -> Result<Self, Corrupt> {
        let mut items = Vec::new();
        let found = from.list(&mut |from| {
            items.push(T::read_flat(from)?);
            Ok(())
        })?;
        Ok(found.list(items))
    }
}

/// A draft and its table from one list of fields.
macro_rules! shape {
    ($(#[$about:meta])* $draft:ident is $name:ident { $($field:ident: $part:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $draft<'a> {
            $(pub $field: $part,)*
            pub unknown: Vec<Cow<'a, str>>,
        }

        impl<'a> Draft<'a> for $draft<'a> {
            const TABLE: &'static Table = &Table {
                name: stringify!($name),
                fields: &[$((stringify!($field), <$part as Part<'a>>::KIND),)*],
            };
        }

        impl<'a> Shape<'a> for $draft<'a> {
            fn table(&self) -> &'static Table {
                Self::TABLE
            }

            #[allow(unused_assignments, reason = "the counter is stepped once more than it is read")]
            fn read_json(&mut self, index: usize, from: &mut JsonDecoder<'a>) -> Result<(), Syntax> {
                let mut at = 0;
                $(
                    if index == at {
                        self.$field = Part::read_json(from)?;
                        return Ok(());
                    }
                    at += 1;
                )*
                Ok(())
            }

            #[allow(unused_assignments, reason = "the counter is stepped once more than it is read")]
            fn read_flat(&mut self, index: usize, from: &mut FlatDecoder<'a>) -> Result<(), Corrupt> {
                let mut at = 0;
                $(
                    if index == at {
                        self.$field = Part::read_flat(from)?;
                        return Ok(());
                    }
                    at += 1;
                )*
                Ok(())
            }

            #[allow(unused_assignments, reason = "the counter is stepped once more than it is read")]
            fn has(&self, index: usize) -> bool {
                let mut at = 0;
                $(
                    if index == at {
                        return !self.$field.is_absent();
                    }
                    at += 1;
                )*
                false
            }

            fn unknown(&self) -> &[Cow<'a, str>] {
                &self.unknown
            }

            fn unknown_mut(&mut self) -> &mut Vec<Cow<'a, str>> {
                &mut self.unknown
            }
        }
    };
}

shape! {
    /// A draft of the body of CreateTracker.
    CreateTrackerDraft is CreateTrackerRequestBody {
        tracker_type: Text<'a>,
        tracker_name: Text<'a>,
        is_lts_enabled: Flag<'a>,
        is_organization_tracker: Flag<'a>,
        management_event_selector: Field<'a, ManagementEventSelectorDraft<'a>>,
        obs_info: Field<'a, TrackerObsInfoDraft<'a>>,
        is_support_trace_files_encryption: Flag<'a>,
        kms_id: Text<'a>,
        is_support_validate: Flag<'a>,
        data_bucket: Field<'a, DataBucketDraft<'a>>,
        agency_name: Text<'a>,
    }
}

shape! {
    /// A draft of a management trace selector.
    ManagementEventSelectorDraft is ManagementEventSelector {
        exclude_service: Texts<'a>,
    }
}

shape! {
    /// A draft of the transfer configuration.
    TrackerObsInfoDraft is TrackerObsInfo {
        bucket_name: Text<'a>,
        file_prefix_name: Text<'a>,
        is_obs_created: Flag<'a>,
        bucket_lifecycle: Integer<'a>,
        compress_type: Text<'a>,
        is_sort_by_service: Flag<'a>,
    }
}

shape! {
    /// A draft of the tracked bucket.
    DataBucketDraft is DataBucket {
        data_bucket_name: Text<'a>,
        data_event: Texts<'a>,
    }
}

shape! {
    /// A draft of the body of CheckObsBuckets.
    CheckObsBucketsDraft is CheckObsBucketsRequestBody {
        buckets: Field<'a, List<Field<'a, CheckBucketDraft<'a>>>>,
    }
}

shape! {
    /// A draft of one bucket to check.
    CheckBucketDraft is CheckBucketRequest {
        bucket_name: Text<'a>,
        bucket_location: Text<'a>,
        kms_id: Text<'a>,
        is_support_trace_files_encryption: Flag<'a>,
    }
}
