//! Why a certificate says no.

use crate::domain::proposal::{End, ProposalRejection};
use crate::domain::rejection::rejections;
use crate::domain::wording::TextRejection;
use jiff::civil::Date;

rejections! {
    /// The rules of a certificate.
    pub enum CertificateRejection {
        /// There is no such certificate.
        NotIssued = "certificate-not-issued";
        /// A certificate is issued once; later copies are reissues (补发).
        AlreadyIssued = "certificate-already-issued";
        /// Issued before the assessment, or again before the earlier issue.
        DateBefore {
            /// The day it may not be before.
            earliest: Date,
        } = "date-before";
        /// The act's day has not come.
        NotYet {
            /// The act's day.
            on: Date,
        } = "act-not-yet";
        /// A certificate does not correct itself.
        SupersedesItself = "certificate-supersedes-itself";
        /// 撤销, 注销, 吊销 and 作废 are final: a wrong one is mended by issuing anew, linked.
        EndedIsFinal {
            /// How it ended.
            end: End,
        } = "certificate-ended";
        /// Its correction took its place; what is to be done is done to that one.
        SupersededIsFinal = "certificate-superseded";
        /// It is suspended already.
        AlreadySuspended = "certificate-already-suspended";
        /// Nothing to reinstate.
        NotSuspended = "certificate-not-suspended";
        /// A suspended certificate is neither reissued nor corrected.
        Suspended = "certificate-suspended";
        /// A correction needs the number that takes its place.
        SuccessorMissing = "successor-missing";
        /// Only a correction has a successor.
        SuccessorUnasked = "successor-unasked";
        /// A correction names what it corrects.
        NothingCorrected = "nothing-corrected";
        /// A certificate is not its own twin.
        TwinOfItself = "certificate-twin-of-itself";
        /// 一试双证 pairs a level certificate with an enterprise certificate; an enterprise
        /// certificate is issued in such a pair only (row 59).
        TwinUnfit = "certificate-twin-unfit";
        /// Only the other certificate of the same assessment ends with this one.
        NotTwin = "certificate-not-twin";
        /// The authority awarded the level by recognition (比照认定) and withdraws it, with its
        /// certificate; the body that issued the document suspends it or ends it by 注销 or 作废.
        RecognitionDecides = "certificate-recognition-decides";
        /// Only the certificate of the level that the recognition awarded ends with it.
        NotOfRecognition = "certificate-not-of-recognition";
        /// Only a certificate of a level assessed states a work type (工种).
        WorkTypeUnasked = "work-type-unasked";
        /// What the assessment decided is no matter of correction (更正): body, session, worker,
        /// route, occupation, level, item, grade.
        CorrectionChangesAward = "correction-changes-award";
        /// The issue sequence is used up.
        TooManyReissues = "too-many-reissues";
        @nested
        /// About the proposal.
        Proposal(ProposalRejection);
        @nested
        /// About a text.
        Text(TextRejection);
    }
}
