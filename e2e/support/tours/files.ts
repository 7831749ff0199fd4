import SftpClient from "ssh2-sftp-client";
import { seeded } from "../integration";
import { makePerson } from "../person";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

/** An sFTP account from its making to its end, with files in several states. */
export const files: Tour = async ({ page, look }) => {
  const person = await makePerson("files", 1);
  await submitAll(page, seeded("automatic"), { person });
  await page.getByRole("link", { name: "Send files by sFTP" }).click();
  await page.getByRole("button", { name: "Make the account" }).waitFor();
  await look("files, without an account");
  await page.getByRole("button", { name: "Make the account" }).click();
  await page.getByRole("button", { name: "Make a password" }).click();
  const shown = page.getByText("This is the password.").locator("xpath=..").locator("code");
  const password = (await shown.textContent()) ?? "";
  await page.getByText("Add a public key").click();
  await page.getByRole("button", { name: "Add the key" }).click();
  await page.getByText("Fill this in.").waitFor();
  await look("files, with a password and no key");

  const rows = page.getByRole("region", { name: "Account", exact: true }).locator("dl > div");
  const read = async (term: string) =>
    (await rows.filter({ hasText: term }).locator("code").first().textContent()) ?? "";
  const as = {
    host: await read("Host"),
    port: Number(await read("Port")),
    username: await read("User name"),
  };
  const client = new SftpClient("tour");
  await client.connect({ ...as, password });
  await client.put(Buffer.from("?"), "/sales-invoices.csv.part");
  await client.put(Buffer.from("?"), "/sales-invoices.xlsx");
  await client.end();
  await page.getByText("Files of this kind are not read").waitFor({ timeout: 60_000 });
  await page.getByText("Change the addresses").click();
  await look("files, one of them not read");

  await page.getByRole("button", { name: "Close the account…" }).click();
  await page.getByRole("alertdialog").waitFor();
  await look("files, account to be closed");
  await page.getByRole("alertdialog").getByRole("button", { name: "Close the account" }).click();
  await page.getByRole("heading", { name: "The account is closed" }).waitFor();
  await look("files, account closed");
  await page.getByRole("link", { name: "Step by step with WinSCP, FileZilla and OpenSSH" }).click();
  await page.getByRole("heading", { level: 1, name: "Send files by sFTP" }).waitFor();
  await look("guide of files");
};
