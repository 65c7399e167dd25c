## Routes to a level

route = { $route ->
    [direct-recognition] direct recognition (直接认定)
    [competition] competition (竞赛晋升)
    [apprentice-grading] grading after apprenticeship (转正定级)
    [appointment] appointment (评聘)
    [recognition] recognition (比照认定)
   *[assessment] assessment (考核认定)
}

reject-route-unfit = level { $level } is not reached by { route }
    .rule = 人社部发〔2022〕14号: 特级技师 and 首席技师 come by appointment only; rule of this ledger: a recognition comes without a session, every other route by one
    .need = the route that belongs to the level

## Competitions

reject-competition-not-registered = there is no such competition
    .rule = rule of this ledger: places belong to a registered competition
    .need = the competition registered first
reject-competition-already-registered = the competition is registered already
    .rule = rule of this ledger: a competition is registered once
    .need = another competition
reject-competition-contests-missing = the competition has no contest, or more than 200
    .rule = rule of this ledger: a competition has contests
    .need = 1 to 200 contests
reject-competition-contest-twice = occupation { $occupation } is contested twice in one group
    .rule = rule of this ledger: one contest an occupation and group
    .need = the second one taken out
reject-competition-contest-without-levels = occupation { $occupation } is outside major groups 3 to 6: no level to be promoted to
    .rule = 职业分类大典 2022; levels exist for major groups 3 to 6
    .need = an occupation of major groups 3 to 6
reject-competition-dates-disagree = the last day of the competition is before the first
    .rule = rule of this ledger: days are in order
    .need = the days put right
reject-competition-not-yet-held = the competition ends on { $ends_on }; no place is entered before
    .rule = rule of this ledger: places are entered after the competition
    .need = to be entered on { $ends_on } or later
reject-competition-contest-unknown = the competition has no contest of { $occupation } in this group
    .rule = rule of this ledger: a place belongs to a registered contest
    .need = the occupation or the group put right
reject-competition-place-twice = the contestant has a place in this occupation already
    .rule = rule of this ledger: one place a person and occupation
    .need = the wrong place struck first
reject-competition-place-unknown = there is no such place
    .rule = rule of this ledger: only an entered place is changed
    .need = the contestant and the occupation checked
reject-competition-rank-impossible = place { $rank } of { $contestants } cannot be, or another place of the contest names another number, or more have a place than took part
    .rule = rule of this ledger: places run from 1 to the number of contestants, one number a contest, and no more places than contestants
    .need = the place and the number checked
reject-competition-evidence-missing = the place has no evidence, or more than 50 pieces
    .rule = rule of this ledger: a place rests on the book of results or the like
    .need = 1 to 50 pieces of evidence
reject-competition-too-many-places = a competition holds at most { $most } places
    .rule = rule of this ledger
    .need = a second competition
reject-competition-no-places = there are no places
    .rule = rule of this ledger: places are entered before they are confirmed
    .need = at least one place
reject-competition-places-confirmed = the places are confirmed and do not change
    .rule = rule of this ledger: after confirmation a place is only withdrawn
    .need = a withdrawal by two people after the close
reject-competition-proposal-changed = the places changed after they were proposed
    .rule = rule of this ledger: what is approved is what was proposed
    .need = a new proposal
reject-competition-not-confirmed = the places are not confirmed
    .rule = rule of this ledger: two people confirm before the notice
    .need = the approval of a second person
reject-competition-notice-already-started = the notice has begun
    .rule = rule of this ledger: one notice
    .need = its end
reject-competition-notice-dates-disagree = the days of the notice contradict each other, or begin before the competition ended
    .rule = rule of this ledger: the notice follows the competition
    .need = the days put right
reject-competition-notice-not-started = the places were not shown
    .rule = rule of this ledger: nothing closes that was not shown
    .need = the notice first
reject-competition-notice-running = the notice runs; it may close from { $closes_on }
    .rule = rule of this ledger: the notice runs to its end
    .need = to wait until { $closes_on }
reject-competition-already-closed = the competition is closed
    .rule = rule of this ledger: it is closed once
    .need = nothing
reject-competition-not-closed = the competition is not closed: a place is struck, not withdrawn
    .rule = rule of this ledger: a place is withdrawn after the close
    .need = the place struck
reject-competition-place-withdrawn = the place is withdrawn already
    .rule = rule of this ledger: a place is withdrawn once
    .need = nothing
reject-competition-before-close = the date is before the close on { $closed_on }
    .rule = rule of this ledger
    .need = { $closed_on } or later

## Promotion by competition

reject-promotion-place-not-standing = the place does not stand: the competition is open, or the place was withdrawn
    .rule = rule of this ledger: promotion rests on a standing place of a closed competition
    .need = a standing place
reject-promotion-before-competition-closed = the competition closed on { $closed_on }; no promotion before
    .rule = rule of this ledger
    .need = { $closed_on } or later
reject-promotion-no-rule = no rule of that place and day promotes from competitions of this tier, class and group
    .rule = promotion rules by place and day, as adopted
    .need = an adopted rule, or ordinary assessment
reject-promotion-place-too-low = the place is not among those promoted
    .rule = promotion rules as adopted
    .need = a place, share or prize that the rule names
reject-promotion-nothing-above = level { $held } is held; the rule gives nothing above
    .rule = promotion rules as adopted
    .need = assessment or appointment
reject-promotion-once-a-year = promoted from a competition in { $year } already
    .rule = one promotion from competitions a person and year (天津 2024-10-25 and the like)
    .need = another year, or ordinary assessment

## Direct recognition

reject-direct-employer-only = direct recognition is an employer’s
    .rule = 国就劳发〔2025〕4号 十四； 浙江 技能促富 七
    .need = a body filed as an employer
reject-direct-not-staff = the worker is not on the staff of this employer that day
    .rule = 国就劳发〔2025〕4号 十四； for its own staff
    .need = a record of work for this employer on that day
reject-direct-ground-unknown = no such ground of direct recognition applies there that day
    .rule = 国就劳发〔2025〕4号 十四； grounds of the province as adopted
    .need = the code of an adopted ground
reject-direct-evidence-missing = direct recognition rests on evidence
    .rule = rule of this ledger: a ground has evidence
    .need = at least one piece of evidence
reject-direct-level-below-floor = the ground gives level { $lowest } and above, not { $level }
    .rule = 浙江 技能促富 七: 高级工 and above
    .need = level { $lowest } or above
reject-direct-level-unfit = { $level } is not reached by direct recognition
    .rule = rule of this ledger: direct recognition gives levels 5 to 1
    .need = a level from 5 to 1; appointment for the two highest
reject-route-level-held = level { $held } is held, which is not below what is asked for
    .rule = rule of this ledger: a level is not awarded again
    .need = a higher level

## Appointment

reject-appointment-employer-only = only a filed employer appoints 特级技师 and 首席技师
    .rule = 人社部发〔2022〕14号
    .need = an employer with a filing
reject-appointment-level-unfit = appointment leads to 特级技师 and 首席技师 only, not to { $level }
    .rule = 人社部发〔2022〕14号
    .need = ordinary assessment
reject-appointment-policy-missing = no policy of appointment to { $level } applies there that day
    .rule = 人社部发〔2022〕14号; provincial policies as adopted
    .need = an adopted policy
reject-appointment-not-in-post = the worker is not in post at this employer that day
    .rule = 在职在岗, dispatched and outsourced included (成都 2025)
    .need = a record of work there on that day
reject-appointment-prior-level-missing = level { $level } is not held in the occupation
    .rule = policy of appointment as adopted
    .need = level { $level } first
reject-appointment-prior-level-too-short = level { $level } is held long enough from { $until } on
    .rule = policy of appointment as adopted
    .need = to wait until { $until }
reject-appointment-review-incomplete = the parts of the review are not those of the policy (业绩评审, 现场答辩, 综合评审)
    .rule = policy of appointment as adopted
    .need = one mark for each part
reject-promotion-other-level = the rule gives level { $gives }, not { $level }
    .rule = promotion rules as adopted
    .need = the level that the rule gives
reject-appointment-term-outside = a term has { $least } to { $most } years
    .rule = policy of appointment as adopted
    .need = another term

## Apprenticeship

reject-apprenticeship-policy-missing = no policy of this kind of apprenticeship applies there that day, or it takes no interns
    .rule = policy of apprenticeship as adopted
    .need = an adopted policy, or the other kind
reject-apprenticeship-target-outside = this kind of apprenticeship does not aim at level { $level }
    .rule = 企业新型学徒制: 中级工 and 高级工, in 浙江 also 技师
    .need = a level that the policy names
reject-apprenticeship-agreement-length = an agreement has { $least } to { $most } months
    .rule = policy of apprenticeship; half a year or more for interns (浙江 六, 四川 十四)
    .need = an agreement of { $least } to { $most } months
reject-grading-employer-only = grading after apprenticeship is the employer’s
    .rule = 人社部发〔2022〕14号
    .need = the employer of the apprentice
reject-grading-apprenticeship-not-completed = no apprenticeship of this occupation was completed with this employer
    .rule = 人社部发〔2022〕14号: grading follows the end of apprenticeship
    .need = the completion recorded first
reject-grading-apprenticeship-used = That apprenticeship was graded on { $graded_on } and is not graded again
    .rule = Rule of this ledger: an apprenticeship completed is graded once (人社部发〔2022〕14号)
    .need = Apply for a higher level by its conditions, or record an apprenticeship completed since
reject-grading-level-above-target = level { $level } is above the aim of the apprenticeship, { $target }
    .rule = rule of this ledger: grading gives no more than was aimed at
    .need = level { $target } or below

## Posts

reject-appointment-not-awarded = the level of this post was not awarded by that session of appointment, or no longer stands
    .rule = 人社部发〔2022〕14号
    .need = the session of appointment closed first
reject-appointed-twice = this session of appointment has led to its appointment
    .rule = rule of this ledger: one appointment a session
    .need = a renewal
reject-appointment-running = another appointment runs, or was held on some of these days
    .rule = rule of this ledger: one post on any day
    .need = the other one ended first, and a term that begins after it
reject-appointment-unknown = there is no such appointment
    .rule = rule of this ledger
    .need = the session of appointment checked
reject-appointment-ended = the appointment has ended
    .rule = rule of this ledger: what has ended does not change
    .need = a new appointment
reject-appointment-over = the term ran out on { $to }
    .rule = rule of this ledger: a term that has run out ends by its event first
    .need = its end recorded as term-over
reject-performance-year-outside = { $year } is no year of the term so far
    .rule = rule of this ledger: a year of the term is reviewed
    .need = a year of the term
reject-performance-reviewed-twice = { $year } was reviewed
    .rule = rule of this ledger: a year is reviewed once
    .need = another year
reject-performance-not-passed = no passed review of performance in this term
    .rule = rule of this ledger: each term is renewed on a passed review of its own
    .need = a last review, in this term, that was passed
reject-appointment-term-not-over = the term is over from { $earliest } on
    .rule = rule of this ledger
    .need = to wait until { $earliest }, or another ground
reject-appointment-end-follows = this end follows from another act and is not asked for
    .rule = rule of this ledger
    .need = the higher appointment, or the withdrawal of the level

## Apprentices

reject-apprenticeship-own-master = nobody is his own master
    .rule = rule of this ledger
    .need = another master
reject-apprenticeship-without-levels = occupation { $occupation } is outside major groups 3 to 6
    .rule = 职业分类大典 2022; levels exist for major groups 3 to 6
    .need = an occupation of major groups 3 to 6
reject-apprenticeship-intern-not-graduating = no study on record graduates in { $year }: no intern of the graduation year
    .rule = 浙江 技能促富 六, 四川 十四: graduates of the year
    .need = the study recorded, with its day of graduation
reject-apprenticeship-running = another apprenticeship runs, or ran on some of these days
    .rule = rule of this ledger: one apprenticeship on any day
    .need = the other one completed or ended first, and an agreement that does not overlap it
reject-apprenticeship-unknown = there is no such apprenticeship
    .rule = rule of this ledger
    .need = the record checked
reject-apprenticeship-over = the apprenticeship was completed or ended
    .rule = rule of this ledger
    .need = nothing
reject-apprenticeship-not-over = the apprenticeship runs until { $earliest }
    .rule = rule of this ledger: it is completed at its end
    .need = to wait until { $earliest }, or to end it

## Honours

reject-honour-twice = the same honour stands already
    .rule = rule of this ledger: an honour is recorded once
    .need = another honour
reject-honour-unknown = there is no such honour
    .rule = rule of this ledger
    .need = the record checked
reject-honour-withdrawn = the honour is withdrawn
    .rule = rule of this ledger
    .need = nothing

## Skill passport

passport-worker-appointed = appointed to a post
passport-worker-performance-reviewed = performance reviewed
passport-worker-appointment-renewed = appointed again
passport-worker-appointment-ended = appointment ended
passport-worker-apprenticeship-started = apprenticeship begun
passport-worker-apprenticeship-completed = apprenticeship completed
passport-worker-apprenticeship-ended = apprenticeship ended early
passport-worker-honour-conferred = honour conferred
passport-worker-honour-withdrawn = honour withdrawn

## Tables

reject-route-rule-unsound = rule { $rule } cannot be: no rising row of levels, a share beyond a hundred, terms in the wrong order, or a level out of place
    .rule = rule of this ledger: a rule can be applied
    .need = the rule put right

## Operations

group-award = levels awarded
group-competition = competitions
group-route = direct recognition, promotion, appointment, grading
group-appointment = posts
group-apprenticeship = apprenticeships
group-honour = honours
thing-competition = competition
thing-appointment = appointment
thing-apprenticeship = apprenticeship
