//! The benchmarks and fuzz targets are crates of their own, which the ordinary tests do not build: their
//! lock files are held to ours here, so that what `docs/` tells a reader to run does run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What every build of the product depends on: the names in `[dependencies]` that are not optional.
fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = manifest
        .split("\n[")
        .find_map(|it| it.strip_prefix("dependencies]"));
    section
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.contains("optional = true"))
        .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
        .collect()
}

/// What a lock file has of the product's dependencies.
fn locked(lock: &Path) -> BTreeSet<String> {
    let lock = fs::read_to_string(lock).unwrap();
    let product = lock
        .split("[[package]]")
        .find(|it| it.contains("\nname = \"skill-ledger\"\n"));
    let (_, listed) = product.unwrap().split_once("dependencies = [").unwrap();
    let (listed, _) = listed.split_once(']').unwrap();
    // A name, and a version behind it where there are several.
    let names = listed.split('"').skip(1).step_by(2);
    names
        .filter_map(|it| it.split(' ').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_crate_beside_the_product_locks_all_that_it_depends_on() {
    let mut beside = vec![root().join("tests/fuzz")];
    let benches = fs::read_dir(root().join("benches")).unwrap();
    let benches = benches.map(|it| it.unwrap().path());
    beside.extend(benches.filter(|it| it.join("Cargo.toml").is_file()));
    let locks: Vec<PathBuf> = beside.iter().map(|it| it.join("Cargo.lock")).collect();
    assert!(locks.len() > 4, "{locks:?}");
    let needed = dependencies();
    assert!(needed.len() > 30 && needed.contains("sqlx"), "{needed:?}");
    for lock in locks {
        let has = locked(&lock);
        let lacks: Vec<_> = needed.difference(&has).collect();
        assert!(
            lacks.is_empty(),
            "{} lacks {lacks:?}: run cargo update --workspace beside it",
            lock.display()
        );
    }
}
