import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sql } from "drizzle-orm";
import SftpClient from "ssh2-sftp-client";
import { expect, inject, test } from "vitest";
import { uploads } from "@/db/schema";
import { openCsv } from "@/lib/connection/intake/format/csv";
import { takeUpload } from "@/lib/connection/intake/worker/take-upload";
import { connectForDeliveries } from "@/testing/fixtures/deliveries";
import { openDoor, startTestIntake } from "@/testing/fixtures/intake";
import { addCompany } from "@/testing/fixtures/offboarding";
import { createVendorWorld } from "@/testing/fixtures/vendor-world";
import { describeMachine } from "./machine";

const { rows: ROWS } = inject("intake");
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

/** Customers of Procountor's register, each with a name of its own. */
function* makeCustomers(integrationId: string): Generator<Buffer> {
  let chunk = "IntegrationID;customerNumber;name;email;street;postalCode;city;country;IntegrationIDCheck\r\n";
  for (let index = 0; index < ROWS; index += 1) {
    chunk += `${integrationId};C${index};Firma ${index} Oy;laskut-${index}@example.com;Mannerheimintie ${index % 300};00100;Helsinki;FI;${integrationId}\r\n`;
    if (chunk.length < CHUNK_BYTES && index < ROWS - 1) continue;
    yield Buffer.from(chunk);
    chunk = "";
  }
}

test("a file of as many rows through sFTP: compared and queued, and sent again without a change", async () => {
  const world = await createVendorWorld();
  const intake = await startTestIntake(world.database, world.context);
  try {
    const own = await connectForDeliveries(world, await addCompany(world));
    const door = await openDoor(world.database, own.viewer, own.connectionId);
    const client = new SftpClient();
    await client.connect({
      host: "127.0.0.1",
      port: intake.server.port,
      username: door.userName,
      password: door.password,
    });
    const { admin } = world.database;
    const file = join(await mkdtemp(join(tmpdir(), "kytkin-bench-")), "customers.csv");
    await writeFile(file, makeCustomers(door.integrationId));
    const { size } = await stat(file);
    const load = async (name: string) => {
      const sending = performance.now();
      await client.fastPut(file, `/${name}`);
      const sentSeconds = (performance.now() - sending) / 1000;
      await admin.sql`update uploads set touched_at = now() - interval '10 seconds'`;
      const [upload] = await admin.orm.select().from(uploads).orderBy(sql`created_at desc`).limit(1);
      let peak = 0;
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss);
      }, 50);
      const started = performance.now();
      expect(await takeUpload(world.context, upload?.id ?? "")).toBe(true);
      clearInterval(watch);
      const takenSeconds = (performance.now() - started) / 1000;
      console.log(
        `${name}: ${ROWS.toLocaleString("en")} rows, ${(size / 1e6).toFixed(0)} MB, sent in ${sentSeconds.toFixed(1)} s, read, compared and queued in ` +
          `${takenSeconds.toFixed(1)} s; resident at most ${(peak / 1e6).toFixed(0)} MB, sFTP server and client included`,
      );
    };
    const countStates = async () => {
      const rows = await admin.sql<{ state: string; count: number }[]>`
        select state, count(*)::int as count from delivery_rows where connection_id = ${own.connectionId} group by state`;
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    };
    console.log(describeMachine());
    await load("Customers_first.csv");
    expect(await countStates()).toEqual({ queued: ROWS });
    // As if all of them had been written.
    await admin.sql.begin(async (tx) => {
      await tx`
        insert into written_records (connection_id, partner_id, account_id, entity, key_hash, content_hash, sealed_record, row_id, written_at)
        select connection_id, partner_id, account_id, entity, key_hash, content_hash, '', id, now() from delivery_rows
        where connection_id = ${own.connectionId}`;
      await tx`update delivery_rows set state = 'written', sealed_body = null where connection_id = ${own.connectionId}`;
    });
    await admin.sql`vacuum analyze delivery_rows`;
    await admin.sql`vacuum analyze written_records`;
    await load("Customers_again.csv");
    expect(await countStates()).toEqual({ written: ROWS });
    expect(await admin.sql`select sum(count)::int as count from unchanged_sets`).toEqual([{ count: ROWS }]);
    await client.end();
    await rm(dirname(file), { recursive: true });
  } finally {
    await intake.server.close();
    await world.close();
  }
});
