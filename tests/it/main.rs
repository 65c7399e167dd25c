//! Everything that needs an engine, a socket or a process. One binary: a list of modules.

mod contract;
mod import_results;
mod rejections;
mod sqlite_store;
mod store_audit;
mod vectors;
mod view;
