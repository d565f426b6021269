//! The command line, as text in and a choice out.

use crate::stage::Stage;

/// What `help` prints.
pub const HELP: &str = "\
cargo xtask demo [--keep]
    Builds Zoomtray and plays an hour of a token's life in three minutes, on a Zoom, a
    keychain, a home and a Claude Desktop of its own. --keep goes on until Ctrl-C.
cargo xtask test [STAGE] [--quick] [--require-cross]
    Everything that is checked before a change lands, or one stage of it:
    fmt words ui clippy unit black-box clients desktop fuzz cross.
    --quick is fmt, clippy and unit. CROSS_CHECK=PATH names the tool that checks Windows and
    macOS from Linux; --require-cross fails without it.
cargo xtask bench [--full]
    Measures a release build against its budgets; exit 1 when one is over its gate.
    --full makes 100,000 calls too, and looks at the server's memory after them.
cargo xtask endurance [--rounds N] [--seed N]
    Kills a process that writes Claude's config at N random instants (500); prints the seed.
cargo xtask fuzz [--seconds N]
    Lets a fuzzer try the config editor for N seconds (600).
cargo xtask help
    This text.";

/// How long the fuzzer tries unless it is told.
const FUZZ_SECONDS: u64 = 600;

/// How often a writing process is killed unless it is told.
const ENDURANCE_ROUNDS: u64 = 500;

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Say what there is.
    Help,
    /// Check.
    Test(TestChoice),
    /// Show.
    Demo {
        /// Go on after the last act.
        keep: bool,
    },
    /// Measure.
    Bench {
        /// Also what takes minutes.
        full: bool,
    },
    /// Kill and look what is left.
    Endurance(EnduranceChoice),
    /// Try random input.
    Fuzz {
        /// For how long.
        seconds: u64,
    },
}

/// How often, and at which instants.
#[derive(Debug, PartialEq, Eq)]
pub struct EnduranceChoice {
    /// How often a process is killed.
    pub rounds: u64,
    /// What the instants follow from; `None` for new ones.
    pub seed: Option<u64>,
}

/// Which checks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TestChoice {
    /// One stage; `None` for all.
    pub stage: Option<Stage>,
    /// Those that end soon after a small change.
    pub quick: bool,
    /// The check of other systems may not be missing.
    pub require_cross: bool,
}

/// Understands the arguments after the program's name, or says what is wrong with them.
pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    match arguments.next().as_deref() {
        None | Some("help" | "--help" | "-h") => Ok(Command::Help),
        Some("test") => Ok(Command::Test(test_choice(arguments)?)),
        Some("demo") => demo(arguments),
        Some("bench") => bench(arguments),
        Some("endurance") => endurance(arguments),
        Some("fuzz") => fuzz(arguments),
        Some(other) => Err(format!("There is no command `{other}`.")),
    }
}

fn test_choice(arguments: impl Iterator<Item = String>) -> Result<TestChoice, String> {
    let mut choice = TestChoice::default();
    for argument in arguments {
        match argument.as_str() {
            "--quick" => choice.quick = true,
            "--require-cross" => choice.require_cross = true,
            name if choice.stage.is_none() && !name.starts_with('-') => {
                let known = Stage::named(name).ok_or(format!("There is no stage `{name}`."))?;
                choice.stage = Some(known);
            }
            other => return Err(format!("`test` does not take `{other}`.")),
        }
    }
    if choice.quick && choice.stage.is_some() {
        return Err("`--quick` is a choice of stages; leave out the stage.".to_owned());
    }
    Ok(choice)
}

fn demo(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut keep = false;
    for argument in arguments {
        match argument.as_str() {
            "--keep" => keep = true,
            other => return Err(format!("`demo` does not take `{other}`.")),
        }
    }
    Ok(Command::Demo { keep })
}

fn bench(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut full = false;
    for argument in arguments {
        match argument.as_str() {
            "--full" => full = true,
            other => return Err(format!("`bench` does not take `{other}`.")),
        }
    }
    Ok(Command::Bench { full })
}

fn endurance(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut choice = EnduranceChoice {
        rounds: ENDURANCE_ROUNDS,
        seed: None,
    };
    while let Some(argument) = arguments.next() {
        let number = arguments.next().and_then(|number| number.parse().ok());
        match (argument.as_str(), number) {
            ("--rounds", Some(rounds)) => choice.rounds = rounds,
            ("--seed", Some(seed)) => choice.seed = Some(seed),
            ("--rounds" | "--seed", None) => return Err(format!("`{argument}` wants a number.")),
            _ => return Err(format!("`endurance` does not take `{argument}`.")),
        }
    }
    Ok(Command::Endurance(choice))
}

fn fuzz(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut seconds = FUZZ_SECONDS;
    while let Some(argument) = arguments.next() {
        if argument != "--seconds" {
            return Err(format!("`fuzz` does not take `{argument}`."));
        }
        let number = arguments.next().and_then(|number| number.parse().ok());
        seconds = number.ok_or("`--seconds` wants a number.")?;
    }
    Ok(Command::Fuzz { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn each_command_is_understood() {
        assert_eq!(parsed(""), Ok(Command::Help));
        assert_eq!(parsed("help"), Ok(Command::Help));
        assert_eq!(parsed("bench"), Ok(Command::Bench { full: false }));
        assert_eq!(parsed("bench --full"), Ok(Command::Bench { full: true }));
        for (line, rounds, seed) in [
            ("endurance", 500, None),
            ("endurance --seed 7 --rounds 50", 50, Some(7)),
        ] {
            let choice = EnduranceChoice { rounds, seed };
            assert_eq!(parsed(line), Ok(Command::Endurance(choice)));
        }
        assert_eq!(parsed("fuzz"), Ok(Command::Fuzz { seconds: 600 }));
        assert_eq!(
            parsed("fuzz --seconds 60"),
            Ok(Command::Fuzz { seconds: 60 })
        );
        assert_eq!(parsed("demo --keep"), Ok(Command::Demo { keep: true }));
        let all = TestChoice {
            require_cross: true,
            ..TestChoice::default()
        };
        assert_eq!(parsed("test --require-cross"), Ok(Command::Test(all)));
        let one = TestChoice {
            stage: Some(Stage::BlackBox),
            ..TestChoice::default()
        };
        assert_eq!(parsed("test black-box"), Ok(Command::Test(one)));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, named) in [
            ("tset", "`tset`"),
            ("test everything", "`everything`"),
            ("test unit ui", "`ui`"),
            ("test --fast", "`--fast`"),
            ("demo --loud", "`--loud`"),
            ("bench all", "`all`"),
            ("endurance all", "`all`"),
            ("endurance --seed", "--seed"),
            ("fuzz patch", "`patch`"),
            ("fuzz --seconds", "--seconds"),
            ("fuzz --seconds soon", "--seconds"),
            ("test unit --quick", "--quick"),
        ] {
            let complaint = parsed(line).unwrap_err();
            assert!(complaint.contains(named), "{line}: {complaint}");
        }
    }

    #[test]
    fn every_stage_is_in_the_help() {
        for stage in Stage::ALL {
            assert!(HELP.contains(stage.name()), "{}", stage.name());
        }
    }
}
