//! The whole story through the program: from a body's registration to what a stranger verifies.

mod background;
mod catalogue;
mod coats;
mod edited;
mod items;
mod lifecycle;
mod once;
mod staff;
mod story;
mod wallet;
