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

/// A value that can be read from either source. Each call consumes one value, whatever its type, and replaces what
/// was there. Reading in place spares moving whole drafts.
pub trait Part<'a>: Default {
    const KIND: Kind;
    fn read_json(&mut self, from: &mut JsonDecoder<'a>) -> Result<(), Syntax>;
    fn read_flat(&mut self, from: &mut FlatDecoder<'a>);
}

/// An object with known fields, as the decoders fill it. Used as `dyn`: one decoder for all shapes keeps the wasm small.
pub trait Shape<'a> {
    fn table(&self) -> &'static Table;
    /// Reads the value of the field at `index`; a later value replaces an earlier one.
    fn read_json(&mut self, index: usize, from: &mut JsonDecoder<'a>) -> Result<(), Syntax>;
    /// Reads the values of all fields, in the order of the table.
    fn read_flat(&mut self, from: &mut FlatDecoder<'a>);
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
    /// The field in which no wanted value was found.
    #[cold]
    fn field<T>(self) -> Field<'a, T> {
        match self {
            Found::Wrong(actual) => Field::Wrong(actual),
            _ => Field::Absent,
        }
    }
}

macro_rules! simple_part {
    ($part:ty, $kind:ident, $read:ident) => {
        impl<'a> Part<'a> for $part {
            const KIND: Kind = Kind::$kind;
            #[inline(always)]
            fn read_json(&mut self, from: &mut JsonDecoder<'a>) -> Result<(), Syntax> {
                from.$read(self)
            }
            #[inline(always)]
            fn read_flat(&mut self, from: &mut FlatDecoder<'a>) {
                from.$read(self);
            }
        }
    };
}

simple_part!(Text<'a>, String, text);
simple_part!(Flag<'a>, Boolean, flag);
simple_part!(Integer<'a>, Integer, integer);

impl<'a, T: Draft<'a>> Part<'a> for Field<'a, T> {
    const KIND: Kind = Kind::Object(T::TABLE);
    fn read_json(&mut self, from: &mut JsonDecoder<'a>) -> Result<(), Syntax> {
        *self = Field::Got(T::default());
        let Field::Got(draft) = self else { return Ok(()) };
        match from.object(draft)? {
            Found::Wanted => {}
            found => *self = found.field(),
        }
        Ok(())
    }
    fn read_flat(&mut self, from: &mut FlatDecoder<'a>) {
        from.object(self);
    }
}

impl<'a, T: Part<'a>> Part<'a> for Field<'a, List<T>> {
    const KIND: Kind = Kind::Array(&T::KIND);
    fn read_json(&mut self, from: &mut JsonDecoder<'a>) -> Result<(), Syntax> {
        let mut items: Vec<T> = Vec::new();
        let found = from.list(&mut |from| next_item(&mut items).read_json(from))?;
        *self = list(found, items);
        Ok(())
    }
    fn read_flat(&mut self, from: &mut FlatDecoder<'a>) {
        from.list(self);
    }
}

/// Room for one more item.
fn next_item<T: Default>(items: &mut Vec<T>) -> &mut T {
    items.push_mut(T::default())
}

fn list<'a, T>(found: Found<'a>, items: Vec<T>) -> Field<'a, List<T>> {
    match found {
        Found::Wanted => Field::Got(List::Items(items)),
        Found::TooLong(count) => Field::Got(List::TooLong(count)),
        found => found.field(),
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
                        return self.$field.read_json(from);
                    }
                    at += 1;
                )*
                Ok(())
            }

            fn read_flat(&mut self, from: &mut FlatDecoder<'a>) {
                $(self.$field.read_flat(from);)*
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
