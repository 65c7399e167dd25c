//! Stream `authority` (主管部门): genesis, authority and log keys, calendars, notice periods,
//! published trust lists.

pub mod event;
