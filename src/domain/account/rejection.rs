//! Why an account says no.

use crate::domain::rejection::rejections;
use crate::domain::wording::TextRejection;

rejections! {
    /// The rules of an account.
    pub enum AccountRejection {
        /// There is no such account.
        NotOpened = "account-not-opened";
        /// An account is opened once.
        AlreadyOpened = "account-already-opened";
        /// A closed account stays closed.
        Closed = "account-closed";
        /// An account has at least one role, each once.
        RolesUnsound = "account-roles-unsound";
        /// A body's role belongs to a body.
        BodyMissing = "account-body-missing";
        /// The authority's roles belong to no body.
        BodyUnasked = "account-body-unasked";
        /// An auditor reads everything and changes nothing: no other role beside it.
        AuditorActs = "account-auditor-acts";
        /// Whoever proposes never approves (经办与复核分离): an account makes or checks.
        MakesAndChecks = "account-makes-and-checks";
        /// The new token is the old one.
        TokenUnchanged = "account-token-unchanged";
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
