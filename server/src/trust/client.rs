//! Who asks: the client's address, as it is counted.

use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr};

/// The client that a request counts for: an IPv4 address, or the /64 that an IPv6 address lies in.
///
/// `hops` is the number of trusted proxies in front of this server. Each appends the address it was asked from to
/// `X-Forwarded-For`, so the client is the entry that many places from the right; what stands left of it is hearsay.
pub fn client(peer: IpAddr, headers: &HeaderMap, hops: usize) -> IpAddr {
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let chain: Vec<Option<IpAddr>> = forwarded.map(|entry| entry.trim().parse().ok()).collect();
    let named = hops.checked_sub(1).and_then(|from_right| chain.iter().rev().nth(from_right).copied().flatten());
    network(named.unwrap_or(peer))
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_told_by_trusted_proxies_only() {
        for (forwarded, hops, expected) in [
            ("", 0, "192.0.2.1"),
            ("203.0.113.9", 0, "192.0.2.1"),
            ("203.0.113.9", 1, "203.0.113.9"),
            ("6.6.6.6, 203.0.113.9", 1, "203.0.113.9"),
            ("6.6.6.6, 203.0.113.9, 198.51.100.7", 2, "203.0.113.9"),
            ("nonsense", 1, "192.0.2.1"),
            ("", 1, "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::"),
            ("::ffff:203.0.113.9", 1, "203.0.113.9"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().expect("a header"));
            let peer = "192.0.2.1".parse().expect("an address");
            assert_eq!(client(peer, &headers, hops).to_string(), expected, "{forwarded} over {hops}");
        }
    }
}
