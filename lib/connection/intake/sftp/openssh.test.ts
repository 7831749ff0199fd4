import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { uploads } from "@/db/schema";
import { withScope } from "@/db/scope";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createDoor, startTestIntake, type TestDoor, type TestIntake } from "@/testing/fixtures/intake";
import { only } from "@/testing/fixtures/only";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { addKey } from "../account/change-account";
import { makeKeyPair } from "./host-key";

/** OpenSSH's own client, where the machine has it; elsewhere these are told as left out. */
const hasOpenSsh = spawnSync("sftp", ["-V"], { stdio: "ignore" }).error === undefined;
const run = promisify(execFile);

let database: TestDatabase;
let intake: TestIntake;
let door: TestDoor;
let folder: string;
beforeAll(async () => {
  if (!hasOpenSsh) return;
  database = await createTestDatabase();
  const worker = makeWorkerContext(database);
  intake = await startTestIntake(database, worker);
  door = await createDoor(database, worker);
  folder = await mkdtemp(join(tmpdir(), "kytkin-openssh-"));
  const { public: publicKey, private: privateKey } = makeKeyPair();
  await withScope(database.web, { kind: "customer", ...door.viewer }, (tx) =>
    addKey(tx, door.viewer, door.connectionId, publicKey),
  );
  await writeFile(join(folder, "key"), privateKey);
  await chmod(join(folder, "key"), 0o600);
});
afterAll(async () => {
  if (!hasOpenSsh) return;
  await intake.server.close();
  await database.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  if (hasOpenSsh) await database.admin.orm.delete(uploads);
});

/** Runs orders of a batch file; gives what the client said. */
async function order(lines: string[], options: string[] = []): Promise<string> {
  await writeFile(join(folder, "batch"), lines.join("\n"));
  const { stdout, stderr } = await run("sftp", [
    ...["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new", "-o", "IdentitiesOnly=yes"],
    ...["-o", `UserKnownHostsFile=${join(folder, "known")}`, "-F", "/dev/null", ...options],
    ...["-i", join(folder, "key"), "-P", String(intake.server.port), "-b", join(folder, "batch")],
    `${door.userName}@127.0.0.1`,
  ]);
  return stdout + stderr;
}
const readUpload = async () => only(await database.admin.orm.select().from(uploads));

test.skipIf(!hasOpenSsh)("shows the fingerprint that the pages show", async () => {
  await order(["pwd"]);
  const { stdout } = await run("ssh-keygen", ["-l", "-f", join(folder, "known")]);
  expect(stdout).toContain(intake.fingerprint);
});

test.skipIf(!hasOpenSsh)("`put -p`, `ls` and `reput` of what was cut", async () => {
  const bytes = randomBytes(3_000_000);
  await writeFile(join(folder, "Company.csv"), bytes);
  await order([`put -p ${join(folder, "Company.csv")}`]);
  expect(await readUpload()).toMatchObject({ state: "closed", sizeBytes: bytes.length });
  expect(await order(["ls -l"])).toMatch(/3000000 .*Company\.csv/);
  await writeFile(join(folder, "part"), bytes.subarray(0, 1_200_000));
  await order([
    `put ${join(folder, "part")} Company.csv`,
    `reput ${join(folder, "Company.csv")} Company.csv`,
  ]);
  expect(await readUpload()).toMatchObject({ state: "closed", sizeBytes: bytes.length });
});

test.skipIf(!hasOpenSsh)(
  "20 MB with a new exchange of keys for every megabyte",
  async () => {
    await writeFile(join(folder, "large.csv"), randomBytes(20_000_000));
    await order([`put ${join(folder, "large.csv")}`], ["-o", "RekeyLimit=1M"]);
    expect(await readUpload()).toMatchObject({ state: "closed", sizeBytes: 20_000_000 });
  },
  120_000,
);
