import { and, eq } from "drizzle-orm";
import { activations, connections, outboxMails, sealedSecrets } from "@/db/schema";
import { canonicalJson } from "@/lib/core/canonical-json";
import { fingerprintOf } from "@/lib/platform/seal/secrets";
import { readRequest } from "../fixtures/request";
import type { VendorWorld } from "../fixtures/vendor-world";
import type { Moved, RaceCourse } from "./race-course";

/** What a race has left that should not be, in words; nothing when all is well. */
export async function findBrokenPromises(world: VendorWorld, course: RaceCourse): Promise<string[]> {
  const found: string[] = [];
  for (const [index, { requestId, prepared }] of course.starts.entries()) {
    const moves = course.history.filter(({ move }) => move.request === index);
    found.push(...(await findInRequest(world, requestId, moves)));
    found.push(...(await findAtVendor(world, prepared.vendorRequest)));
  }
  return [...found, ...(await findInKeys(world, course))];
}

const countWins = (moves: readonly Moved[], kind: Moved["move"]["do"]): number =>
  moves.filter(({ move, result }) => move.do === kind && result === "won").length;

async function findInRequest(
  { database }: VendorWorld,
  requestId: string | null,
  moves: readonly Moved[],
): Promise<string[]> {
  const submissions = countWins(moves, "submit");
  if (requestId === null) return submissions === 0 ? [] : ["a submission won without a request"];
  const request = await readRequest(database, requestId);
  const states = [...new Set(request.activations.map(({ state }) => state))].toSorted();
  const decided = moves.filter(({ move, result }) => move.do === "decide" && result === "won");
  const ends = { decide: decided.length, cancel: countWins(moves, "cancel") };
  const isTimedOut = states.join() === "timed_out";
  const expected = {
    decide: request.decision === null ? 0 : 1,
    cancel: request.state === "cancelled" ? 1 : 0,
  };
  const mails = await database.admin.orm
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.subjectId, requestId));
  const settled = mails.filter(({ kind }) => kind === "request_settled").length;
  const isDecisionKept =
    decided.length === 0 ||
    canonicalJson(sort(decided[0]?.decision)) === canonicalJson(sort(request.decision));
  const unended = request.activations.filter(({ state }) => !ENDED.includes(state));
  return [
    ...(submissions === 1 ? [] : [`${requestId} was submitted ${submissions} times`]),
    ...(canonicalJson(ends) === canonicalJson(expected)
      ? []
      : [`${requestId} is ${request.state}, but those who won were ${canonicalJson(ends)}`]),
    ...(expected.decide + expected.cancel + (isTimedOut ? 1 : 0) === 1
      ? []
      : [`${requestId} did not end in one way: ${request.state}, ${states}`]),
    ...(isDecisionKept ? [] : [`${requestId} keeps another decision than the one that won`]),
    ...unended.map(({ id, state }) => `activation ${id} is still ${state}`),
    ...(settled === (request.state === "cancelled" ? 0 : 1) ? [] : [`${requestId} has ${settled} mails`]),
  ];
}

const ENDED = ["active", "rejected", "timed_out", "cancelled"];

type Decision = { approve: string[]; reject: { environmentId: string; reason: string }[] };

function sort(decision: Decision | null | undefined) {
  return {
    approve: [...(decision?.approve ?? [])].toSorted(),
    reject: (decision?.reject ?? []).map(({ environmentId }) => environmentId).toSorted(),
  };
}

/** The vendor was told once at most. */
async function findAtVendor({ sandbox }: VendorWorld, vendorRequest: string): Promise<string[]> {
  const path = `/integrations/${vendorRequest}`;
  const puts = (await sandbox.listCalls()).filter((call) => call.method === "PUT" && call.path === path);
  return puts.length <= 1 ? [] : [`${puts.length} decisions were sent for ${vendorRequest}`];
}

/** Each company has one approval at most, and each key that works is that of its one live connection. */
async function findInKeys(
  { database, sandbox, context }: VendorWorld,
  { companies, members }: RaceCourse,
): Promise<string[]> {
  const { orm } = database.admin;
  const live = await orm
    .select({ externalId: activations.externalId, fingerprint: sealedSecrets.fingerprint })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(sealedSecrets, eq(sealedSecrets.ownerId, connections.id))
    .where(and(eq(connections.accountId, members[0].accountId), eq(sealedSecrets.name, "api_key")));
  const connected = live.map(({ externalId, fingerprint }) => `${externalId} ${fingerprint}`);
  return companies.flatMap((company) => {
    const users = sandbox.getState().technicalUsers.filter(({ companyId }) => String(companyId) === company);
    const keys = users.map(({ apiKey }) => `${company} ${fingerprintOf(context.keys, apiKey)}`);
    const here = connected.filter((one) => one.startsWith(`${company} `));
    if (keys.length > 1) return [`company ${company} was approved ${keys.length} times`];
    return keys.join() === here.join() ? [] : [`company ${company}: ${keys} there, ${here} here`];
  });
}
