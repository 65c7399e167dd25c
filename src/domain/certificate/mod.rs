//! Stream `certificate` (职业技能等级证书): issued, reissued, suspended, reinstated, superseded,
//! and the four ends.

pub mod event;
