import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { withScope } from "@/db/scope";
import type { AccessKind } from "@/lib/catalogue/integration/schema";
import { sha256 } from "@/lib/core/hash";
import type { GatewayContext } from "./context";
import type { Needs } from "./find-operation";
import { GatewayProblem } from "./problem";
import { REFUSALS, type RefusalCode } from "./refusals";

const refusal = z.object({
  refusal: z.enum(Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]),
  since: z.string().optional(),
  until: z.string().nullish(),
  pausedBy: z.string().optional(),
  attention: z.string().nullish(),
  needs: z.array(z.object({ path: z.string(), levels: z.array(z.string()) })).optional(),
});

const token = z.object({
  version: z.int(),
  sealed: z.string().nullable(),
  failure: z.string().nullable(),
  isRefused: z.boolean(),
  isAsked: z.boolean(),
  mintedAgoMs: z.number().nullable(),
  validForMs: z.number().nullable(),
  failedAgoMs: z.number().nullable(),
});
export type TokenRow = z.infer<typeof token>;

const allowed = z.object({
  keyId: z.uuid(),
  partnerId: z.uuid(),
  accountId: z.uuid(),
  integrationId: z.uuid(),
  connector: z.string(),
  stage: z.enum(["test", "production"]),
  clientId: z.string(),
  settings: z.record(z.string(), z.string()),
  limiterKey: z.string(),
  externalId: z.string(),
  rightUsed: z.string().nullable(),
  /** Of the accepted version. */
  rights: z.array(z.object({ path: z.string(), level: z.string() })),
  dataKey: z.object({ keyEncryptionKeyId: z.string(), wrappedKey: z.string() }).nullable(),
  token: token.nullable(),
});
/** All that one call needs of its connection, and whose it is. */
export type AllowedCall = z.infer<typeof allowed>;

/** Scopes of API keys that the gateway asks for. */
export type GatewayScope = "gateway" | "records";

export type Asked = {
  apiKey: string;
  connectionId: string;
  scope: GatewayScope;
  access: AccessKind;
  /** By connector; null for what is no operation of a vendor's. */
  needs: Record<string, Needs> | null;
};

/** The API key of `Authorization: Bearer <key>`. Throws `key_unknown`. */
export function readApiKey(authorization: string | undefined): string {
  const key = /^Bearer ([\x21-\x7e]{16,200})$/i.exec(authorization ?? "")?.[1];
  if (key) return key;
  throw new GatewayProblem(
    "key_unknown",
    "Give an API key as Authorization: Bearer <key>.",
    {},
    { "www-authenticate": "Bearer" },
  );
}

/**
 * Asks the database's one rule. What is asked while other questions are on their way goes in the next statement together, each
 * question after its call came. Throws a `GatewayProblem` with the refusal; a database that is away throws its own error.
 */
export async function authorizeCall(
  { database }: Pick<GatewayContext, "database">,
  asked: Asked,
): Promise<AllowedCall> {
  const rounds = roundsOf.get(database) ?? new Rounds(database);
  roundsOf.set(database, rounds);
  const answer = await rounds.ask(asked);
  const refused = refusal.safeParse(answer);
  if (refused.success) throw refuse(refused.data, asked.scope, asked.access);
  return allowed.parse(answer);
}

const roundsOf = new WeakMap<Database, Rounds>();
/** Statements under way at once; a question that waits for a lock in one of them does not hold up the others. */
const MOST_ROUNDS = 3;
const MOST_IN_ROUND = 100;

type Question = { asked: Asked; resolve(answer: unknown): void; reject(reason: unknown): void };

/** The questions of one process. */
class Rounds {
  private waiting: Question[] = [];
  private underWay = 0;

  constructor(private readonly database: Database) {}

  ask(asked: Asked): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject });
      this.begin();
    });
  }

  private begin(): void {
    if (this.waiting.length === 0 || this.underWay >= MOST_ROUNDS) return;
    this.underWay += 1;
    const questions = this.waiting.splice(0, MOST_IN_ROUND);
    void askTogether(this.database, questions).finally(() => {
      this.underWay -= 1;
      this.begin();
    });
  }
}

/** Equal questions are asked once; in the order of their keys, whose rows two processes may both want to mark as used. */
async function askTogether(database: Database, questions: readonly Question[]): Promise<void> {
  const distinct = new Map<string, Question[]>();
  for (const question of questions) {
    const { apiKey, connectionId, scope, access, needs } = question.asked;
    const row = { key_hash: sha256(apiKey), connection: connectionId, scope, access, needs };
    const name = JSON.stringify(row);
    distinct.set(name, [...(distinct.get(name) ?? []), question]);
  }
  const names = [...distinct.keys()].sort();
  try {
    const rows = await withScope(database, { kind: "gateway" }, (tx) =>
      tx.execute<{ answer: unknown }>(sql`
        select kytkin.authorize_gateway_call(key_hash, connection, scope, access, nullif(needs, 'null'::jsonb)) as answer
        from (
          select * from jsonb_to_recordset(${`[${names.join(",")}]`}::text::jsonb)
            as asked (key_hash text, connection uuid, scope text, access text, needs jsonb)
          offset 0
        ) asked`),
    );
    for (const [index, name] of names.entries())
      for (const { resolve } of distinct.get(name) ?? []) resolve(rows[index]?.answer);
  } catch (error) {
    for (const { reject } of questions) reject(error);
  }
}

function refuse(
  { refusal: code, since, until, pausedBy, attention, needs }: z.infer<typeof refusal>,
  scope: GatewayScope,
  access: AccessKind,
): GatewayProblem {
  const members: Record<string, unknown> = { sent: "no" };
  if (since) members.since = new Date(since).toISOString();
  if (until) members.until = new Date(until).toISOString();
  if (pausedBy) members.pausedBy = pausedBy;
  if (attention) members.cause = attention;
  if (code === "scope_missing") members.scope = scope;
  if (code === "access_not_accepted") members.access = access;
  if (needs) members.needsOneOf = needs.map(({ path, levels }) => ({ path, level: levels[0] }));
  // Software that keeps what it read of a connection, or delivers to it, is told that this is over for good.
  const status = code === "connection_ended" && access !== "gateway" ? 410 : undefined;
  return new GatewayProblem(code, REFUSALS[code].detail, members, {}, status);
}
