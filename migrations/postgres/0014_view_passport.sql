-- view_passport: one row per thing that happened to a worker's skills (技能护照), a timeline: levels,
-- certificates, trainings. The worker is a pseudonym. Written by the projection of worker and
-- certificate events; can be rebuilt. The key makes two entries of one event impossible.
CREATE TABLE view_passport (
    worker   uuid NOT NULL,
    position bigint NOT NULL,
    kind     text COLLATE "C" NOT NULL,
    data     text NOT NULL,
    PRIMARY KEY (worker, position)
);
