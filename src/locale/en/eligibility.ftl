## Application conditions and standards
reject-standard-twice = standard { $standard } stands twice in this adoption
    .rule = rule of this ledger: a standard of one kind, code and edition stands once in an adoption
    .need = one of the two left out
reject-standard-template-twice = template { $template } stands twice in this adoption
    .rule = rule of this ledger: a template stands once in an adoption
    .need = one of the two left out
reject-standard-template-unknown = there is no template { $template }
    .rule = rule of this ledger: a template that a standard names is adopted before or with it
    .need = the template in the same adoption, or one that is adopted
reject-condition-rule-twice = condition { $rule } is listed twice
    .rule = rule of this ledger: every application condition of a document has an id of its own
    .need = another id
reject-condition-unsound = condition { $rule } cannot be judged: something is empty, too deep, too long, or its years have nothing to run from
    .rule = rule of this ledger: an application condition can be judged leaf by leaf, and years run from what was obtained
    .need = no empty part, years of at least 1, at most 6 levels and 40 leaves
reject-standard-hours-missing = condition { $rule } asks for the standard hours, and the standard has none for that level
    .rule = national standards, training hours; rule of this ledger: without hours nothing can be judged
    .need = the hours of that level, or hours in the condition itself
reject-standard-level-unfit = level { $level } of { $standard } is not applied for, or stands twice
    .rule = 人社部发〔2022〕14号: levels 5 to 1 are applied for; rule of this ledger: each is listed once
    .need = levels 5 to 1, each once
reject-standard-level-without-conditions = { $standard } opens level { $level } without conditions for it
    .rule = rule of this ledger: every opened level has conditions, of the standard or of its template
    .need = conditions of that level, or a template that has them
reject-standard-occupation-unfit = occupations of the main group of { $occupation } have no skill levels
    .rule = 职业分类大典 2022: main groups 3 to 6 have levels
    .need = an occupation of main groups 3 to 6
reject-standard-kind-unfit = the kind of standard { $standard } does not fit what it is about
    .rule = specifications of special skills are about items, national standards and norms about occupations
    .need = the kind that fits
reject-standard-dates-disagree = the last day of standard { $standard } is before its first
    .rule = rule of this ledger: the last day is not before the first
    .need = other days
reject-standard-size-unfit = { $standard } opens nothing, or lists too much
    .rule = rule of this ledger: at least one level or condition; at most 40 conditions a level and 200 related occupations
    .need = something opened, or less listed

thing-standard = standard that applies on that day

## Words of application conditions
eligibility-met = { $what }: may be applied for on { $on } ({ $rules })
eligibility-until = { $what }: not yet on { $on }; by what is on record from { $until }
eligibility-unmet = { $what }: may not be applied for on { $on }; something is to be obtained or shown first
eligibility-not-opened = { $what }: the standard does not open this level
eligibility-standard = standard { $code }, edition { $edition }; by { $source }{ $verified }
eligibility-leaf-met = met
eligibility-leaf-until = met from { $until }
eligibility-leaf-unmet = missing
eligibility-days = { " " }({ $have } days counted, { $need } needed)
eligibility-hours = { " " }({ $have } class hours, { $need } needed)
eligibility-evidence = { $kind ->
    [birth] date of birth (sealed)
    [application] this application
    [level] level { $what }
    [record] record { $what }
    [training] training { $what }
    [apprenticeship] apprenticeship { $what }
   *[shown] shown: { $what }
}
condition-reach = { $reach ->
    [own] this occupation
   *[related] this or a related occupation
}
condition-or = { " or " }
condition-all-of = each of these:
condition-any-of = any of these:
condition-after = { $counted ->
    [none] { "" }
    [work] { "" }, then { $years } full years of work in { condition-reach }, added up
   *[time] { "" }, { $years } full years ago
}
condition-age = { $years } years old
condition-intends = intends to work in this or a related occupation
condition-works = works in { condition-reach }
condition-work-years = { $years } full years of work in { condition-reach }, added up
condition-level = { $level } in { condition-reach }{ $after }
condition-study = { $states }: { $speciality ->
    [yes] speciality of this occupation,
   *[no] { "" }
} { $schools } { $education }{ $after }
condition-study-state = { $word ->
    [graduated] graduated
    [graduation-year] student in the year of graduation
   *[in-progress] student
}
condition-school = { $word ->
    [technician-school-intermediate] technician school, intermediate class
    [technician-school-senior] technician school, senior class
    [technician-school-technician] technician school, technician class
    [secondary-vocational] secondary vocational school
    [higher-vocational] higher vocational school
    [university] university
    [high-school] high school
   *[other] another school
}
condition-education = { $word ->
    [junior-middle] (junior middle school or above)
    [high-school] (high school or above)
    [secondary] (secondary or above)
    [college] (college or above)
    [bachelor] (bachelor or above)
    [master] (master or above)
   *[doctor] (doctor)
}
condition-title = professional title of a corresponding speciality, { $grades }{ $after }
condition-title-grade = { $word ->
    [technician] technician grade
    [assistant] assistant grade
    [intermediate] intermediate grade
    [associate-senior] associate senior grade
   *[senior] senior grade
}
condition-outside = { $certificate } in { condition-reach }{ $after }
condition-certificate = { $word ->
    [level-certificate] skill level certificate
    [vocational-qualification] vocational qualification certificate
    [preparatory-technician] preparatory technician certificate
    [foreign] foreign certificate
    [hong-kong-macao-taiwan] certificate of Hong Kong, Macao or Taiwan
    [industry] industry certificate
    [operating-permit] operating permit
   *[competition] competition certificate
}
condition-apprenticeship = apprenticeship in { condition-reach } served to its end
condition-training = { $hours ->
    [standard] training of the standard hours, passed
   *[other] training of { $hours } class hours, passed
}
