//! Recognitions (比照认定) of one worker: applied for, granted or refused by the authority, and
//! withdrawn by two people if it comes to that. Whoever takes the application does not decide it.

pub mod decide;
pub mod event;
pub mod rejection;
pub mod state;
