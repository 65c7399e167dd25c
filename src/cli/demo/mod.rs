//! `demo`: the main job end to end on sheets shipped with the program, in a fresh directory.

mod answer;
mod assess;
mod certify;
mod face;
mod province;
mod stage;
mod tamper;

use super::access::show_error;
use super::output::{Exit, Output};
use crate::app::AppError;
use clap::Args;
use stage::Stage;
use std::path::PathBuf;

/// Runs the main job on the sample sheets, end to end, and leaves its files to look at (演示).
#[derive(Args)]
pub(super) struct Demo {
    /// Directory to make; a fresh one is made and named if not given.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Make a province in miniature instead: 1 is 200 bodies and 20,000 workers.
    #[arg(long, value_name = "N")]
    scale: Option<province::Scale>,
    /// Seed of the province: the same seed makes the same people, careers and refusals.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "scale")]
    seed: u64,
}

impl Demo {
    pub(super) fn run(self, output: &Output) -> Exit {
        let runtime = match tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
        {
            Ok(runtime) => runtime,
            Err(error) => {
                output.say(&error.to_string());
                return Exit::Unable;
            }
        };
        let played = runtime.block_on(async {
            match self.scale {
                Some(scale) => province::play(self.dir, scale, self.seed, output).await,
                None => play(self.dir, output).await,
            }
        });
        match played {
            Ok(exit) => exit,
            Err(error) => show_error(output, &error),
        }
    }
}

/// The chapters of the story, in order.
async fn play(dir: Option<PathBuf>, output: &Output) -> Result<Exit, AppError> {
    let mut stage = Stage::set(dir, output).await?;
    let bodies = assess::register(&mut stage).await?;
    let sessions = assess::sheets(&mut stage, &bodies).await?;
    assess::confirm(&mut stage, &sessions).await?;
    let mut certificates = certify::issue(&mut stage, &sessions).await?;
    certify::verify_first(&mut stage, &certificates).await?;
    certify::coats(&mut stage, &certificates).await?;
    certify::lives(&mut stage, &mut certificates).await?;
    answer::recognise(&mut stage, &bodies).await?;
    let audit = answer::audit(&mut stage).await?;
    stage.finish(&certificates, &audit).await
}
