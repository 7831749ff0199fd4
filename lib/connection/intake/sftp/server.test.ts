import { randomBytes } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import ssh2, { type Client } from "ssh2";
import SftpClient from "ssh2-sftp-client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { outboxEvents, rateLimits, uploadChunks, uploads } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createDoor, startTestIntake, type TestDoor, type TestIntake } from "@/testing/fixtures/intake";
import { only } from "@/testing/fixtures/only";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import {
  addKey,
  closeAccount,
  openAccount,
  removeKey,
  renewPassword,
  setNetworks,
} from "../account/change-account";
import { openChunk } from "../chunk";
import { MOST_BYTES } from "../door/limits";
import { ALGORITHMS } from "./algorithms";
import { makeKeyPair } from "./host-key";

let database: TestDatabase;
let worker: WorkerContext;
let intake: TestIntake;
let door: TestDoor;
beforeAll(async () => {
  database = await createTestDatabase();
  worker = makeWorkerContext(database);
  intake = await startTestIntake(database, worker, { triesOfConnection: 3 });
  door = await createDoor(database, worker);
});
afterAll(async () => {
  await intake.server.close();
  await database.close();
});

const clients: SftpClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})));
  await database.admin.orm.delete(uploads);
  await database.admin.orm.delete(outboxEvents);
  await database.admin.orm.delete(rateLimits);
});

type SignIn = Partial<{ username: string; password: string; privateKey: string; port: number }>;
async function connect(as: SignIn = {}): Promise<SftpClient> {
  const silent = { error: () => {}, end: () => {}, close: () => {} };
  const client = new SftpClient("test", silent);
  await client.connect({
    host: "127.0.0.1",
    port: intake.server.port,
    username: door.userName,
    ...(as.privateKey ? {} : { password: door.password }),
    ...as,
  });
  clients.push(client);
  return client;
}

const readUploads = () => database.admin.orm.select().from(uploads).orderBy(asc(uploads.name));
const listClosedEvents = async () =>
  (await database.admin.orm.select().from(outboxEvents))
    .filter(({ name }) => name === "intake/upload.closed")
    .map(({ data }) => data);

/** What the worker gets of a file. */
async function openUploaded(uploadId: string): Promise<Buffer> {
  return asSystem(worker, "test", async (tx) => {
    const chunks = await tx
      .select()
      .from(uploadChunks)
      .where(eq(uploadChunks.uploadId, uploadId))
      .orderBy(asc(uploadChunks.number));
    const parts: Buffer[] = [];
    for (const chunk of chunks) {
      const plain = await openChunk(tx, worker.keys, chunk, chunk);
      if (!plain) throw new Error(`chunk ${chunk.number} does not open`);
      parts.push(plain);
    }
    return Buffer.concat(parts);
  });
}

test("what is offered, and nothing weaker", () => {
  expect(ALGORITHMS).toMatchInlineSnapshot(`
    {
      "cipher": [
        "aes256-gcm@openssh.com",
        "aes128-gcm@openssh.com",
        "chacha20-poly1305@openssh.com",
        "aes256-ctr",
        "aes192-ctr",
        "aes128-ctr",
      ],
      "compress": [
        "none",
      ],
      "hmac": [
        "hmac-sha2-256-etm@openssh.com",
        "hmac-sha2-512-etm@openssh.com",
        "hmac-sha2-256",
        "hmac-sha2-512",
      ],
      "kex": [
        "curve25519-sha256",
        "curve25519-sha256@libssh.org",
        "ecdh-sha2-nistp256",
        "ecdh-sha2-nistp384",
        "ecdh-sha2-nistp521",
        "diffie-hellman-group16-sha512",
        "diffie-hellman-group18-sha512",
        "diffie-hellman-group14-sha256",
      ],
      "serverHostKey": [
        "ssh-ed25519",
      ],
    }
  `);
  expect(JSON.stringify(ALGORITHMS)).not.toMatch(/sha1|cbc|md5|arcfour|group1-|zlib|ssh-dss|ssh-rsa/);
});

test("a host key that was made can be read again", () => {
  for (let made = 0; made < 200; made += 1)
    expect(ssh2.utils.parseKey(makeKeyPair().private)).not.toBeInstanceOf(Error);
});

describe("signing in", () => {
  test("with the account's password, and not with another one or another name", async () => {
    await connect();
    await expect(connect({ password: "wrong" })).rejects.toThrow(/authentication/i);
    await expect(connect({ username: "k-nobody", password: door.password })).rejects.toThrow(
      /authentication/i,
    );
  });

  test.each(["ed25519", "ecdsa", "rsa"] as const)(
    "with a key of %s that was added, and no other",
    async (type) => {
      const make = () =>
        type === "rsa"
          ? ssh2.utils.generateKeyPairSync("rsa", { bits: 2048 })
          : type === "ecdsa"
            ? ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 })
            : makeKeyPair();
      const [known, foreign] = [make(), make()];
      const added = await withScope(database.web, { kind: "customer", ...door.viewer }, (tx) =>
        addKey(tx, door.viewer, door.connectionId, known.public),
      );
      expect(added.refusal).toBeNull();
      const client = await connect({ privateKey: known.private });
      expect((await client.list("/")).length).toBe(4);
      await expect(connect({ privateKey: foreign.private })).rejects.toThrow(/authentication/i);
    },
  );

  test.each([
    [
      "the connection has ended",
      (id: string) => database.admin.sql`
        update connections set state = 'offboarding', attention = null where id = ${id}`,
    ],
    [
      "the account is closed, whatever it still knows of its password",
      (id: string) =>
        database.admin.sql`update intake_accounts set closed_at = now() where connection_id = ${id}`,
    ],
  ])("is over when %s", async (_, end) => {
    const own = await createDoor(database, worker);
    const as = { username: own.userName, password: own.password };
    await connect(as);
    await end(own.connectionId);
    await expect(connect(as)).rejects.toThrow(/authentication/i);
  });

  test("is shown to the customer where it failed, and where it went well", async () => {
    const tried = await createDoor(database, worker);
    const as = { username: tried.userName, password: tried.password };
    await expect(connect({ ...as, password: "wrong" })).rejects.toThrow(/authentication/i);
    const readSeen = () => database.admin.sql`
      select was_allowed, failures from intake_addresses where connection_id = ${tried.connectionId}`;
    expect(await readSeen()).toEqual([{ was_allowed: null, failures: 1 }]);
    await connect(as);
    expect(await readSeen()).toEqual([{ was_allowed: true, failures: 1 }]);
  });

  test("of guessers no more than a hundred addresses are kept", async () => {
    const guessed = await createDoor(database, worker);
    await database.admin.sql`
      insert into intake_addresses (connection_id, partner_id, account_id, address, failures, failed_at)
      select connection_id, partner_id, account_id, '192.0.2.' || n, 1, now()
      from intake_accounts, generate_series(1, 100) n where connection_id = ${guessed.connectionId}`;
    const as = { username: guessed.userName, password: guessed.password };
    await expect(connect({ ...as, password: "wrong" })).rejects.toThrow(/authentication/i);
    const countSeen = () => database.admin.sql`
      select count(*)::int as count from intake_addresses where connection_id = ${guessed.connectionId}`;
    expect(await countSeen()).toEqual([{ count: 100 }]);
    await connect(as);
    expect(await countSeen()).toEqual([{ count: 101 }]);
  });

  describe("ends for clients that are signed in", () => {
    type Change = (tx: ScopedTransaction<"customer">, own: TestDoor) => Promise<unknown>;
    test.each<[string, Change]>([
      ["with a new password", (tx, own) => renewPassword(tx, own.viewer, own.connectionId)],
      ["when the account is closed", (tx, own) => closeAccount(tx, own.viewer, own.connectionId)],
    ])("%s", async (_when, change) => {
      const own = await createDoor(database, worker);
      const client = await connect({ username: own.userName, password: own.password });
      await client.put(Buffer.from("a"), "/Company.csv");
      await withScope(database.web, { kind: "customer", ...own.viewer }, (tx) => change(tx, own));
      await expect(client.list("/")).rejects.toThrow(/closed to you/i);
      await expect(client.put(Buffer.from("b"), "/Person.csv")).rejects.toThrow(/closed to you/i);
      await expect(connect({ username: own.userName, password: own.password })).rejects.toThrow(
        /authentication/i,
      );
    });

    test("when their key is taken away", async () => {
      const own = await createDoor(database, worker);
      const pair = makeKeyPair();
      const asOwner = <T>(work: (tx: ScopedTransaction<"customer">) => Promise<T>) =>
        withScope(database.web, { kind: "customer", ...own.viewer }, work);
      const { fingerprint } = await asOwner((tx) => addKey(tx, own.viewer, own.connectionId, pair.public));
      const client = await connect({ username: own.userName, privateKey: pair.private });
      expect((await client.list("/")).length).toBe(4);
      await asOwner((tx) => removeKey(tx, own.viewer, own.connectionId, fingerprint ?? ""));
      await expect(client.list("/")).rejects.toThrow(/closed to you/i);
    });
  });

  test("a closed account is opened again under its names, with nothing that signs in", async () => {
    const own = await createDoor(database, worker);
    const asOwner = <T>(work: (tx: ScopedTransaction<"customer">) => Promise<T>) =>
      withScope(database.web, { kind: "customer", ...own.viewer }, work);
    await asOwner((tx) => closeAccount(tx, own.viewer, own.connectionId));
    await expect(asOwner((tx) => renewPassword(tx, own.viewer, own.connectionId))).rejects.toThrow(
      /not_found/,
    );
    await asOwner((tx) => openAccount(tx, own.viewer, own.connectionId));
    const as = { username: own.userName, password: own.password };
    await expect(connect(as)).rejects.toThrow(/authentication/i);
    const password = await asOwner((tx) => renewPassword(tx, own.viewer, own.connectionId));
    expect((await (await connect({ ...as, password })).list("/")).length).toBe(4);
  });

  test("is for connections whose accepted version takes files", async () => {
    const own = await createDoor(database, worker);
    const as = { username: own.userName, password: own.password };
    await database.admin.sql`
      update specifications set content = content - 'access' where integration_id =
        (select integration_id from connections where id = ${own.connectionId})`;
    await expect(connect(as)).rejects.toThrow(/authentication/i);
    await expect(
      withScope(database.web, { kind: "customer", ...own.viewer }, (tx) =>
        openAccount(tx, own.viewer, own.connectionId),
      ),
    ).rejects.toThrow(/not_found/);
  });

  test("from an address that is not allowed is refused after the first day, and shown to the customer", async () => {
    const late = await createDoor(database, worker);
    await database.admin.sql`update intake_accounts set created_at = now() - interval '25 hours'
      where connection_id = ${late.connectionId}`;
    const as = { username: late.userName, password: late.password };
    await expect(connect(as)).rejects.toThrow(/authentication/i);
    const seen = await database.admin.sql`
      select host(address::inet) as address, was_allowed as "wasAllowed" from intake_addresses
      where connection_id = ${late.connectionId}`;
    expect(seen).toEqual([{ address: "127.0.0.1", wasAllowed: false }]);
    const setTo = (text: string, allowsAny = false) =>
      withScope(database.web, { kind: "customer", ...late.viewer }, (tx) =>
        setNetworks(tx, late.viewer, late.connectionId, { text, allowsAny }),
      );
    expect(await setTo("192.0.2.0/24 2001:db8::/32")).toBeNull();
    await expect(connect(as)).rejects.toThrow(/authentication/i);
    expect(await setTo("192.0.2.0/24\n127.0.0.0/8")).toBeNull();
    await connect(as);
    expect(await setTo("127.0.0.300")).toBe("127.0.0.300");
  });

  test("a guesser is cut off, and its address and the name are refused for a while", async () => {
    await expect(connect({ password: "guess" })).rejects.toThrow(/authentication/i);
    await connect();
    // As if thirty had been tried.
    await database.admin.orm.update(rateLimits).set({ count: 30 });
    await expect(connect()).rejects.toThrow(/authentication/i);
    await database.admin.orm.delete(rateLimits);
    await connect();
  }, 60_000);
});

describe("an upload", () => {
  test("has the bytes that were sent, which the intake cannot open again", async () => {
    const bytes = randomBytes(3_500_000);
    const client = await connect();
    await client.put(bytes, "/Company.csv");
    const upload = only(await readUploads());
    expect(upload).toMatchObject({
      name: "Company.csv",
      folder: "root",
      state: "closed",
      sizeBytes: bytes.length,
    });
    expect((await openUploaded(upload.id)).equals(bytes)).toBe(true);
    expect(await listClosedEvents()).toEqual([{ uploadId: upload.id }]);
    const kept = await database.admin.orm.select().from(uploadChunks);
    for (const chunk of kept) expect(chunk.ciphertext.includes(bytes.subarray(0, 16))).toBe(false);
    await expect(client.get("/Company.csv")).rejects.toThrow(/cannot be read back/);
  });

  test("by many parallel writes arrives in order", async () => {
    const bytes = randomBytes(2_000_000);
    const path = `/tmp/kytkin-intake-${process.pid}.bin`;
    const { writeFile, rm } = await import("node:fs/promises");
    await writeFile(path, bytes);
    const client = await connect();
    await client.fastPut(path, "/Company.csv", { concurrency: 64, chunkSize: 32_768 });
    await rm(path);
    expect((await openUploaded(only(await readUploads()).id)).equals(bytes)).toBe(true);
  });

  test("under a temporary name waits for its rename", async () => {
    const client = await connect();
    for (const name of ["Company.csv.filepart", "Company.csv.part", "c.tmp", ".Company.csv.x8"]) {
      await client.put(Buffer.from("a"), `/${name}`);
      expect(await listClosedEvents()).toEqual([]);
      await client.delete(`/${name}`);
    }
    await client.put(Buffer.from("a"), "/Company.csv.filepart");
    await client.rename("/Company.csv.filepart", "/Company.csv");
    const upload = only(await readUploads());
    expect(upload.name).toBe("Company.csv");
    expect(await listClosedEvents()).toEqual([{ uploadId: upload.id }]);
  });

  test("is appended to, and replaced", async () => {
    const client = await connect();
    await client.put(Buffer.from("first\n"), "/Company.csv");
    await client.append(Buffer.from("second\n"), "/Company.csv");
    expect((await openUploaded(only(await readUploads()).id)).toString()).toBe("first\nsecond\n");
    await client.put(Buffer.from("third\n"), "/Company.csv");
    expect((await openUploaded(only(await readUploads()).id)).toString()).toBe("third\n");
  });

  test("that is cut keeps what came, and goes on from there", async () => {
    const bytes = randomBytes(2_500_000);
    const client = await connect();
    const raw = rawOf(client);
    const handle = await raw.open("/Company.csv", "w");
    for (let at = 0; at < 1_500_000; at += 30_000)
      await raw.write(handle, bytes.subarray(at, at + 30_000), at);
    rawClient(client).end();
    await expect.poll(async () => only(await readUploads()).sizeBytes, { timeout: 5_000 }).toBe(1_500_000);
    expect(only(await readUploads()).state).toBe("receiving");
    expect(await listClosedEvents()).toEqual([]);
    const again = await connect();
    const size = (await again.stat("/Company.csv")).size;
    const rawAgain = rawOf(again);
    const resumed = await rawAgain.open("/Company.csv", "r+");
    for (let at = size; at < bytes.length; at += 30_000)
      await rawAgain.write(resumed, bytes.subarray(at, Math.min(at + 30_000, bytes.length)), at);
    await rawAgain.close(resumed);
    expect((await openUploaded(only(await readUploads()).id)).equals(bytes)).toBe(true);
  });

  test("with a gap is no file", async () => {
    const raw = rawOf(await connect());
    const handle = await raw.open("/Company.csv", "w");
    await raw.write(handle, Buffer.from("begin"), 0);
    await raw.write(handle, Buffer.from("end"), 100);
    await expect(raw.close(handle)).rejects.toThrow(/missing/);
    expect(only(await readUploads()).state).toBe("receiving");
  });

  test("by two handles at once is the work of one", async () => {
    const raw = rawOf(await connect());
    const [one, two] = [await raw.open("/Company.csv", "w"), await raw.open("/Company.csv", "r+")];
    await raw.write(one, Buffer.alloc(1_048_576, "1").subarray(0, 200_000), 0);
    await raw.write(two, Buffer.alloc(200_000, "2"), 0);
    await raw.close(one);
    await expect(raw.close(two)).rejects.toThrow(/another handle|gone/);
    const upload = only(await readUploads());
    expect((await openUploaded(upload.id)).equals(Buffer.alloc(200_000, "1"))).toBe(true);
  });
});

describe("the orders of clients", () => {
  test("WinSCP: a part under another name, the old file away, a rename, then the time", async () => {
    const client = await connect();
    const raw = rawOf(client);
    const handle = await raw.open("/Company.csv.filepart", "w");
    await raw.write(handle, Buffer.from("rows"), 0);
    await raw.close(handle);
    await expect(raw.unlink("/Company.csv")).rejects.toThrow(/No such file/);
    await raw.rename("/Company.csv.filepart", "/Company.csv");
    await raw.setstat("/Company.csv", { atime: 1, mtime: 1, mode: 0o644 });
    expect(only(await readUploads())).toMatchObject({ name: "Company.csv", state: "closed" });
  });

  test("FileZilla and `put -p`: mode and time on the handle and on the path, also when the file was taken", async () => {
    const client = await connect();
    const raw = rawOf(client);
    const handle = await raw.open("/Company.csv", "w");
    await raw.write(handle, Buffer.from("rows"), 0);
    await raw.fsetstat(handle, { mode: 0o600 });
    await raw.close(handle);
    await database.admin.orm.update(uploads).set({ state: "taken", takenAt: new Date() });
    expect((await client.list("/")).map(({ name }) => name)).not.toContain("Company.csv");
    await raw.setstat("/Company.csv", { atime: 1, mtime: 1 });
    expect((await client.stat("/Company.csv")).size).toBe(4);
    await raw.rename("/Company.csv", "/sent.csv");
    await client.put(Buffer.from("new"), "/Company.csv");
    expect((await readUploads()).map(({ state }) => state).toSorted()).toEqual(["closed", "taken"]);
    await client.delete("/Company.csv");
    await database.admin.sql`update uploads set taken_at = now() - interval '61 seconds'`;
    await expect(client.stat("/Company.csv")).rejects.toThrow(/No such file/);
  });
});

describe("nothing else is reachable", () => {
  test("the folders, whatever their case, and what stands in them", async () => {
    const client = await connect();
    expect((await client.list("/")).map(({ name, type }) => `${type} ${name}`)).toEqual([
      "d documents",
      "d attachments",
      "d Log",
      "d Result",
    ]);
    await client.put(Buffer.from("a"), "/DOCUMENTS/offer.pdf");
    expect((await client.list("/documents")).map(({ name }) => name)).toEqual(["offer.pdf"]);
    expect(await client.realPath("/documents/../Documents/.//offer.pdf")).toBe("/documents/offer.pdf");
  });

  test.each([
    "/../../etc/passwd",
    "/documents/../../../etc/passwd",
    "..",
    "/etc/passwd",
    "\\..\\x",
    "/a\u202eb",
  ])("%j is nothing", async (path) => {
    const client = await connect();
    await expect(client.get(path)).rejects.toThrow(/No such file|folder/);
  });

  test("a name above the root is a name in the root", async () => {
    const client = await connect();
    await client.put(Buffer.from("a"), "/../../../Company.csv");
    expect(only(await readUploads())).toMatchObject({ folder: "root", name: "Company.csv" });
    await expect(client.put(Buffer.from("a"), "/etc/cron.d/x")).rejects.toThrow();
    await expect(client.put(Buffer.from("a"), "/Log/x.log")).rejects.toThrow(/written by the portal/);
  });

  test("links, folders, commands, shells and forwards are refused", async () => {
    const client = await connect();
    const raw = rawOf(client);
    await expect(raw.symlink("/etc/passwd", "/x.csv")).rejects.toThrow(/no links/);
    await expect(client.mkdir("/mine")).rejects.toThrow(/fixed/);
    await expect(client.rmdir("/Log")).rejects.toThrow(/fixed/);
    const ssh = rawClient(client);
    const refused = (start: (done: (error?: Error) => void) => void) =>
      new Promise<boolean>((resolve) => start((error) => resolve(error !== undefined)));
    expect(await refused((done) => ssh.exec("id", done))).toBe(true);
    expect(await refused((done) => ssh.shell(done))).toBe(true);
    expect(await refused((done) => ssh.forwardOut("127.0.0.1", 1, "127.0.0.1", 5432, done))).toBe(true);
  });

  test("a neighbour sees no name and no file of this account", async () => {
    const neighbour = await createDoor(database, worker);
    const own = await connect();
    await own.put(Buffer.from("secret"), "/Company.csv");
    const other = await connect({ username: neighbour.userName, password: neighbour.password });
    expect(await other.exists("/Company.csv")).toBe(false);
    await expect(other.delete("/Company.csv")).rejects.toThrow(/No such file/);
    await expect(other.rename("/Company.csv", "/mine.csv")).rejects.toThrow(/No such file/);
    await other.put(Buffer.from("other"), "/Company.csv");
    const sizes = (await readUploads()).map(({ sizeBytes, connectionId }) => [
      connectionId === door.connectionId,
      sizeBytes,
    ]);
    expect(sizes.toSorted()).toEqual(
      [
        [false, 5],
        [true, 6],
      ].toSorted(),
    );
  });
});

describe("bounds", () => {
  test("of channels and open files", async () => {
    const client = await connect();
    const raw = rawOf(client);
    for (let count = 0; count < 64; count += 1) await raw.open(`/Company-${count}.csv`, "w");
    await expect(raw.open("/one-more.csv", "w")).rejects.toThrow(/Too many open files/);
    const ssh = rawClient(client);
    const open = () => new Promise<boolean>((resolve) => ssh.sftp((error) => resolve(error === undefined)));
    const opened = await Promise.all(Array.from({ length: 50 }, open));
    expect(opened.filter(Boolean)).toHaveLength(9);
  });

  test("of files that are opened at once: what is refused changes nothing", async () => {
    const strict = await startTestIntake(database, worker, { handles: 3 });
    const raw = rawOf(await connect({ port: strict.server.port }));
    const opened = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => raw.open(`/Company-${index}.csv`, "w")),
    );
    expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await readUploads()).toHaveLength(3);
    await strict.server.close();
  });

  test("of channels at once, not one after the other", async () => {
    const strict = await startTestIntake(database, worker, { channels: 2 });
    const ssh = rawClient(await connect({ port: strict.server.port }));
    for (let count = 0; count < 5; count += 1)
      await new Promise<void>((resolve, reject) =>
        ssh.sftp((error, sftp) => {
          if (error) return reject(error);
          sftp.once("close", () => resolve());
          sftp.end();
        }),
      );
    await strict.server.close();
  });

  test("of tries over one line", async () => {
    const ssh = new ssh2.Client();
    let tries = 0;
    await new Promise<void>((resolve) => {
      ssh.on("error", () => {}).on("close", () => resolve());
      ssh.connect({
        host: "127.0.0.1",
        port: intake.server.port,
        username: door.userName,
        authHandler: (_methods, _partial, next) => {
          tries += 1;
          next({ type: "password", username: door.userName, password: `guess ${tries}` });
        },
      });
    });
    expect(tries).toBeLessThanOrEqual(4);
    expect(tries).toBeGreaterThanOrEqual(3);
    await (await connect()).put(Buffer.from("a"), "/Company.csv");
  });

  test("of the account's bytes, also for a file that was opened while there was room", async () => {
    const neighbour = await createDoor(database, worker);
    const raw = rawOf(await connect());
    const [large, late] = [await raw.open("/Company.csv", "w"), await raw.open("/Person.csv", "w")];
    await raw.write(large, Buffer.from("rows"), 0);
    await raw.close(large);
    await database.admin.orm
      .update(uploads)
      .set({ sizeBytes: MOST_BYTES })
      .where(eq(uploads.state, "closed"));
    await raw.write(late, Buffer.from("rows"), 0);
    await expect(raw.close(late)).rejects.toThrow(/quota/);
    await expect(raw.open("/Sale.csv", "w")).rejects.toThrow(/quota/);
    const other = await connect({ username: neighbour.userName, password: neighbour.password });
    await other.put(Buffer.from("other"), "/Company.csv");
  });

  test("of clients that do not sign in, and of time to do it", async () => {
    const strict = await startTestIntake(database, worker, { unauthenticated: 3, signInMs: 1_000 });
    const { connect: dial } = await import("node:net");
    const sockets = Array.from({ length: 10 }, () => dial(strict.server.port, "127.0.0.1").resume());
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.on("error", resolve).on("close", resolve))),
    );
    await strict.server.close();
  });

  test("of clients that do nothing", async () => {
    const strict = await startTestIntake(database, worker, { idleMs: 200 });
    const client = await connect({ port: strict.server.port });
    await new Promise<void>((resolve) => rawClient(client).once("close", () => resolve()));
    expect(strict.server.countClients()).toBe(0);
    await strict.server.close();
  });
});

/** The library's own client, with promises. */
function rawClient(client: SftpClient): Client {
  return Reflect.get(client, "client");
}
function rawOf(client: SftpClient) {
  const sftp: import("ssh2").SFTPWrapper = Reflect.get(client, "sftp");
  const done = <T>(start: (end: (error: Error | null | undefined, value: T) => void) => void) =>
    new Promise<T>((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
  return {
    open: (path: string, mode: "w" | "r+" | "a") => done<Buffer>((end) => sftp.open(path, mode, end)),
    write: (handle: Buffer, data: Buffer, at: number) =>
      done<void>((end) => sftp.write(handle, data, 0, data.length, at, (error) => end(error, undefined))),
    close: (handle: Buffer) => done<void>((end) => sftp.close(handle, (error) => end(error, undefined))),
    unlink: (path: string) => done<void>((end) => sftp.unlink(path, (error) => end(error, undefined))),
    rename: (from: string, to: string) =>
      done<void>((end) => sftp.rename(from, to, (error) => end(error, undefined))),
    symlink: (to: string, path: string) =>
      done<void>((end) => sftp.symlink(to, path, (error) => end(error, undefined))),
    setstat: (path: string, attrs: object) =>
      done<void>((end) => sftp.setstat(path, attrs, (error) => end(error, undefined))),
    fsetstat: (handle: Buffer, attrs: object) =>
      done<void>((end) => sftp.fsetstat(handle, attrs, (error) => end(error, undefined))),
  };
}
