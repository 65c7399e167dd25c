//! Competitions and 竞赛晋升: contests, their places, confirmed and shown, and the levels they give.

use super::Province;
use super::ask::stream_id_of;
use super::sessions::numbers_of;
use crate::app::AppError;
use crate::domain::ids::{CompetitionId, WorkerId};
use crate::domain::level::SkillLevel;
use crate::domain::number::CertificateNumber;
use crate::domain::route::Route;
use jiff::Span;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// Contestants of a group whose places are entered.
const PLACES: usize = 24;
/// Those who ask for the level; the last of them were too low.
const ASK: usize = 14;

/// Tier, class, name.
const TIERS: [(&str, Option<&str>, &str); 4] = [
    ("municipal", None, "示范市职业技能竞赛"),
    ("provincial", Some("一类"), "示范省一类职业技能大赛"),
    ("national", None, "全国行业职业技能竞赛（示范）"),
    ("enterprise", None, "示范企业岗位练兵"),
];

impl Province<'_, '_> {
    /// The province's own rules of promotion, made up: a share, a rank, once a year.
    pub(super) async fn adopt_promotion_rules(&mut self) -> Result<(), AppError> {
        let rule = |id: &str, tier: &str, group: &str, reach: Value, ladder: &[&str]| {
            json!({
                "id": id,
                "jurisdiction": "320000",
                "competitions": [{"tier": tier}],
                "group": group,
                "reach": reach,
                "ladder": ladder,
                "once_a_year": true,
                "effective_from": "2024-01-01",
                "source": "演示：示范省竞赛晋升规定，非官方文本",
                "verified": false,
            })
        };
        let to = |rank: u32| json!({"kind": "rank", "to": rank});
        let share = json!({"kind": "share", "percent": 30});
        let rules = json!([
            rule(
                "demo-p-staff",
                "provincial",
                "staff",
                to(10),
                &["two", "one"]
            ),
            rule(
                "demo-p-student",
                "provincial",
                "student",
                to(10),
                &["three"]
            ),
            rule(
                "demo-m-staff",
                "municipal",
                "staff",
                to(6),
                &["three", "two"]
            ),
            rule(
                "demo-e-staff",
                "enterprise",
                "staff",
                share,
                &["four", "three"]
            ),
        ]);
        let adopt = json!({"edition": "demo-js-2024", "rules": rules});
        self.did("route.adopt-promotion-rules", adopt.clone())
            .await?;
        self.refused("route.adopt-promotion-rules", adopt, "an edition twice")
            .await
    }

    /// Competitions two by two in an occupation, the lower tier first: some win twice a year, and
    /// are promoted once.
    pub(super) async fn compete(&mut self) -> Result<Vec<CertificateNumber>, AppError> {
        let mut numbers = Vec::new();
        let competitions = self.scale.of(24, 2);
        for nth in 0..competitions {
            let at = nth / 2 % self.assessors.len();
            let first = date(2025, 5, 10).saturating_add(Span::new().days((nth % 24) as i64 * 10));
            let (competition, placed) = self.hold(nth, at, first).await?;
            let day = first.saturating_add(Span::new().days(20));
            let code = format!("{}-竞赛晋升{}", day.strftime("%Y%m"), nth + 1);
            let mut request = self.request(at, day, code, &SkillLevel::CERTIFIED)?;
            request.route = Route::Competition;
            request.examiners.clear();
            let session = self.open(request).await?;
            let rows = placed.iter().take(ASK).map(|worker| {
                json!({
                    "session": session,
                    "worker": worker,
                    "competition": competition,
                    "on": day,
                })
            });
            let entered = self.rows("route.enter-promotion", rows.collect()).await?;
            self.count("promotions", entered.accepted);
            self.count("rows refused", entered.refused);
            self.note_levels(&entered.events);
            if entered.accepted > 0 {
                numbers.extend(numbers_of(self.finish(session, day).await?));
            }
            if nth.is_multiple_of(4) {
                self.withdraw_place(competition, &placed, at).await?;
            }
        }
        let words = [("count", competitions.to_string())];
        self.stage.step("province-competitions", &words);
        Ok(numbers)
    }

    /// One competition from its registration to its close; who was placed, best first.
    async fn hold(
        &mut self,
        nth: usize,
        at: usize,
        first: Date,
    ) -> Result<(CompetitionId, Vec<WorkerId>), AppError> {
        let (tier, class, name) = TIERS[nth % TIERS.len()];
        let occupation = self.assessors[at].occupation;
        let after = |days: i64| first.saturating_add(Span::new().days(days));
        let register = json!({
            "code": format!("SF-{}-{:03}", first.year(), nth + 1),
            "name": format!("{name}{}", nth + 1),
            "tier": tier,
            "class": class,
            "organiser": "示范省人力资源和社会保障厅",
            "region": "320100",
            "occupation": [occupation],
            "group": ["staff", "student"],
            "from": first,
            "to": after(2),
            "source": "示范竞赛计划〔2025〕1号",
        });
        let registered = self.did("competition.register", register).await?;
        let competition: CompetitionId = registered.events.first().map_or_else(
            || {
                Err(AppError::NotFound {
                    what: "competition",
                })
            },
            stream_id_of,
        )?;
        self.count("competitions", 1);
        let same = |it: &&super::Person| {
            !it.is_new() && self.assessors[it.assessor].occupation == occupation
        };
        let known: Vec<WorkerId> = self
            .people
            .iter()
            .filter(same)
            .filter_map(|it| it.worker)
            .collect();
        let placed: Vec<WorkerId> = known.iter().copied().take(PLACES).collect();
        let mut rows = Vec::new();
        for (rank, worker) in (1..).zip(&placed) {
            let group = if rank % 4 == 0 { "student" } else { "staff" };
            let prize = match rank {
                1 => Some("gold"),
                2 => Some("silver"),
                3 => Some("bronze"),
                _ => None,
            };
            rows.push(json!({
                "competition": competition,
                "worker": worker,
                "occupation": occupation,
                "group": group,
                "rank": rank,
                "contestants": PLACES.max(40),
                "prize": prize,
                "evidence": [self.digest()],
            }));
        }
        // Nobody is placed twice.
        rows.extend(rows.first().cloned());
        let entered = self.rows("competition.enter-place", rows).await?;
        self.count("places", entered.accepted);
        self.count("rows refused", entered.refused);
        if let Some(last) = placed.last() {
            let strike = json!({
                "competition": competition,
                "worker": last,
                "occupation": occupation,
                "ground": "参赛资格不符",
            });
            self.did("competition.strike-place", strike).await?;
            self.count("places struck", 1);
        }
        let this = json!({"competition": competition});
        self.refused(
            "competition.notice",
            json!({"competition": competition, "on": after(5)}),
            "a notice of places nobody confirmed",
        )
        .await?;
        let proposed = self.did("competition.confirm", this).await?;
        self.approve(&proposed).await?;
        for verb in ["competition.notice", "competition.close"] {
            let request = json!({"competition": competition, "on": after(10)});
            self.did(verb, request).await?;
        }
        let kept = placed.len().saturating_sub(1);
        Ok((competition, placed[..kept].to_vec()))
    }

    /// A place is withdrawn afterwards, by two people.
    async fn withdraw_place(
        &mut self,
        competition: CompetitionId,
        placed: &[WorkerId],
        at: usize,
    ) -> Result<(), AppError> {
        let Some(worker) = placed.last() else {
            return Ok(());
        };
        let withdraw = json!({
            "competition": competition,
            "worker": worker,
            "occupation": self.assessors[at].occupation,
            "ground": "替赛",
            "basis": "示范竞赛处〔2026〕2号",
            "on": date(2026, 4, 1),
        });
        let proposed = self.did("competition.withdraw-place", withdraw).await?;
        self.approve(&proposed).await?;
        self.count("places withdrawn", 1);
        Ok(())
    }
}
