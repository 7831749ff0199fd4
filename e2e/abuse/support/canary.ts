import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { demo } from "../../support/demo";
import type { Sql } from "./database";
import { readInstallation } from "./installation";

/** Secrets by a name that may be said. */
export type Canaries = Record<string, string>;

const texts = z.string().min(20);
/** What Procountor's stand-in has issued. */
const procountorSchema = z
  .object({
    technicalUsers: z.array(z.object({ apiKey: texts })),
    tokens: z.record(texts, z.unknown()),
  })
  .transform(({ technicalUsers, tokens }) => ({
    "issued key": technicalUsers.map(({ apiKey }) => apiKey),
    "access token": Object.keys(tokens),
  }));
/** What PowerOffice Go's has: the token of a return is traded for keys, those for access tokens. */
const powerofficeSchema = z
  .object({
    integrations: z.array(z.object({ clientKey: texts })),
    accessTokens: z.record(texts, z.unknown()),
    onboardingTokens: z.record(texts, z.unknown()),
  })
  .transform(({ integrations, accessTokens, onboardingTokens }) => ({
    "client key": integrations.map(({ clientKey }) => clientKey),
    "client's access token": Object.keys(accessTokens),
    "returned token": Object.keys(onboardingTokens),
  }));
/** What SuperOffice's has: codes are traded for system tokens, signed system tokens for tickets. */
const superofficeSchema = z
  .object({
    tenants: z.record(z.string(), z.object({ systemToken: texts.nullable() })),
    codes: z.record(texts, z.unknown()),
    tickets: z.record(texts, z.unknown()),
  })
  .transform(({ tenants, codes, tickets }) => ({
    "system token": Object.values(tenants).flatMap(({ systemToken }) => systemToken ?? []),
    "sign-in code": Object.keys(codes),
    ticket: Object.keys(tickets),
  }));
const issuedSchema = z.union([procountorSchema, powerofficeSchema, superofficeSchema]);

/** Reads every JSON file of the vendors' stand-ins: what they issued, by us or by hand, is there, and must be sealed here. */
async function readIssued(folder: string): Promise<Canaries> {
  const canaries: Canaries = {};
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json"))) {
    const issued = issuedSchema.safeParse(JSON.parse(await readFile(join(folder, file), "utf8"))).data;
    for (const [name, values] of Object.entries(issued ?? {}))
      for (const [index, value] of values.entries()) canaries[`${name} ${index}`] = value;
  }
  return canaries;
}

/** The secrets of the installation, and everything that the vendor has issued. */
export async function collectCanaries(): Promise<Canaries> {
  const { home, secrets } = await readInstallation();
  // A key to secrets stands behind its name; a log or a row writes the lines of a PEM each in its own way.
  const own = Object.entries(secrets)
    // The demo's partner shows this one to its customers.
    .filter(([name]) => name !== "sandboxApplicationKey")
    .map(([name, value]) => [name, value.split("\n")[2] ?? value.replace(/^[a-z0-9-]+:/, "")] as const);
  return { ...Object.fromEntries(own), ...(await readIssued(home.sandbox)) };
}

/** As itself, in an address, as bytes, and within Basic credentials, wherever in them it begins. */
function listForms(value: string): string[] {
  const bytes = Buffer.from(value);
  const within = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    // What its neighbours have a share in is left out at both ends.
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
  return [value, encodeURIComponent(value), bytes.toString("hex"), ...within];
}

export function findIn(text: string, canaries: Canaries): string[] {
  return Object.entries(canaries).flatMap(([name, value]) =>
    listForms(value).some((form) => text.includes(form)) ? [name] : [],
  );
}

/** `<where>: <which>` for each canary in the product's log files. */
export async function findInLogs(canaries: Canaries): Promise<string[]> {
  const { home } = await readInstallation();
  const found: string[] = [];
  for (const file of await readdir(home.logs)) {
    const text = await readFile(join(home.logs, file), "utf8");
    found.push(...findIn(text, canaries).map((name) => `${file}: ${name}`));
  }
  return found;
}

/** The same for every e-mail of the run, headers included. */
export async function findInMails(canaries: Canaries): Promise<string[]> {
  const response = await fetch(`${demo().mailUrl}/api/email`);
  return findIn(await response.text(), canaries).map((name) => `mail: ${name}`);
}

/** The same for every row of every table: ours, the engine's and the queue's; columns of bytes are read as hex. */
export async function findInDatabase(sql: Sql, canaries: Canaries): Promise<string[]> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2`;
  const forms = Object.entries(canaries).flatMap(([name, value]) =>
    [value, Buffer.from(value).toString("hex")].map((form) => ({ name, form })),
  );
  const values = forms.map(({ form }) => form);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await sql<{ value: string }[]>`
      select sought.form as value from unnest(${values}::text[]) as sought (form)
      where exists (select 1 from ${sql(schema)}.${sql(name)} t where position(sought.form in t::text) > 0)`;
    const hits = new Set(rows.map(({ value }) => value));
    const names = new Set(forms.filter(({ form }) => hits.has(form)).map((one) => one.name));
    found.push(...[...names].map((canary) => `${schema}.${name}: ${canary}`));
  }
  return found;
}

const mailsSchema = z.array(
  z.object({ id: z.string(), text: z.string().default(""), html: z.string().default("") }),
);

async function readMails() {
  const response = await fetch(`${demo().mailUrl}/api/email`);
  return mailsSchema.parse(await response.json());
}

/** What the links in the run's e-mails carry that lets somebody in or confirms something. */
export async function collectMailedTokens(): Promise<Canaries> {
  const canaries: Canaries = {};
  for (const { id, text } of await readMails())
    for (const [index, [, token]] of [...text.matchAll(/[?&]token=([\w-]{20,})/g)].entries())
      canaries[`link ${index} of mail ${id}`] = token ?? "";
  return canaries;
}

/** Tokens that stand in another e-mail than their own. */
export async function findInOtherMails(tokens: Canaries): Promise<string[]> {
  return (await readMails()).flatMap(({ id, text, html }) =>
    findIn(`${text} ${html}`, tokens)
      .filter((name) => !name.endsWith(` of mail ${id}`))
      .map((name) => `mail ${id}: ${name}`),
  );
}
