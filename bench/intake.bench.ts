import { expect, test } from "vitest";
import { openCsv } from "@/lib/connection/intake/format/csv";
import { describeMachine } from "./machine";

const ROWS = 1_000_000;
const CHUNK_BYTES = 1_048_576;
const ID = "K7-4711";
const HEADER =
  "IntegrationID;CompUserKey01;Name;OrgNo;PostalAddress1;City;Phone1;Amount;IntegrationIDCheck\r\n";

/** Every tenth row has quotes, every hundredth a line break in them. */
function rowOf(index: number): string {
  const name =
    index % 100 === 0
      ? `"Firma\r\nÅ ${index}"`
      : index % 10 === 0
        ? `"Firma; ""${index}"""`
        : `Firma ${index}`;
  return `${ID};C${index};${name};FI${index};Mannerheimintie ${index % 300};Helsinki;+358 40 ${index};${index},50;${ID}\r\n`;
}

/** The file in chunks as the database gives them, made while it is read. */
function* makeFile(progress: { bytes: number }): Generator<Uint8Array> {
  let chunk = HEADER;
  for (let index = 0; index < ROWS; index += 1) {
    chunk += rowOf(index);
    if (chunk.length < CHUNK_BYTES && index < ROWS - 1) continue;
    const bytes = Buffer.from(chunk);
    progress.bytes += bytes.length;
    yield bytes;
    chunk = "";
  }
}

test("a CSV of 1,000,000 rows", async () => {
  const machine = describeMachine();
  const making = performance.now();
  const made = { bytes: 0 };
  for (const _chunk of makeFile(made));
  const makingSeconds = (performance.now() - making) / 1000;

  const started = performance.now();
  let [rows, problems, peak] = [0, 0, 0];
  const opened = await openCsv(makeFile({ bytes: 0 }), { envelope: "required", integrationId: ID });
  if ("problem" in opened) throw new Error(opened.problem.code);
  for await (const batch of opened.rows()) {
    rows += batch.length;
    for (const row of batch) if (row.problem) problems += 1;
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - started) / 1000 - makingSeconds;
  expect([rows, problems]).toEqual([ROWS, 0]);
  console.log(machine);
  console.log(
    `${rows.toLocaleString("en")} rows, ${(made.bytes / 1e6).toFixed(0)} MB: read and checked in ${seconds.toFixed(1)} s, ` +
      `${(made.bytes / 1e6 / seconds).toFixed(0)} MB/s; resident at most ${(peak / 1e6).toFixed(0)} MB`,
  );
});
