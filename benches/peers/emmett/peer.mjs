// Emmett on PostgreSQL in the peer benchmark: asked over stdin, answers over stdout, a line of
// JSON each (src/protocol.rs and src/work.rs say what). Run where its npm packages are.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const packages = createRequire(`${process.argv[2]}/package.json`);
const load = (name) => import(pathToFileURL(packages.resolve(name)).href);
const { getPostgreSQLEventStore, readMessagesBatch } = await load("@event-driven-io/emmett-postgresql");
const { STREAM_DOES_NOT_EXIST } = await load("@event-driven-io/emmett");
const { dumbo } = await load("@event-driven-io/dumbo");
const { default: pg } = await load("pg");

const TYPE = "worker.noted";
const BASE = 1_000_000_000_000;
const BLOCK_STREAMS = 500;
const STREAM_EVENTS = 20;
const PAGE = 5_000;

const hex = (length) => {
  let text = "";
  while (text.length < length) text += Math.random().toString(16).slice(2, 14);
  return text.slice(0, length);
};
const FILLER = hex(4096);

/** An event whose data takes 600 bytes, as everybody's. */
const event = (n) => {
  const at = (n * 37) % (FILLER.length - 600);
  const data = { data: { n: BASE + n, text: "" }, salt: FILLER.slice(at, at + 32) };
  data.data.text = FILLER.slice(at, at + 600 - JSON.stringify(data).length);
  return { type: TYPE, data };
};
const name = (stream) => `worker-${stream.toString().padStart(12, "0")}`;

const now = () => performance.now() * 1000;

const figures = (events, seconds, answers) => {
  answers.sort((a, b) => a - b);
  const at = (share) =>
    answers[Math.min(Math.floor(answers.length * share), answers.length - 1)] ?? 0;
  return { events, seconds, p50_us: at(0.5), p99_us: at(0.99), max_us: at(1) };
};

let store;
let reader;

const open = async ({ url, connections }) => {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  reader = dumbo({ connectionString: url, pool });
  await store.schema.migrate();
  return figures(0, 0, []);
};

const appends = async (callers, size, seconds) => {
  const begin = now() + (seconds * 1e6) / 5;
  const end = begin + seconds * 0.8e6;
  const answers = [];
  let next = 0;
  const call = async () => {
    for (;;) {
      const stream = next++;
      const events = Array.from({ length: size }, (_, place) => event(stream * size + place));
      const asked = now();
      if (asked >= end) return;
      await store.appendToStream(name(stream), events, {
        expectedStreamVersion: STREAM_DOES_NOT_EXIST,
      });
      const answered = now();
      if (answered >= begin && answered <= end) answers.push(answered - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return figures(answers.length * size, (end - begin) / 1e6, answers);
};

// One append has one stream, so the events of a stream lie together. A store to be replayed is
// filled by one caller with large appends: it reads in the order of transactions but goes on after
// a position, and with several writers the two part.
const fill = async (blocks, loads) => {
  const began = now();
  const size = loads ? STREAM_EVENTS : BLOCK_STREAMS;
  const streams = (blocks * BLOCK_STREAMS * STREAM_EVENTS) / size;
  let next = 0;
  const call = async () => {
    for (let stream = next++; stream < streams; stream = next++) {
      const events = Array.from({ length: size }, (_, place) => event(stream * size + place));
      await store.appendToStream(name(stream), events, {
        expectedStreamVersion: STREAM_DOES_NOT_EXIST,
      });
    }
  };
  await Promise.all(Array.from({ length: loads ? 8 : 1 }, call));
  return figures(streams * size, (now() - began) / 1e6, []);
};

// By the function that its consumers pull with, without their checkpoints.
const replay = async (expected) => {
  const began = now();
  let events = 0;
  let after = 0n;
  for (;;) {
    const { messages } = await readMessagesBatch(reader.execute, { after, batchSize: PAGE });
    if (messages.length === 0) break;
    for (const read of messages) {
      if (read.data.data.text.length < 400) throw new Error("a payload is missing");
    }
    events += messages.length;
    after = messages.at(-1).metadata.globalPosition;
  }
  if (events !== expected) throw new Error(`${events} events of ${expected}`);
  return figures(events, (now() - began) / 1e6, []);
};

const loads = async (blocks, times) => {
  const answers = [];
  const began = now();
  for (let time = 0; time < times; time++) {
    const stream = Math.floor(Math.random() * blocks * BLOCK_STREAMS);
    const asked = now();
    const { state } = await store.aggregateStream(name(stream), {
      initialState: () => ({ events: 0, sum: 0 }),
      evolve: (state, read) => ({
        events: state.events + 1,
        sum: state.sum + read.data.data.n - BASE,
      }),
    });
    answers.push(now() - asked);
    const first = stream * STREAM_EVENTS;
    const sum = STREAM_EVENTS * first + (STREAM_EVENTS * (STREAM_EVENTS - 1)) / 2;
    if (state.events !== STREAM_EVENTS || state.sum !== sum) throw new Error("not as written");
  }
  return figures(times, (now() - began) / 1e6, answers);
};

const work = async (asked) => {
  switch (asked.work) {
    case "append":
      return appends(asked.callers, 1, asked.seconds);
    case "batch":
      return appends(1, asked.size, asked.seconds);
    case "fill":
      return fill(asked.blocks, asked.loads);
    case "replay":
      return replay(asked.events);
    case "load":
      return loads(asked.blocks, asked.times);
    default:
      throw new Error("not measured");
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  try {
    const done = asked.url ? await open(asked) : await work(asked);
    process.stdout.write(`${JSON.stringify({ figures: done })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error?.message ?? error) })}\n`);
  }
}
await store?.close();
process.exit(0);
