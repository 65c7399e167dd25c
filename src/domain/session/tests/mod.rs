mod process;
mod route;
mod sheet;
mod staffing;
