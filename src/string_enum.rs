//! The macro for a closed list of strings.

/// Declares an enum whose variants are strings elsewhere: in an issue, in a response, in TypeScript.
macro_rules! string_enum {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $string:literal,)+ }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            pub const ALL: [$name; [$($string),+].len()] = [$($name::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $string,)+ }
            }

            /// The documentation of the variant, for other languages.
            #[cfg(feature = "codegen")]
            pub const fn doc(self) -> &'static str {
                match self { $($name::$variant => concat!($($doc, "\n"),+),)+ }
            }
        }
    };
}

pub(crate) use string_enum;
