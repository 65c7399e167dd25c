//! Proposals as of a position, in PostgreSQL's words.

/// Proposals as of position `$1`, and what is asked of them: what was decided later was open.
macro_rules! proposals {
    ($which:literal) => {
        concat!(
            "WITH known AS (
                 SELECT proposal, stream, act, digest, made_by, expires_at, position,
                     CASE WHEN decided_position <= $1 THEN state ELSE 'open' END AS state,
                     CASE WHEN decided_position <= $1 THEN decided_by END AS decided_by,
                     CASE WHEN decided_position <= $1 THEN reason END AS reason,
                     CASE WHEN decided_position <= $1 THEN decided_position END
                         AS decided_position
                 FROM view_proposal WHERE position <= $1
             )
             SELECT * FROM known WHERE ",
            $which
        )
    };
}

pub(in crate::view) const ONE: &str = proposals!("proposal = $2");
/// A page of those that are open; an index holds just the open ones.
pub(in crate::view) const OPEN_NOW: &str = "SELECT * FROM view_proposal
     WHERE state = 'open' AND position <= $1 AND position > $2 AND expires_at >= $3
     ORDER BY position LIMIT $4";
/// The same as of a past position.
pub(in crate::view) const OPEN_THEN: &str = proposals!(
    "state = 'open' AND position > $2 AND expires_at >= $3
     ORDER BY position LIMIT $4"
);
pub(in crate::view) const OF_STREAM: &str =
    proposals!("stream = $2 AND position > $3 ORDER BY position LIMIT $4");
