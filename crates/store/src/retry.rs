//! Trying a transaction again when another writer got in its way.

use std::time::Duration;

/// The longest pause between two tries.
const PAUSE_MAX_MS: u64 = 256;

/// Awaits `$work`, again while another writer gets in its way, with growing pauses.
///
/// `$error` is the error type of `$work`; it needs `fn is_transient(&self) -> bool`. The work must begin
/// its own transaction, and be safe to repeat after a commit whose answer was lost: look the command id
/// up in the journal first.
#[macro_export]
macro_rules! retry {
    ($error:ty, $work:expr) => {{
        let mut attempt = 1;
        loop {
            let result: ::core::result::Result<_, $error> = $work.await;
            match result {
                Err(error) if error.is_transient() && attempt < $crate::ATTEMPTS_MAX => {
                    $crate::pause(attempt).await;
                    attempt += 1;
                }
                result => break result,
            }
        }
    }};
}

/// Sleeps before try number `attempt + 1`: exponentially longer, half of it by chance.
pub async fn pause(attempt: u32) {
    tokio::time::sleep(pause_after(attempt, random())).await;
}

/// Between half of and the full pause, which doubles from 2 ms to [`PAUSE_MAX_MS`].
fn pause_after(attempt: u32, chance: u32) -> Duration {
    let full_us = (1_u64 << attempt.clamp(1, 16)).min(PAUSE_MAX_MS) * 1_000;
    let by_chance_us = full_us / 2 * u64::from(chance) / u64::from(u32::MAX);
    Duration::from_micros(full_us / 2 + by_chance_us)
}

/// Any number; without a source of chance, the middle.
fn random() -> u32 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u32::from_le_bytes(bytes),
        Err(_) => u32::MAX / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_vary_by_half() {
        let range = |attempt| (pause_after(attempt, 0), pause_after(attempt, u32::MAX));
        let ms = Duration::from_millis;
        assert_eq!(range(1), (ms(1), ms(2)));
        assert_eq!(range(2), (ms(2), ms(4)));
        assert_eq!(range(8), (ms(128), ms(256)));
        assert_eq!(range(9), (ms(128), ms(256)));
        assert_eq!(range(1_000), (ms(128), ms(256)));
    }
}
