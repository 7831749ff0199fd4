import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import ssh2 from "ssh2";
import SftpClient from "ssh2-sftp-client";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const run = promisify(execFile);
/** OpenSSH's own client, where the machine has it; elsewhere its test is told as left out. */
const hasOpenSsh = spawnSync("sftp", ["-V"], { stdio: "ignore" }).error === undefined;

/** An active connection of a new person, with an sFTP account that was just made. */
async function makeAccount(page: Page, name: string): Promise<void> {
  const person = await makePerson(name, 1);
  await submitAll(page, seeded("automatic"), { person });
  await page.getByText(/^We have e-mailed/).waitFor();
  await page.getByRole("link", { name: "Send files by sFTP" }).click();
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByRole("heading", { name: "Your first import" })).toBeVisible();
}

/** What the page tells a client. */
async function readAccount(page: Page) {
  const rowOf = (term: string) =>
    page.getByRole("region", { name: "Account", exact: true }).locator("dl > div").filter({ hasText: term });
  const read = async (term: string) => (await rowOf(term).locator("code").first().textContent()) ?? "";
  return {
    host: await read("Host"),
    port: Number(await read("Port")),
    userName: await read("User name"),
    fingerprint: await read("Fingerprint of the host key"),
  };
}

const nextStep = (page: Page) => page.locator("li[aria-current=step]");
const files = (page: Page) => page.getByRole("region", { name: "Files", exact: true });

async function downloadSample(page: Page): Promise<string> {
  const download = page.waitForEvent("download");
  const samples = page.getByRole("region", { name: "Sample files" }).getByRole("listitem");
  await samples
    .filter({ hasText: "Sales invoices" })
    .getByRole("link", { name: "Download the sample" })
    .click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("sales-invoices-sample.csv");
  return readFile(await file.path(), "utf8");
}

test("a customer makes an sFTP account, sends a sample, fetches its result, and closes the account", async ({
  page,
}) => {
  test.slow();
  await makeAccount(page, "sftp");
  await expect(nextStep(page)).toContainText("Give the account a password or a key");
  await page.getByRole("button", { name: "Make a password" }).click();
  const shown = page.getByText("This is the password.").locator("xpath=..").locator("code");
  const password = (await shown.textContent()) ?? "";
  expect(password).toHaveLength(24);
  await expect(nextStep(page)).toContainText("Sign in with your client");

  const account = await readAccount(page);
  const seen: string[] = [];
  const client = new SftpClient("browser test");
  await client.connect({
    host: account.host,
    port: account.port,
    username: account.userName,
    password,
    hostHash: "sha256",
    hostVerifier: (hash: string) => {
      seen.push(`SHA256:${Buffer.from(hash, "hex").toString("base64").replace(/=+$/, "")}`);
      return true;
    },
  });
  expect(seen).toEqual([account.fingerprint]);
  await expect(nextStep(page)).toContainText("Send a few records");

  const sample = await downloadSample(page);
  await client.put(Buffer.from("?"), "/sales-invoices.xlsx");
  await expect(files(page).getByText("Files of this kind are not read")).toBeVisible({ timeout: 30_000 });
  await expect(nextStep(page)).toContainText("The latest file could not be read.");
  // One good record, and one whose date is in another form.
  await client.put(Buffer.from(sample.replace(/(SAMPLE-1;)[^;]+/, "$130.11.2026")), "/sales-invoices-1.csv");
  const first = files(page).getByRole("listitem").filter({ hasText: "sales-invoices-1.csv" });
  await expect(first.getByText("done", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(first).toContainText("2 records");
  await expect(first.getByText("1 written")).toBeVisible();
  await expect(first.getByText("1 rejected")).toBeVisible();

  await expect(nextStep(page)).toContainText("Fetch the result");
  const result = String(await client.get("/Result/sales-invoices-1.result.csv"));
  expect(result).toMatch(/2;SAMPLE-1;rejected;;date: [^;]+;/);
  expect(result).toMatch(/3;SAMPLE-2;written;\d+;;/);
  await expect(nextStep(page)).toContainText("Look at a record in Procountor");
  await page.getByRole("button", { name: "I have found it" }).click();
  await expect(nextStep(page)).toContainText("Send more");
  await client.put(Buffer.from(sample), "/sales-invoices-2.csv");
  await expect(page.getByText("The first import is done.")).toBeVisible({ timeout: 60_000 });
  const second = files(page).getByRole("listitem").filter({ hasText: "sales-invoices-2.csv" });
  await expect(second.getByText("1 unchanged")).toBeVisible({ timeout: 60_000 });
  await second.getByRole("link", { name: "See the delivery" }).click();
  await expect(page.getByText("2 of 2 rows are done")).toBeVisible();
  await page.goBack();

  const addresses = page.getByRole("region", { name: "From which addresses" });
  await expect(addresses.getByText("So far none is allowed")).toBeVisible();
  await addresses.getByRole("button", { name: "Allow", exact: true }).click();
  await expect(addresses.getByText("So far none is allowed")).toBeHidden();

  await page.getByRole("button", { name: "Close the account…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Close the account" }).click();
  await expect(page.getByRole("heading", { name: "The account is closed" })).toBeVisible();
  await expect(client.list("/")).rejects.toThrow(/closed to you/);
  await client.end().catch(() => {});
});

test("a customer pastes a public key, and OpenSSH sends a file with it", async ({ page }) => {
  test.skip(!hasOpenSsh, "this machine has no OpenSSH client");
  test.slow();
  await makeAccount(page, "openssh");
  const folder = await mkdtemp(join(tmpdir(), "kytkin-sftp-"));
  try {
    const pair = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256, comment: "shop" });
    await page.getByText("Add a public key").click();
    const field = page.getByRole("textbox", { name: "Public key" });
    await field.fill(pair.private);
    await page.getByRole("button", { name: "Add the key" }).click();
    await expect(page.getByText("This is a private key.")).toBeVisible();
    await field.fill(pair.public);
    await page.getByRole("button", { name: "Add the key" }).click();
    await expect(page.getByText("The key was added.")).toContainText("SHA256:");

    const account = await readAccount(page);
    await writeFile(join(folder, "key"), pair.private);
    await chmod(join(folder, "key"), 0o600);
    await writeFile(join(folder, "sales-invoices-openssh.csv"), await downloadSample(page));
    const order = async (...lines: string[]) => {
      await writeFile(join(folder, "batch"), lines.join("\n"));
      await run("sftp", [
        ...["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new", "-o", "IdentitiesOnly=yes"],
        ...["-o", `UserKnownHostsFile=${join(folder, "known")}`, "-F", "/dev/null"],
        ...["-i", join(folder, "key"), "-P", String(account.port), "-b", join(folder, "batch")],
        `${account.userName}@${account.host}`,
      ]);
    };
    await order(`put -p ${join(folder, "sales-invoices-openssh.csv")}`);
    const { stdout } = await run("ssh-keygen", ["-l", "-f", join(folder, "known")]);
    expect(stdout).toContain(account.fingerprint);
    const sent = files(page).getByRole("listitem").filter({ hasText: "sales-invoices-openssh.csv" });
    await expect(sent.getByText("2 written")).toBeVisible({ timeout: 60_000 });
    await expect(sent.getByText("done", { exact: true })).toBeVisible({ timeout: 60_000 });
    await order(`get Result/sales-invoices-openssh.result.csv ${join(folder, "result")}`);
    expect(await readFile(join(folder, "result"), "utf8")).toMatch(/SAMPLE-2;written;\d+;;/);

    await page.getByRole("button", { name: "Remove…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText("There are none.")).toBeVisible();
    await expect(order("pwd")).rejects.toThrow(/Permission denied/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
