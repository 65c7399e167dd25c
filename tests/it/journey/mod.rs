//! The whole story through the program: from a body's registration to what a stranger verifies.

mod background;
mod catalogue;
mod edited;
mod lifecycle;
mod once;
mod staff;
mod story;
