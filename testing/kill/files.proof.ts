import { randomInt } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { asc, ne } from "drizzle-orm";
import SftpClient from "ssh2-sftp-client";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { uploadChunks, uploadOpenRows, uploads } from "@/db/schema";
import { sweepIntake } from "@/lib/connection/intake/sweep-intake";
import { tellLaterOutcomes } from "@/lib/connection/intake/worker/tell-later-outcomes";
import { mapConcurrently } from "@/lib/core/map-concurrently";
import { asSystem } from "@/lib/platform/worker-context";
import { waitFor } from "@/testing/wait-for";
import { openDoor, type TestDoor } from "../fixtures/intake";
import { createDeliveryWorld, type DeliveryTarget, type DeliveryWorld } from "./delivery-world";
import { type Kill, killAtRandom, makeRandom } from "./killer";

const { fileRows: COUNT, seed: givenSeed } = inject("kill");
const CONNECTIONS = 2;
const ROWS_A_FILE = 5;
/** So that each kill has something to hit. */
const ROWS_A_KILL = 5;
/** Kills after the last file was taken, while its rows are at the vendor. */
const LAST_KILLS = 2;
/** A file is sent, and a row written, so slowly that kills hit them in the middle. */
const BETWEEN_LINES_MS = 100;
const VENDOR_MS = 250;
const AGAIN_AFTER_MS = 200;
const SWEEP_EVERY_MS = 2_000;
const MINUTE_MS = 60_000;

type Sender = { target: DeliveryTarget; door: TestDoor; files: { name: string; numbers: string[] }[] };

let world: DeliveryWorld;
let senders: Sender[];
beforeAll(async () => {
  world = await createDeliveryWorld(CONNECTIONS);
  senders = [];
  for (const [at, target] of world.targets.entries()) {
    const door = await openDoor(world.postgres.database, target.viewer, target.connectionId);
    const files = Array.from({ length: COUNT / CONNECTIONS / ROWS_A_FILE }, (_, file) => ({
      name: `SalesInvoices_${file}`,
      numbers: Array.from({ length: ROWS_A_FILE }, (_, row) => `${at}-${file}-${row}`),
    }));
    senders.push({ target, door, files });
  }
  await world.vendor.sandbox.setFaults({ latencyMs: VENDOR_MS });
  await world.worker.start();
  await world.intake.start();
}, 5 * MINUTE_MS);
afterAll(() => world.close(), MINUTE_MS);

const seed = givenSeed ?? randomInt(2 ** 31);
const kills: Kill[] = [];

const HEADER =
  "IntegrationID;invoiceNumber;date;customerName;email;lines.product;lines.quantity;lines.unitPrice;lines.vatPercent;IntegrationIDCheck\r\n";
const lineOf = ({ integrationId }: TestDoor, number: string): string =>
  `${integrationId};${number};2026-11-30;Aapasuon Autohuolto Oy;a@example.com;Hire;2;50.00;25.5;${integrationId}\r\n`;

async function* writeSlowly(door: TestDoor, numbers: readonly string[]): AsyncGenerator<Buffer> {
  yield Buffer.from(HEADER);
  for (const number of numbers) {
    await delay(BETWEEN_LINES_MS);
    yield Buffer.from(lineOf(door, number));
  }
}

async function withClient<T>(
  { userName: username, password }: TestDoor,
  work: (client: SftpClient) => Promise<T>,
): Promise<T> {
  const ignore = () => {};
  const client = new SftpClient("kill", { error: ignore, end: ignore, close: ignore });
  try {
    await client.connect({ host: "127.0.0.1", port: world.sftpPort, username, password });
    return await work(client);
  } finally {
    await client.end().catch(ignore);
  }
}

/** Sends a file from its beginning until the server has said that it has it, as a script does that looks at the exit code. */
async function send(door: TestDoor, name: string, numbers: readonly string[]): Promise<void> {
  for (;;) {
    const isSent = await withClient(door, async (client) => {
      await client.put(Readable.from(writeSlowly(door, numbers), { objectMode: false }), `/${name}.csv`);
      return true;
    }).catch(() => false);
    if (isSent) return;
    await delay(AGAIN_AFTER_MS);
  }
}

const admin = () => world.postgres.database.admin;
/** Files that the server has acknowledged, and some whose acknowledgement died with it. */
const listUploads = () =>
  admin().orm.select().from(uploads).where(ne(uploads.state, "receiving")).orderBy(asc(uploads.createdAt));

/** What the worker does every few minutes, more often; and as if whoever took a file were long gone. */
async function sweep(): Promise<void> {
  const { context } = world.vendor;
  await admin().sql`
    update uploads set look_at = now(), taken_at = taken_at - interval '20 minutes' where state in ('taken', 'done')`;
  await asSystem(context, "sweep intake", (tx) => sweepIntake(tx));
  await tellLaterOutcomes(context);
}

/** Of the lines of a file: what its first result says, and what the last one does. */
async function readResults(client: SftpClient, stem: string) {
  const names = (await client.list("/Result")).map(({ name }) => name);
  const numberOf = (name: string) => Number(/\.result-(\d+)\.csv$/.exec(name)?.[1] ?? 1);
  const own = names
    .filter((name) => name.startsWith(`${stem}.result`))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
  const first: string[] = [];
  const outcomes = new Map<string, string>();
  for (const name of own) {
    const text = String(await client.get(`/Result/${name}`)).replace(/^\ufeff/, "");
    for (const line of text.trimEnd().split("\r\n").slice(1)) {
      const [place = "", key = "", outcome = ""] = line.split(";");
      if (name === `${stem}.result.csv`) first.push(`${place} ${key}`);
      outcomes.set(key, outcome);
    }
  }
  return { first, outcomes };
}

test(
  `with intake and worker killed at random (seed ${seed}) every row of every file is delivered`,
  async ({ annotate }) => {
    const random = makeRandom(seed);
    let isOver = false;
    const victims = [
      { ...world.worker, name: "worker", weight: 0.6 },
      { ...world.intake, name: "intake", weight: 0.4 },
    ];
    const killing = killAtRandom(victims, random, kills, () => isOver);
    const waitForKills = (count: number) =>
      waitFor(() => expect(kills.length).toBeGreaterThanOrEqual(count), { timeout: 2 * MINUTE_MS });
    let sent = 0;
    try {
      await mapConcurrently(senders, CONNECTIONS, async ({ door, files }) => {
        for (const { name, numbers } of files) {
          await waitForKills(Math.floor(sent / ROWS_A_KILL));
          await send(door, name, numbers);
          sent += numbers.length;
        }
      });
      // Killed on, while the files are read and their rows are at the vendor.
      await waitFor(
        async () => expect((await listUploads()).filter(({ state }) => state === "closed")).toEqual([]),
        { timeout: 2 * MINUTE_MS, interval: AGAIN_AFTER_MS },
      );
      await waitForKills(kills.length + LAST_KILLS);
    } finally {
      isOver = true;
      await killing;
    }
    await Promise.all([world.worker.revive(), world.intake.revive()]);
    const startedAt = Date.now();
    await waitFor(
      async () => {
        await sweep();
        expect((await listUploads()).filter(({ state }) => state !== "done")).toEqual([]);
        expect(await admin().orm.select().from(uploadOpenRows)).toEqual([]);
      },
      { timeout: 3 * MINUTE_MS, interval: SWEEP_EVERY_MS },
    );
    const count = (process: string) => kills.filter((kill) => kill.process === process).length;
    await annotate(
      `${COUNT} rows in ${(await listUploads()).length} files, ${count("worker")} kills of the worker and ${count("intake")} of the intake; the last result ${Date.now() - startedAt} ms after the last start`,
    );
  },
  15 * MINUTE_MS,
);

test("each row is at the vendor once", () => {
  const { invoices } = world.vendor.sandbox.getState();
  const numbers = invoices.map(({ body }) => body.originalInvoiceNumber ?? "");
  const sent = senders.flatMap(({ files }) => files.flatMap((file) => file.numbers));
  expect(numbers.toSorted()).toEqual(sent.toSorted());
});

test("each file has a whole result, and no row is lost", async () => {
  const all = await listUploads();
  for (const { target, door, files } of senders) {
    const written: string[] = [];
    await withClient(door, async (client) => {
      for (const { name, numbers } of files) {
        // Sent once more under its name when the answer to its end was lost: then the second one has a result of its own.
        const sent = all.filter(
          (upload) => upload.connectionId === door.connectionId && upload.name === `${name}.csv`,
        );
        expect(sent.length).toBeGreaterThan(0);
        for (const { resultStem, rowCount } of sent) {
          const { first, outcomes } = await readResults(client, resultStem ?? "");
          expect(rowCount).toBe(ROWS_A_FILE);
          expect(first).toEqual(numbers.map((number, index) => `${index + 2} ${number}`));
          const ends = [...outcomes].map(([key, outcome]) => `${key} ${outcome}`);
          expect(ends.filter((end) => !/ (?:written|unchanged|superseded)$/.test(end))).toEqual([]);
          written.push(...[...outcomes].flatMap(([key, outcome]) => (outcome === "written" ? [key] : [])));
        }
      }
    });
    // Of a file that came twice, its row is written by one of them, or by both in turn when the first was not over.
    expect([...new Set(written)].toSorted()).toEqual(files.flatMap(({ numbers }) => numbers).toSorted());
    const closed = (await target.listDeliveries()).filter(({ number }) => number !== null);
    expect(closed.map(({ state }) => state)).toEqual(closed.map(() => "settled"));
    expect(closed).toHaveLength(all.filter(({ connectionId }) => connectionId === door.connectionId).length);
  }
  expect(await admin().orm.select({ id: uploadChunks.uploadId }).from(uploadChunks)).toEqual([]);
});
