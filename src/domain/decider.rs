//! The contract every stream's decisions keep.

/// One kind of stream that decides. Implemented by a unit type per stream.
///
/// All three functions are plain: the same state and command always give the same answer.
pub trait Decider {
    /// What the past events of one stream add up to.
    type State;
    /// An intent, with the time, the civil date and every fresh id it needs inside.
    type Command;
    /// A fact of this stream.
    type Event;
    /// What a command leads to: the event itself, save where `seal` must still add a signature.
    type Decision;
    /// Why a command is refused: one variant per rule.
    type Rejection;

    /// The state of a stream without events.
    fn initial() -> Self::State;
    /// The state after one more event. Never fails: the event has happened.
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;
    /// What a command leads to, or the rule that refuses it.
    fn decide(
        state: &Self::State,
        command: &Self::Command,
    ) -> Result<Vec<Self::Decision>, Self::Rejection>;

    /// The state after all of `events`.
    fn fold<'a>(events: impl IntoIterator<Item = &'a Self::Event>) -> Self::State
    where
        Self::Event: 'a,
    {
        events.into_iter().fold(Self::initial(), Self::evolve)
    }
}

#[cfg(test)]
pub mod harness {
    //! Given–when–then: past, act, outcome, compared by equality.
    use super::Decider;
    use std::fmt::Debug;

    /// A stream's past.
    pub struct Given<D: Decider>(Vec<D::Event>);
    /// A decision taken on that past.
    pub struct When<D: Decider>(Result<Vec<D::Decision>, D::Rejection>);

    /// The events that have happened.
    pub fn given<D: Decider>(events: impl IntoIterator<Item = D::Event>) -> Given<D> {
        Given(events.into_iter().collect())
    }

    impl<D: Decider> Given<D> {
        /// The command that is tried.
        pub fn when(self, command: D::Command) -> When<D> {
            let state = D::fold(self.0.iter());
            When(D::decide(&state, &command))
        }
    }

    impl<D: Decider> When<D>
    where
        D::Decision: PartialEq + Debug,
        D::Rejection: PartialEq + Debug,
    {
        /// The events it must lead to.
        #[track_caller]
        pub fn then(self, expected: impl IntoIterator<Item = D::Decision>) {
            assert_eq!(self.0, Ok(expected.into_iter().collect()));
        }
        /// The rule that must refuse it.
        #[track_caller]
        pub fn rejected(self, expected: D::Rejection) {
            assert_eq!(self.0, Err(expected));
        }
    }
}
