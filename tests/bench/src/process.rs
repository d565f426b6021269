//! What a process costs, as the kernel counts it.

/// Proportional memory of `process` in megabytes.
pub fn memory(process: u32) -> Result<f64, String> {
    let text = read(process, "smaps_rollup")?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes
        .map(|kilobytes| kilobytes / 1024.0)
        .ok_or_else(|| "no Pss line".to_owned())
}

/// Clock ticks (10 ms) that `process` has used.
pub fn ticks(process: u32) -> Result<f64, String> {
    ticks_in(&read(process, "stat")?).ok_or_else(|| "the stat line has another form".to_owned())
}

/// Fields 14 and 15 of the stat line; the name in field 2 may hold spaces and brackets.
fn ticks_in(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11).map(str::parse::<f64>);
    Some(fields.next()?.ok()? + fields.next()?.ok()?)
}

fn read(process: u32, file: &str) -> Result<String, String> {
    fs_err::read_to_string(format!("/proc/{process}/{file}")).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let stat = "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 40 2 0 0 20 0 4 0";
        assert_eq!(ticks_in(stat), Some(42.0));
    }

    #[test]
    fn this_process_costs_something() {
        let this = std::process::id();
        assert!(memory(this).unwrap() > 0.1);
        assert!(ticks(this).is_ok());
    }
}
