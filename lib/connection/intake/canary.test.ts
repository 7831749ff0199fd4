import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import SftpClient from "ssh2-sftp-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections, dataKeys, intakeAccounts, uploadChunks, uploads } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { SCOPES } from "@/db/scopes";
import { ensureConnectionData } from "@/lib/platform/seal/connection-data";
import { unwrapDataKey } from "@/lib/platform/seal/data-key";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import {
  createDoor,
  makeIntakeContext,
  startTestIntake,
  type TestDoor,
  type TestIntake,
} from "@/testing/fixtures/intake";
import { only } from "@/testing/fixtures/only";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { waitFor } from "@/testing/wait-for";
import { allowAddress, removeKey } from "./account/change-account";
import { asIntake } from "./door/context";
import { storeFile } from "./worker/store-file";

const CANARY = "canary-4711";

let database: TestDatabase;
let worker: WorkerContext;
let intake: TestIntake;
let door: TestDoor;
let client: SftpClient;
beforeAll(async () => {
  database = await createTestDatabase();
  worker = makeWorkerContext(database);
  intake = await startTestIntake(database, worker);
  door = await createDoor(database, worker);
  client = new SftpClient("test", { error: () => {}, end: () => {}, close: () => {} });
  await client.connect({
    host: "127.0.0.1",
    port: intake.server.port,
    username: door.userName,
    password: door.password,
  });
});
afterAll(async () => {
  await client.end();
  await intake.server.close();
  await database.close();
});

test("with the login and the ring of the intake no credential, no body and no upload opens", async () => {
  await client.put(Buffer.from(CANARY), "/Company.csv");
  await asSystem(worker, "test", async (tx) => {
    await (await ensureConnectionData(tx, worker.keys, door.connectionId)).seal("test", CANARY);
  });
  const stolen = makeIntakeContext(database, worker);
  const rows = await database.admin.orm.select().from(dataKeys);
  const opened = rows.filter((row) => {
    try {
      return unwrapDataKey(stolen.keys, row).length > 0;
    } catch {
      return false;
    }
  });
  expect(rows.map(({ ownerKind }) => ownerKind)).toEqual(
    expect.arrayContaining(["connection", "connection_data", "intake_key", "intake_host"]),
  );
  expect(opened.map(({ ownerKind }) => ownerKind)).toEqual(["intake_host"]);
  const seen = await asIntake(stolen, door, (tx) => tx.select().from(dataKeys));
  expect(seen.map(({ ownerKind }) => ownerKind)).toEqual(["intake_host"]);
  await expect(asIntake(stolen, door, (tx) => tx.select().from(uploadChunks))).rejects.toThrow(
    /Failed query/,
  );
  await expect(asIntake(stolen, door, (tx) => tx.select().from(connections))).rejects.toThrow(/Failed query/);
  await expect(asIntake(stolen, door, (tx) => tx.select().from(intakeAccounts))).rejects.toThrow(
    /Failed query/,
  );
});

test("with the login of the pages no upload, no result, no host key and no password opens", async () => {
  const asOwner = <T>(work: (tx: ScopedTransaction<"customer">) => Promise<T>) =>
    withScope(database.web, { kind: "customer", ...door.viewer }, work);
  // The password was made by a page and given once; its hash is not read again by any.
  expect(await asOwner((tx) => tx.select({ name: intakeAccounts.userName }).from(intakeAccounts))).toEqual([
    { name: door.userName },
  ]);
  const secret = [
    sql`select password_hash from intake_accounts`,
    sql`select * from upload_chunks`,
    sql`select * from intake_file_chunks`,
    sql`select * from upload_open_rows`,
    sql`select * from data_keys`,
    sql`select * from sealed_secrets`,
  ];
  for (const statement of secret)
    await expect(asOwner((tx) => tx.execute(statement))).rejects.toThrow(/Failed query/);
  for (const scope of ["intake", "system", "gateway"] as const)
    await expect(
      database.web.sql.begin((tx) => tx.unsafe(`set local role kytkin_scope_${scope}`)),
      scope,
    ).rejects.toThrow(/permission denied/);
});

test("the login of the intake enters no scope but its own", async () => {
  for (const scope of SCOPES.filter((name) => name !== "intake")) {
    const entered = database.intake.sql.begin((tx) => tx.unsafe(`set local role kytkin_scope_${scope}`));
    await expect(entered, scope).rejects.toThrow(/permission denied/);
  }
});

test("a result comes back as it was written, and is sealed where it lies", async () => {
  const upload = only(await database.admin.orm.select().from(uploads));
  const content = Buffer.concat([Buffer.from(CANARY), randomBytes(2_200_000)]);
  const store = () =>
    asSystem(worker, "test", (tx) =>
      storeFile(tx, worker.keys, upload, { folder: "Result", stem: "Company", ending: ".csv", content }),
    );
  expect(await store()).toBe("Company.csv");
  expect(await store()).toBe("Company-2.csv");
  expect((await client.list("/result")).map(({ name }) => name)).toEqual(["Company-2.csv", "Company.csv"]);
  const fetched = await client.get("/Result/Company.csv");
  expect(Buffer.isBuffer(fetched) && fetched.equals(content)).toBe(true);
  const [kept] = await database.admin.sql`select sealed from intake_file_chunks where number = 0 limit 1`;
  expect(Buffer.from(kept?.sealed).includes(CANARY)).toBe(false);
  await client.delete("/Result/Company-2.csv");
  expect(await client.exists("/Result/Company-2.csv")).toBe(false);
});

test("what was uploaded and what came back is gone with the connection, also what is stored while it ends", async () => {
  const [upload] = await database.admin.orm.select().from(uploads);
  if (!upload) throw new Error("no upload");
  // No result was stored yet: the worker makes the key of results in its own transaction, which the end does not see at first.
  await database.admin.sql`delete from intake_files`;
  await database.admin.sql`delete from data_keys where owner_kind = 'connection_intake'`;
  let ending: Promise<unknown> = Promise.resolve();
  await asSystem(worker, "test", async (tx) => {
    const file = { folder: "Result", stem: "Late", ending: ".csv", content: Buffer.from(CANARY) } as const;
    await storeFile(tx, worker.keys, upload, file);
    ending = database.admin.orm
      .update(connections)
      .set({ state: "offboarding", attention: null })
      .where(eq(connections.id, door.connectionId))
      .execute();
    await waitFor(
      async () => {
        const waiting = await database.admin.sql`
          select 1 from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`;
        expect(waiting.length).toBeGreaterThan(0);
      },
      { timeout: 20_000, interval: 20 },
    );
  });
  await ending;
  const left = await database.admin.sql`
    select (select count(*) from uploads) + (select count(*) from upload_chunks) + (select count(*) from intake_files)
      + (select count(*) from intake_file_chunks)
      + (select count(*) from data_keys where owner_kind = 'connection_intake') as count`;
  expect(left).toEqual([{ count: "0" }]);
});

test("an account is changed by its own customer alone", async () => {
  const stranger = await createDoor(database, worker);
  const asStranger = <T>(
    work: Parameters<typeof withScope<{ kind: "customer"; accountId: string; userId: string }, T>>[2],
  ) => withScope(database.web, { kind: "customer", ...stranger.viewer }, work);
  await expect(
    asStranger((tx) => allowAddress(tx, stranger.viewer, door.connectionId, "192.0.2.1")),
  ).rejects.toThrow(/not_found/);
  await expect(
    asStranger((tx) => removeKey(tx, stranger.viewer, door.connectionId, "SHA256:x")),
  ).rejects.toThrow(/not_found/);
  expect(
    await asStranger((tx) => allowAddress(tx, stranger.viewer, stranger.connectionId, "192.0.2.1")),
  ).toBe(true);
  expect(await asStranger((tx) => allowAddress(tx, stranger.viewer, stranger.connectionId, "nonsense"))).toBe(
    false,
  );
});
