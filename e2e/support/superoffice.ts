import type { Page } from "@playwright/test";
import { z } from "zod";
import { demo } from "./demo";

const tenantSchema = z.object({ id: z.string(), name: z.string(), approval: z.string() });
/** One company's CRM in SuperOffice. */
export type Tenant = z.infer<typeof tenantSchema>;
const userSchema = z.object({ email: z.email(), tenants: z.array(tenantSchema) });

async function send(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${demo().superofficeUrl}/sandbox/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${path}: ${text}`);
  return JSON.parse(text);
}

export const superofficeSandbox = {
  /** Somebody who can sign in there, administrator of one tenant that nobody else has. */
  async addAdministrator(email: string): Promise<{ email: string; tenant: Tenant }> {
    const { tenants } = await superofficeSandbox.addAdministratorOf(email, 1);
    const [tenant] = tenants;
    if (!tenant) throw new Error("no tenant");
    return { email, tenant };
  },
  async addAdministratorOf(email: string, count: number): Promise<{ email: string; tenants: Tenant[] }> {
    return userSchema.parse(await send("users", { email, tenants: count }));
  },
  /** Somebody who works in a tenant without being administrator. */
  async addUser(email: string, { id }: Tenant): Promise<string> {
    return userSchema.parse(await send("users", { email, worksIn: [id] })).email;
  },
  /** The administrator approves for the tenant, as in the vendor's App Store. */
  approve: async (email: string, { id }: Tenant): Promise<void> => {
    await send("approvals", { email, tenantId: id });
  },
  fault: async (faults: object): Promise<void> => {
    await send("faults", faults);
  },
};

/** Walks through SuperOffice's sign-in as a person would, up to the approval or to what comes instead of it. */
export async function signInToSuperOffice(
  page: Page,
  email: string,
  tenant: Tenant,
  button = "Continue in SuperOffice",
): Promise<void> {
  await page.getByRole("button", { name: button }).first().click();
  await page.waitForURL(/\/login\/sign-in\//);
  await page.getByRole("radio", { name: new RegExp(email.replaceAll(".", "\\.")) }).check();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("radio", { name: tenant.id }).check();
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: "I approve" }).click();
  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
}
