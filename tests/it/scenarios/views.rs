//! After every sentence the views are written down; at the end they are asked for as of each of
//! those positions, and built again. All bytes must be the same.

use super::world::World;
use skill_ledger::view::Views;
use std::collections::BTreeMap;

/// What every view said at each position a scenario came to.
#[derive(Default)]
pub struct Kept(BTreeMap<u64, String>);

impl Kept {
    /// Writes down what the views say now.
    pub async fn keep(&mut self, world: &World) -> Result<(), String> {
        let (position, rows) = dump(world.ledger.views()).await?;
        self.0.insert(position, rows);
        Ok(())
    }

    /// Asks for every position again, and rebuilds.
    pub async fn compare(&self, world: &World) -> Result<(), String> {
        for (position, rows) in &self.0 {
            let views = world.ledger.views_at(*position).await;
            let views = views.map_err(|error| error.to_string())?;
            same(*position, &dump(&views).await?.1, rows)?;
        }
        // Some use cases leave the views behind, for whoever reads next.
        let reached = world.ledger.refresh_views().await;
        reached.map_err(|error| error.to_string())?;
        let before = dump(world.ledger.views()).await?;
        let rebuilt = world.ledger.rebuild_views().await;
        rebuilt.map_err(|error| error.to_string())?;
        let after = dump(world.ledger.views()).await?;
        same(before.0, &after.1, &before.1)
    }
}

async fn dump(views: &Views) -> Result<(u64, String), String> {
    let mut rows = String::new();
    let told = |table: &'static str, row| {
        rows += &format!("{table} {}\n", serde_json::Value::Object(row));
        true
    };
    let at = views.dump(told).await.map_err(|error| error.to_string())?;
    Ok((at.position, rows))
}

fn same(position: u64, now: &str, then: &str) -> Result<(), String> {
    if now == then {
        return Ok(());
    }
    let other = now.lines().zip(then.lines()).find(|(a, b)| a != b);
    Err(format!("位置 {position} 的视图与当时不同：{other:?}"))
}
