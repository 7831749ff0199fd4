import { randomBytes } from "node:crypto";
import { z } from "zod";
import { sha256 } from "../../../lib/core/hash";
import { demo } from "../../support/demo";
import type { Sql } from "./database";

const answerSchema = z.object({
  activationRequest: z
    .object({
      id: z.string(),
      state: z.string(),
      environments: z.array(z.object({ environmentId: z.uuid(), state: z.string() })),
    })
    .optional(),
  error: z.object({ code: z.string() }).optional(),
});
export type ApiAnswer = { status: number; text: string } & z.infer<typeof answerSchema>;

type Call = { method: string; path: string; body?: unknown; headers?: Record<string, string> };

export async function callApi({ method, path, body, headers }: Call): Promise<ApiAnswer> {
  const response = await fetch(`${demo().portalUrl}/api/v1/${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, ...answerSchema.parse(JSON.parse(text)) };
}

/** The three calls of the partner API, with one key. */
export function partnerApi(key: string) {
  const headers = { authorization: `Bearer ${key}` };
  return {
    read: (id: string) => callApi({ method: "GET", path: `activation-requests/${id}`, headers }),
    decide: (id: string, body: unknown) =>
      callApi({ method: "PUT", path: `activation-requests/${id}`, body, headers }),
    redeem: (code: string) => callApi({ method: "POST", path: "handoffs/redeem", body: { code }, headers }),
  };
}

type KeyWish = { ofPartner: "demo" | "other"; stage: "test" | "production"; isRevoked?: boolean };

/** A key that the attacker came by honestly: of another partner, for another stage, or revoked. */
export async function makeApiKey(sql: Sql, { ofPartner, stage, isRevoked }: KeyWish): Promise<string> {
  const key = `kyt_${randomBytes(32).toString("base64url")}`;
  const slug = `rival-${randomBytes(4).toString("hex")}`;
  if (ofPartner === "other") {
    await sql`insert into partners (id, slug, name, notify_email)
      values (gen_random_uuid(), ${slug}, 'Rival Oy', 'rival@partner.example')`;
  }
  await sql`insert into api_keys (id, partner_id, stage, name, prefix, key_hash, revoked_at)
    select gen_random_uuid(), p.id, ${stage}, 'Attack', ${key.slice(0, 8)}, ${sha256(key)},
      ${isRevoked ? new Date() : null}
    from partners p where p.slug = ${ofPartner === "other" ? slug : "esimerkki-software"}`;
  return key;
}
