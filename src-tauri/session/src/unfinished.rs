//! Work of which only the first part is answered: tasks, and results that ask for input.
//!
//! Its continuation has to reach the child that began it.

use crate::event::ChildId;
use crate::limits::{MOST_KEPT, RETRY_PATIENCE};
use crate::time::Moment;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// All of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unfinished {
    tasks: BTreeMap<String, Task>,
    inputs: Vec<Input>,
}

#[derive(Clone, Copy, Debug)]
struct Task {
    child: ChildId,
    begun: Moment,
    /// Set once it is finished: it may still be fetched.
    until: Option<Moment>,
}

#[derive(Clone, Copy, Debug)]
struct Input {
    child: ChildId,
    call: u64,
    state: Option<u64>,
    until: Moment,
}

/// A number that tells one text from others.
pub(crate) fn hash(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

impl Unfinished {
    pub(crate) fn task_begun(&mut self, now: Moment, child: ChildId, task: &str) {
        if self.tasks.len() >= MOST_KEPT {
            let oldest = self.tasks.iter().min_by_key(|(_, task)| task.begun);
            let oldest = oldest.map(|(name, _)| name.clone());
            oldest.and_then(|name| self.tasks.remove(&name));
        }
        let task_of = Task {
            child,
            begun: now,
            until: None,
        };
        self.tasks.insert(task.to_owned(), task_of);
    }

    /// Takes in a task's status, raw.
    pub(crate) fn task_is(&mut self, now: Moment, task: &str, status: &str) {
        let is_over = matches!(status, r#""completed""# | r#""failed""# | r#""cancelled""#);
        if let Some(task) = self.tasks.get_mut(task).filter(|_| is_over) {
            task.until.get_or_insert(now.plus(RETRY_PATIENCE));
        }
    }

    pub(crate) fn task_fetched(&mut self, task: &str) {
        self.tasks.remove(task);
    }

    pub(crate) fn owner_of_task(&self, task: &str) -> Option<ChildId> {
        self.tasks.get(task).map(|task| task.child)
    }

    /// A result of `child` to the call `call` asked for input, with this raw state.
    pub(crate) fn input_required(
        &mut self,
        now: Moment,
        child: ChildId,
        call: u64,
        state: Option<&str>,
    ) {
        if self.inputs.len() >= MOST_KEPT {
            self.inputs.remove(0);
        }
        self.inputs.push(Input {
            child,
            call,
            state: state.map(hash),
            until: now.plus(RETRY_PATIENCE),
        });
    }

    /// Who asked for the input that a retry of `call` brings: by the state, which is echoed,
    /// else by the call.
    pub(crate) fn asker(&self, call: u64, state: Option<&str>) -> Option<ChildId> {
        self.input(call, state)
            .map(|index| self.inputs[index].child)
    }

    /// The retry was sent.
    pub(crate) fn retried(&mut self, call: u64, state: Option<&str>) {
        if let Some(index) = self.input(call, state) {
            self.inputs.remove(index);
        }
    }

    pub(crate) fn any_of(&self, child: ChildId) -> bool {
        self.inputs.iter().any(|input| input.child == child)
            || self.tasks.values().any(|task| task.child == child)
    }

    pub(crate) fn forget(&mut self, child: ChildId) {
        self.inputs.retain(|input| input.child != child);
        self.tasks.retain(|_, task| task.child != child);
    }

    pub(crate) fn expire(&mut self, now: Moment) {
        self.inputs.retain(|input| now < input.until);
        self.tasks
            .retain(|_, task| task.until.is_none_or(|until| now < until));
    }

    /// When the next one expires.
    pub(crate) fn next_end(&self) -> Option<Moment> {
        let tasks = self.tasks.values().filter_map(|task| task.until);
        tasks
            .chain(self.inputs.iter().map(|input| input.until))
            .min()
    }

    #[cfg(test)]
    pub(crate) fn owners(&self) -> Vec<ChildId> {
        let tasks = self.tasks.values().map(|task| task.child);
        tasks
            .chain(self.inputs.iter().map(|input| input.child))
            .collect()
    }

    fn input(&self, call: u64, state: Option<&str>) -> Option<usize> {
        let state = state.map(hash);
        let echoed = |input: &Input| state.is_some() && input.state == state;
        let mut inputs = self.inputs.iter();
        inputs
            .position(echoed)
            .or_else(|| self.inputs.iter().position(|input| input.call == call))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(0);

    #[test]
    fn an_echoed_state_tells_two_equal_calls_apart() {
        let mut unfinished = Unfinished::default();
        for (child, state) in [(1, "\"a\""), (2, "\"b\"")] {
            unfinished.input_required(NOW, ChildId(child), 7, Some(state));
        }
        assert_eq!(unfinished.asker(7, Some("\"b\"")), Some(ChildId(2)));
        assert_eq!(unfinished.asker(7, None), Some(ChildId(1)));
        unfinished.retried(7, Some("\"b\""));
        assert_eq!(unfinished.owners(), [ChildId(1)]);
    }

    #[test]
    fn only_the_newest_are_kept() {
        let mut unfinished = Unfinished::default();
        for number in 0..2 * MOST_KEPT {
            let now = Moment(u64::try_from(number).unwrap());
            unfinished.task_begun(now, ChildId(1), &number.to_string());
            unfinished.input_required(now, ChildId(1), 7, None);
        }
        assert_eq!(unfinished.owners().len(), 2 * MOST_KEPT);
        assert_eq!(unfinished.owner_of_task("0"), None);
        let last = (2 * MOST_KEPT - 1).to_string();
        assert_eq!(unfinished.owner_of_task(&last), Some(ChildId(1)));
    }
}
