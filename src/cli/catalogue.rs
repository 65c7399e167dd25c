//! `catalogue show-standards`: standards as a file that `catalogue adopt-standards` reads.

use super::access::{Answer, answer};
use super::output::{Exit, Output};
use crate::app::eligibility::built_in_standards;
use clap::{Args, Subcommand};
use serde_json::json;

/// Catalogues: occupations, standards and other dated data of the trade (目录).
#[derive(Subcommand)]
pub(super) enum Catalogue {
    ShowStandards(ShowStandards),
}

/// Print the built-in standards and templates, a demonstration, in the form that
/// `catalogue adopt-standards` reads (内置职业标准与申报条件).
#[derive(Args)]
pub(super) struct ShowStandards {
    /// Only the standards whose code ends with this occupation code.
    #[arg(long)]
    occupation: Option<crate::domain::occupation::OccupationCode>,
}

impl Catalogue {
    pub(super) fn run(self, output: &Output) -> Exit {
        match self {
            Self::ShowStandards(show) => answer(output, async { Ok(show.answer()) }),
        }
    }
}

impl ShowStandards {
    fn answer(&self) -> Answer {
        let mut adopted = built_in_standards();
        if let Some(occupation) = self.occupation {
            adopted
                .standards
                .retain(|it| it.occupation() == Some(occupation));
        }
        let document = json!(adopted);
        Answer::done(document.clone(), vec![format!("{document:#}")])
    }
}
