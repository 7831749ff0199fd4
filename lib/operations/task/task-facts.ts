import { eq } from "drizzle-orm";
import { activationRequests, activations, candidates, connections, outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { TaskFact, TaskFactName, TaskKind } from "@/lib/platform/task/schema";

type Operator = ScopedTransaction<"operator">;
type Facts = Partial<Record<TaskFactName, string | number | null>>;

async function ofRequest(tx: Operator, id: string): Promise<Facts> {
  const [row] = await tx
    .select({ requestState: activationRequests.state })
    .from(activationRequests)
    .where(eq(activationRequests.id, id));
  return { ...row, requestId: id };
}

async function ofActivation(tx: Operator, id: string): Promise<Facts> {
  const [row] = await tx
    .select({
      requestId: activations.requestId,
      activationState: activations.state,
      failureReason: activations.failureReason,
    })
    .from(activations)
    .where(eq(activations.id, id));
  return { subjectId: id, ...row };
}

async function ofConnection(tx: Operator, id: string): Promise<Facts> {
  const [row] = await tx
    .select({ requestId: activations.requestId, connectionState: connections.state })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(connections.id, id));
  return { subjectId: id, ...row };
}

async function ofCandidate(tx: Operator, id: string): Promise<Facts> {
  const [row] = await tx
    .select({ keyState: candidates.keyState })
    .from(candidates)
    .where(eq(candidates.id, id));
  return { subjectId: id, ...row };
}

async function ofMail(tx: Operator, id: string): Promise<Facts> {
  const [row] = await tx
    .select({
      mailKind: outboxMails.kind,
      recipient: outboxMails.recipientMasked,
      tries: outboxMails.tries,
      lastError: outboxMails.lastError,
      requestId: outboxMails.subjectId,
    })
    .from(outboxMails)
    .where(eq(outboxMails.id, id));
  return { subjectId: id, ...row };
}

const READERS: Record<TaskKind, (tx: Operator, id: string) => Promise<Facts>> = {
  release_refused: ofCandidate,
  answer_lost: ofActivation,
  granted_keys_lost: async (_tx, id) => ({ subjectId: id }),
  key_still_works: ofConnection,
  ended_key_used: ofConnection,
  key_without_owner: async (_tx, id) => ({ subjectId: id }),
  mail_failed: ofMail,
  request_stuck: ofRequest,
  application_refused: async (_tx, id) => ({ subjectId: id }),
  version_ended: async (_tx, id) => ({ subjectId: id }),
};

/** What an operator may know of a task's subject: states and ids, to look it up in the log by. */
export async function listFacts(tx: Operator, kind: TaskKind, subjectId: string): Promise<TaskFact[]> {
  const facts = await READERS[kind](tx, subjectId);
  return Object.entries(facts).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [{ name: name as TaskFactName, value: String(value) }],
  );
}
