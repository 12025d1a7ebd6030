//! Who a client is.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use sha2::{Digest, Sha256};

/// A client under which requests are counted. It has a fixed size, however long the client's name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ClientId([u8; 16]);

impl ClientId {
    /// Clients without an address.
    pub(super) const UNKNOWN: Self = ClientId([0; 16]);

    /// All forms of an address are one client. One subscriber usually has a whole /64 network of IPv6.
    pub(super) fn new(client: &str) -> Self {
        if client.is_empty() {
            return Self::UNKNOWN;
        }
        let mut hash = Sha256::new();
        match parse_address(client).map(fold) {
            Some(IpAddr::V4(address)) => {
                hash.update(b"4");
                hash.update(address.octets());
            }
            Some(IpAddr::V6(address)) => {
                hash.update(b"6");
                hash.update((address.to_bits() >> 64).to_be_bytes());
            }
            None => {
                hash.update(b"n");
                hash.update(client);
            }
        }
        let hash: [u8; 32] = hash.finalize().into();
        ClientId(*hash.first_chunk().unwrap_or(&[0; 16]))
    }
}

/// An address, perhaps in brackets, with a zone or with a port, as load balancers write it.
fn parse_address(text: &str) -> Option<IpAddr> {
    let address = || {
        let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        let (address, _zone) = inner.split_once('%').unwrap_or((inner, ""));
        address.parse().ok()
    };
    address().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

/// The IPv4 address that an IPv6 address contains: as a mapped address, or behind the NAT64 prefix.
fn fold(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    if v6.segments().first_chunk() == Some(&[0x64, 0xff9b, 0, 0, 0, 0]) {
        return IpAddr::V4(Ipv4Addr::from_bits(v6.to_bits() as u32));
    }
    v6.to_ipv4_mapped().map_or(address, IpAddr::V4)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    #[test]
    fn one_client_has_one_id() {
        let same = |a: &str, b: &str| ClientId::new(a) == ClientId::new(b);
        assert!(same("127.0.0.1", "::ffff:7f00:1"));
        assert!(same("::1", "[::1]:80"));
        assert!(same("fe80::1%eth0", "[fe80::2%eth1]"));
        assert!(!same("127.0.0.1", "127.0.0.2") && !same("::1", "0.0.0.1"));
        assert!(!same("", "a") && !same("a", "A") && !same(&"a".repeat(1 << 20), &"a".repeat((1 << 20) + 1)));
        assert_eq!(parse_address("192.0.2.1:80"), Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1))));
        assert_eq!(fold(IpAddr::V6(Ipv6Addr::LOCALHOST)), IpAddr::V6(Ipv6Addr::LOCALHOST));
        for text in ["192.0.2", "192.0.2.1:x", "[", "[]", "%", "::1]", "192.0.2.1, 192.0.2.2"] {
            assert_eq!(parse_address(text), None, "{text}");
        }
    }
}
