//! The macro that declares an object.
//!
//! A macro by example, because a derive macro would need a crate of its own, and because the declaration stays what a
//! reader expects: a struct with documented fields. Two attributes are particular to it:
//!
//! - `#[values(Words(…))]` or `#[values(Numbers(…))]` before a field lists its values; `#[values(Text(…))]` names the
//!   description of its rules, whose sentences follow the comment of the field.
//! - `, fields Name` after the name of a request declares a view of the same fields in a decoded document.

/// Declares an object: the struct that is serialized and, as its `TABLE`, the [`Table`](crate::schema::Table).
macro_rules! wire_object {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident, fields $fields:ident { $($body:tt)+ }
    ) => {
        $crate::schema::wire_object! {
            $(#[doc = $doc])+
            pub struct $name { $($body)+ }
        }
        $crate::schema::wire_object!(@fields $name $fields { $($body)+ });
    };
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident {
            $($(#[doc = $field_doc:literal])+ $(#[values($values:expr)])? pub $field:ident: $type:ty,)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])+
                #[serde(skip_serializing_if = "crate::schema::WireType::is_absent")]
                pub $field: $type,
            )+
        }

        impl $name {
            pub const TABLE: $crate::schema::Table = $crate::schema::Table {
                #[cfg(feature = "codegen")]
                name: stringify!($name),
                fields: &[$(
                    $crate::schema::Field {
                        name: stringify!($field),
                        field_type: <$type as $crate::schema::WireType>::TYPE,
                        #[cfg(feature = "codegen")]
                        about: $crate::schema::About {
                            doc: concat!($($field_doc, "\n"),+),
                            required: <$type as $crate::schema::WireType>::REQUIRED,
                            values: $crate::schema::wire_object!(@values $($values)?),
                        },
                    },
                )+],
                #[cfg(feature = "codegen")]
                doc: concat!($($doc, "\n"),+),
            };
        }

        // Without the feature `codegen` nothing else uses the values.
        $($(const _: $crate::schema::Values = $values;)?)+

        impl $crate::schema::WireType for $name {
            const TYPE: $crate::schema::FieldType = $crate::schema::FieldType::Object(&$name::TABLE);
        }
    };
    (@values) => { $crate::schema::Values::Any };
    (@values $values:expr) => { $values };
    (@fields $name:ident $fields:ident {
        $($(#[doc = $field_doc:literal])+ $(#[values($values:expr)])? pub $field:ident: $type:ty,)+
    }) => {
        #[doc = concat!("The fields of a [`", stringify!($name), "`] in a decoded document.")]
        #[derive(Clone, Copy, Debug)]
        pub struct $fields<'d, 'a> {
            $($field: &'d $crate::decode::Slot,)+
            document: &'d $crate::decode::Document<'a>,
        }

        impl<'d, 'a> $fields<'d, 'a> {
            #[inline(always)]
            pub fn of(object: $crate::decode::Object, document: &'d $crate::decode::Document<'a>) -> Option<Self> {
                let [$($field),+] = document.fields(object)?;
                Some($fields { $($field,)+ document })
            }

            $(
                #[inline(always)]
                pub fn $field(&self) -> $crate::decode::Value<'d, 'a> {
                    self.document.value(self.$field)
                }
            )+
        }

        impl $crate::model::FromDocument for $name {
            fn from_document(
                value: $crate::decode::Value<'_, '_>,
                document: &$crate::decode::Document<'_>,
            ) -> Option<Self> {
                let fields = $fields::of(value.object()?, document)?;
                Some($name {
                    $($field: $crate::model::FromDocument::from_document(fields.$field(), document).unwrap_or_default(),)+
                })
            }
        }
    };
}

pub(crate) use wire_object;
