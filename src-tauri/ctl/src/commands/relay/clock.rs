//! The session's clock: it counts sleep, so that a patience that ended in a sleeping computer
//! has ended.

#[cfg_attr(unix, path = "clock/unix.rs")]
#[cfg_attr(windows, path = "clock/windows.rs")]
mod platform;

pub(super) use platform::now;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_and_never_goes_back() {
        let first = now();
        let mut next = now();
        while next == first {
            next = now();
        }
        assert!(next > first);
    }
}
