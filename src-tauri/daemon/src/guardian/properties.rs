//! What holds whatever happens, in whatever order: also for reports that contradict each other.

use super::{Effect, Event, Guardian, Moment};
use claude::Consent;
use control::{Drift, RestartAnswer};
use lifecycle::WallTime;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const NAMES: [&str; 2] = ["rooms", "zoom"];

/// Something that may come next.
#[derive(Clone, Debug)]
enum Next {
    Happens(Event),
    Passes(Duration),
    /// Another keeper goes on with what was saved.
    Keeper,
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![
        8 => event().prop_map(Next::Happens),
        2 => (0_u64..180).prop_map(|seconds| Next::Passes(Duration::from_secs(seconds))),
        1 => Just(Next::Keeper),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let generation = 1_u64..4;
    let consent = prop_oneof![
        Just(Consent::Ask),
        Just(Consent::Always),
        Just(Consent::WhenQuit)
    ];
    let answer = prop_oneof![
        Just(RestartAnswer::Now),
        Just(RestartAnswer::WhenQuit),
        Just(RestartAnswer::NotThisTime)
    ];
    prop_oneof![
        3 => names().prop_map(Event::Wrote),
        6 => (prop::collection::btree_map(name(), drift(), 0..=2), any::<bool>())
            .prop_map(|(drifts, running)| Event::Seen { drifts, running }),
        3 => Just(Event::Started),
        3 => Just(Event::Gone),
        1 => Just(Event::Woke),
        1 => Just(Event::RestoreAsked),
        1 => names().prop_map(Event::RestoreFailed),
        1 => names().prop_map(Event::RestoreWaits),
        1 => name().prop_map(Event::Released),
        2 => (generation.clone(), consent, any::<bool>()).prop_map(
            |(generation, consent, suspended)| Event::TokenWaits {
                generation,
                consent,
                suspended,
            }
        ),
        2 => (generation.clone(), answer)
            .prop_map(|(generation, answer)| Event::Answered { generation, answer }),
        1 => generation.prop_map(|generation| Event::Restarting { generation }),
        1 => Just(Event::NothingWaits),
    ]
}

fn names() -> impl Strategy<Value = BTreeSet<String>> {
    prop::collection::btree_set(name(), 0..=2)
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned)
}

fn drift() -> impl Strategy<Value = Drift> {
    prop_oneof![
        2 => Just(Drift::None),
        2 => Just(Drift::Lost),
        1 => Just(Drift::Changed)
    ]
}

/// What an observer knows who sees the events and effects alone.
#[derive(Default)]
struct Observer {
    /// The last report on Claude Desktop, in this keeper's life: whether it runs.
    running: Option<bool>,
    started: Option<Duration>,
    /// Guarded entries; whether each was last reported as it should be.
    intact: BTreeMap<String, bool>,
    /// Losses that only Claude Desktop can have caused, since the last reason to start anew.
    losses: BTreeMap<String, u32>,
    restarted: BTreeSet<u64>,
    asked: BTreeSet<u64>,
}

impl Observer {
    fn check(&mut self, event: &Event, effects: &[Effect], uptime: Duration) {
        let lost = self.follow(event, uptime);
        let told = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Tell(_)))
            .count();
        assert!(told <= lost, "{told} notifications for {lost} losses");
        assert_eq!(told > 0, lost > 0, "a loss that nobody is told of");
        for effect in effects {
            match effect {
                Effect::Restore(entries) => self.check_restore(event, entries),
                Effect::Restart { generation } => self.check_restart(event, *generation),
                Effect::Look | Effect::Tell(_) | Effect::Remember => {}
            }
        }
    }

    fn check_restore(&self, event: &Event, entries: &BTreeSet<String>) {
        let is_closed = matches!(event, Event::Seen { running: false, .. });
        assert!(
            is_closed,
            "a write without a look at a closed Claude Desktop: {event:?}"
        );
        assert_eq!(self.running, Some(false), "a write while Claude may run");
        for entry in entries {
            assert_eq!(self.intact.get(entry), Some(&false), "{entry} is well");
            let losses = self.losses.get(entry).copied().unwrap_or(0);
            assert!(losses < 2, "{entry} put back after {losses} losses");
        }
    }

    fn check_restart(&mut self, event: &Event, generation: u64) {
        let consented = match event {
            Event::TokenWaits {
                consent, suspended, ..
            } => *consent == Consent::Always && !suspended,
            Event::Answered { answer, .. } => {
                *answer == RestartAnswer::Now && self.asked.contains(&generation)
            }
            _ => false,
        };
        assert!(consented, "a restart without consent at {event:?}");
        assert!(
            self.restarted.insert(generation),
            "a second restart for {generation}"
        );
    }

    /// Takes the event in; how many entries it reports as newly lost.
    fn follow(&mut self, event: &Event, uptime: Duration) -> usize {
        match event {
            Event::Started => {
                (self.running, self.started) = (Some(true), Some(uptime));
            }
            Event::Gone => {
                (self.running, self.started) = (Some(false), None);
            }
            Event::Wrote(names) => {
                self.intact
                    .extend(names.iter().map(|name| (name.clone(), true)));
            }
            Event::Released(name) => {
                self.intact.remove(name);
                self.losses.remove(name);
            }
            Event::RestoreAsked => self.losses.clear(),
            Event::Restarting { generation } => {
                self.restarted.insert(*generation);
            }
            Event::TokenWaits {
                generation,
                consent: Consent::Ask,
                suspended: false,
            } => {
                self.asked.insert(*generation);
            }
            Event::Seen { drifts, running } => return self.sees(drifts, *running),
            _ => {}
        }
        0
    }

    fn sees(&mut self, drifts: &BTreeMap<String, Drift>, running: bool) -> usize {
        let runs = running || self.running != Some(false);
        let mut lost = 0;
        for (name, intact) in &mut self.intact {
            let is_intact = drifts.get(name) == Some(&Drift::None);
            if is_intact && !runs {
                self.losses.remove(name);
            }
            if *intact && !is_intact {
                lost += 1;
                if runs {
                    *self.losses.entry(name.clone()).or_default() += 1;
                }
            }
            *intact = is_intact;
        }
        lost
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn it_never_fights_and_never_repeats_itself(nexts in prop::collection::vec(next(), 1..60)) {
        let (mut guardian, mut observer) = (Guardian::default(), Observer::default());
        let (mut uptime, mut saved) = (Duration::ZERO, Vec::new());
        for next in nexts {
            match next {
                Next::Passes(span) => uptime += span,
                Next::Keeper => {
                    guardian = Guardian::new(serde_json::from_slice(&saved).unwrap_or_default());
                    (observer.running, observer.started) = (None, None);
                }
                Next::Happens(event) => {
                    let milliseconds = i64::try_from(uptime.as_millis()).unwrap();
                    let now = Moment { wall: WallTime(milliseconds), uptime };
                    let effects = guardian.step(now, event.clone());
                    if effects.contains(&Effect::Remember) {
                        saved = serde_json::to_vec(guardian.memory()).unwrap();
                    }
                    observer.check(&event, &effects, uptime);
                    if let Some(wait) = guardian.next_wakeup(now) {
                        let ends = observer.started.map(|at| at + Duration::from_mins(2));
                        prop_assert!(ends.is_some(), "a wake-up without a watch");
                        prop_assert!(ends.is_some_and(|ends| uptime + wait <= ends.max(uptime)));
                    }
                }
            }
        }
    }
}
