//! Under which addresses the floor reaches this machine.

use std::net::{IpAddr, SocketAddr};

use if_addrs::{IfOperStatus, get_if_addrs};
use qrcode::{QrCode, render::unicode::Dense1x2};

/// The addresses of this machine on its networks, version 4 first; never loopback or link-local.
///
/// A machine whose interfaces cannot be read has none.
#[must_use]
pub fn local_addresses() -> Vec<IpAddr> {
    let interfaces = get_if_addrs().unwrap_or_else(|error| {
        tracing::warn!(%error, "the network interfaces cannot be read");
        Vec::new()
    });
    let mut found: Vec<IpAddr> = interfaces
        .iter()
        .filter(|interface| interface.oper_status != IfOperStatus::Down)
        .map(if_addrs::Interface::ip)
        .filter(|ip| is_reachable(*ip))
        .collect();
    found.sort_by_key(|ip| (ip.is_ipv6(), *ip));
    found.dedup();
    found
}

fn is_reachable(ip: IpAddr) -> bool {
    let link_local = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    !ip.is_loopback() && !ip.is_unspecified() && !link_local
}

/// The address that is opened in a browser: of all networks, the first one of this machine.
#[must_use]
pub fn url(listen: SocketAddr, local: &[IpAddr]) -> String {
    let ip = if listen.ip().is_unspecified() {
        local.first().copied().unwrap_or(IpAddr::from([127, 0, 0, 1]))
    } else {
        listen.ip()
    };
    format!("https://{}", SocketAddr::new(ip, listen.port()))
}

/// `url` as a code for a telephone's camera, in half blocks for a terminal.
///
/// Light blocks on the terminal's dark ground would be an inverted code, which some cameras refuse;
/// the quiet zone is drawn too.
#[must_use]
pub fn code(url: &str) -> Option<String> {
    let code = QrCode::new(url).ok()?;
    Some(
        code.render::<Dense1x2>()
            .dark_color(Dense1x2::Light)
            .light_color(Dense1x2::Dark)
            .quiet_zone(true)
            .build(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_networks_are_told_as_the_first_address_of_the_machine() {
        let lan = [IpAddr::from([192, 168, 3, 7]), IpAddr::from([10, 0, 0, 1])];
        let everywhere = SocketAddr::from(([0, 0, 0, 0], 8443));
        assert_eq!(url(everywhere, &lan), "https://192.168.3.7:8443");
        assert_eq!(url(everywhere, &[]), "https://127.0.0.1:8443");
        let one = SocketAddr::from(([10, 0, 0, 1], 443));
        assert_eq!(url(one, &lan), "https://10.0.0.1:443");
    }

    #[test]
    fn loopback_and_link_local_reach_nobody() {
        for (ip, reachable) in [
            ("127.0.0.1", false),
            ("169.254.3.4", false),
            ("::1", false),
            ("fe80::1", false),
            ("0.0.0.0", false),
            ("192.168.3.7", true),
            ("fd00::7", true),
        ] {
            assert_eq!(is_reachable(ip.parse().unwrap()), reachable, "{ip}");
        }
    }

    #[test]
    fn the_code_is_a_square_with_a_quiet_zone() {
        let code = code("https://192.168.3.7:8443").unwrap();
        let widths: Vec<usize> = code.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]));
        assert_eq!(widths[0].div_ceil(2), widths.len());
    }
}
