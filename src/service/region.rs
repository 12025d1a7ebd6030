//! The regions of the service and its host in each.

use std::collections::BinaryHeap;
use std::fmt;

/// Every region in which the vendor's SDKs know the service, in alphabetical order.
pub const REGIONS: [&str; 34] = [
    "ae-ad-1",
    "af-north-1",
    "af-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "cn-east-2",
    "cn-east-3",
    "cn-east-4",
    "cn-east-5",
    "cn-north-1",
    "cn-north-11",
    "cn-north-12",
    "cn-north-2",
    "cn-north-4",
    "cn-north-9",
    "cn-south-1",
    "cn-south-2",
    "cn-south-4",
    "cn-southwest-2",
    "cn-southwest-3",
    "eu-west-0",
    "eu-west-101",
    "la-north-2",
    "la-south-2",
    "me-east-1",
    "my-kualalumpur-1",
    "na-mexico-1",
    "ru-moscow-1",
    "ru-northwest-2",
    "sa-brazil-1",
    "tr-west-1",
];

/// The one region that is not under `.com`.
const EUROPEAN: &str = "eu-west-101";

/// The host of the service in a region.
pub fn host(region: &str) -> Result<String, UnknownRegion> {
    if !REGIONS.contains(&region) {
        return Err(UnknownRegion { near: near(region), region: region.to_owned() });
    }
    let domain = if region == EUROPEAN { "myhuaweicloud.eu" } else { "myhuaweicloud.com" };
    Ok(["cts.", region, ".", domain].concat())
}

/// An unknown region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRegion {
    pub region: String,
    /// The regions with the most similar ids, at most three.
    pub near: Vec<&'static str>,
}

impl fmt::Display for UnknownRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown region {:?}", self.region)?;
        match self.near.split_first() {
            None => f.write_str("; an example is eu-west-0. For other regions, set the endpoint"),
            Some((first, rest)) => {
                write!(f, "; did you mean {first}")?;
                rest.iter().try_for_each(|region| write!(f, ", {region}"))?;
                f.write_str("? For other regions, set the endpoint")
            }
        }
    }
}

impl std::error::Error for UnknownRegion {}

/// The regions that may have been meant. Ignores case and outer spaces; `_`, spaces and periods count as hyphens.
fn near(region: &str) -> Vec<&'static str> {
    let typed: Vec<char> = region.trim().chars().take(40).map(|c| c.to_ascii_lowercase()).collect();
    let typed: Vec<char> = typed.into_iter().map(|c| if matches!(c, '_' | ' ' | '.') { '-' } else { c }).collect();
    let all: BinaryHeap<(usize, &'static str)> =
        REGIONS.iter().map(|region| (distance(&typed, region), *region)).collect();
    let all = all.into_sorted_vec();
    // If a region differs only in these, it was meant. Otherwise at most a quarter of the characters may differ.
    let exact = all.first().is_some_and(|(distance, _)| *distance == 0);
    all.into_iter()
        .filter(|(distance, region)| *distance <= region.len() / 4)
        .take(if exact { 1 } else { 3 })
        .map(|(_, region)| region)
        .collect()
}

/// The Levenshtein distance.
fn distance(typed: &[char], known: &str) -> usize {
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (index, typed) in typed.iter().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, known) in row.iter_mut().skip(1).zip(known.chars()) {
            let cost = diagonal + usize::from(*typed != known);
            diagonal = *cell;
            left = cost.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert_eq!(host("eu-west-0").as_deref(), Ok("cts.eu-west-0.myhuaweicloud.com"));
        assert_eq!(host("eu-west-101").as_deref(), Ok("cts.eu-west-101.myhuaweicloud.eu"));
        assert_eq!(host("cn-north-1").as_deref(), Ok("cts.cn-north-1.myhuaweicloud.com"));
        let mut sorted = REGIONS;
        sorted.sort_unstable();
        assert_eq!(sorted, REGIONS);
    }

    #[test]
    fn unknown_regions_suggest_similar_ones() {
        let near = |region: &str| host(region).err().map(|unknown| unknown.near).unwrap_or_default();
        assert_eq!(near("eu-west-1").first(), Some(&"eu-west-0"));
        assert_eq!(near("EU_WEST_0"), ["eu-west-0"].to_vec());
        assert_eq!(near("cn-nort-4").first(), Some(&"cn-north-4"));
        assert_eq!(near("eu-de"), Vec::<&str>::new());
        assert_eq!(near(""), Vec::<&str>::new());
        assert_eq!(near("eu-west-0.evil.example"), Vec::<&str>::new());
        assert_eq!(near(&"x".repeat(1_000_000)), Vec::<&str>::new());
        assert_eq!(
            host("eu-west-1").map_err(|unknown| unknown.to_string()),
            Err("unknown region \"eu-west-1\"; did you mean eu-west-0, eu-west-101, tr-west-1? For other regions, set the endpoint"
                .to_owned())
        );
    }
}
