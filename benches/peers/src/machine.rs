//! What the machine is like, without its name.

use anyhow::Result;
use std::fs::{File, read_to_string};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Load averages of 1, 5 and 15 minutes.
pub fn load() -> String {
    let text = read_to_string("/proc/loadavg").unwrap_or_default();
    let parts: Vec<&str> = text.split_whitespace().take(3).collect();
    parts.join(" ")
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Durable writes of 8 KiB a second, one after the other.
pub fn durable_writes(folder: &Path) -> Result<f64> {
    let path = folder.join("durable");
    let file = File::create(&path)?;
    file.write_all_at(&[1; 8 << 10], 0)?;
    file.sync_all()?;
    let (began, mut times) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(1) {
        file.write_all_at(&[2; 8 << 10], 0)?;
        file.sync_data()?;
        times += 1;
    }
    let rate = f64::from(times) / began.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(rate)
}

/// Cores, processor and memory.
pub fn facts() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_default();
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kib: u64 = memory
        .trim_end_matches("kB")
        .trim()
        .parse()
        .unwrap_or_default();
    format!("{cores} cores ({processor}), {} GiB", kib >> 20)
}
