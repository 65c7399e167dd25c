//! Stream `body` (评价机构 / 培训机构): filing, scope, keys, number serials, status lists.

pub mod event;
