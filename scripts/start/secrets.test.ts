import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeHome, type Home, readJson, writeJson } from "./home";
import { loadSecrets } from "./secrets";

let home: Home;
beforeEach(async () => {
  home = describeHome(await mkdtemp(join(tmpdir(), "kytkin-secrets-")));
});
afterEach(() => rm(home.directory, { recursive: true }));

test("they are random, kept, and readable by nobody else", async () => {
  const first = await loadSecrets(home);
  expect(await loadSecrets(home)).toEqual(first);
  expect((await stat(home.files.secrets)).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  await rm(home.files.secrets);
  expect((await loadSecrets(home)).webPassword).not.toBe(first.webPassword);
});

test("they have the shapes that are asked for", async () => {
  const secrets = await loadSecrets(home);
  expect(secrets.inngestSigningKey).toMatch(/^signkey-demo-([0-9a-f]{2})+$/);
  const [id, key] = secrets.keys.split(":");
  expect(id).toBe("demo");
  expect(Buffer.from(key ?? "", "base64")).toHaveLength(32);
  expect(Buffer.from(secrets.hashKey, "base64")).toHaveLength(32);
});

test("one that a newer version needs is added and the others stay", async () => {
  const { hashKey, ...older } = await loadSecrets(home);
  await writeJson(home.files.secrets, older);
  const secrets = await loadSecrets(home);
  expect(secrets).toMatchObject(older);
  expect(secrets.hashKey).not.toBe(hashKey);
  expect(readJson(home.files.secrets)).toEqual(secrets);
});

test("without them a database that is there cannot be opened, and new ones would not help", async () => {
  await loadSecrets(home);
  await writeJson(home.files.postgres, { directory: home.postgres });
  await rm(home.files.secrets);
  await expect(loadSecrets(home)).rejects.toThrow(/is gone/);
});

test("a damaged file is told, not replaced", async () => {
  await writeFile(home.files.secrets, "{");
  await expect(loadSecrets(home)).rejects.toThrow(/is damaged/);
  await writeJson(home.files.secrets, { webPassword: "" });
  await expect(loadSecrets(home)).rejects.toThrow(/is damaged/);
});
