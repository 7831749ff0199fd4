import { outcomeOf } from "@/lib/activation/request/outcome";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import type { RequestRows } from "./read-request-rows";
import type { TimelineEntry, TimelineKind } from "./schema";

type Said = Partial<Pick<TimelineEntry, "company" | "actor" | "what" | "text" | "vendorAnswer">>;

function entry(kind: TimelineKind, id: string, at: Date | string, said: Said = {}): TimelineEntry {
  return {
    key: `${kind}.${id}`,
    at: typeof at === "string" ? at : at.toISOString(),
    kind,
    company: null,
    actor: null,
    what: null,
    text: null,
    vendorAnswer: null,
    ...said,
  };
}

function ofRequest({ request, decider }: RequestRows): TimelineEntry[] {
  const { id } = request;
  const by = request.decidedBy?.split(":")[0] ?? null;
  return [
    entry("submitted", id, request.submittedAt),
    ...(request.partnerPageOpenedAt ? [entry("page_opened", id, request.partnerPageOpenedAt)] : []),
    ...(request.decidedAt ? [entry("decided", id, request.decidedAt, { actor: decider, what: by })] : []),
    ...(request.settledAt
      ? [entry(request.state === "cancelled" ? "cancelled" : "settled", id, request.settledAt)]
      : []),
  ];
}

/** What the vendor said stands where it was said; our own words are those of the outcome beside it. */
function saidByVendor(kind: TimelineKind, id: string, company: string, answer: VendorAnswer): TimelineEntry {
  return entry(kind, id, answer.at, { company, vendorAnswer: answer });
}

function ofEnvironment({ activation, connection }: RequestRows["environments"][number]): TimelineEntry[] {
  const company = activation.environmentName;
  const outcome = outcomeOf({ ...activation, hasEnded: false });
  const entries: TimelineEntry[] = [];
  if (outcome !== "awaiting_partner" && outcome !== "cancelled")
    entries.push(
      entry("environment", activation.id, activation.stateSince, {
        company,
        what: outcome,
        text: activation.rejectionReason,
      }),
    );
  if (activation.vendorAnswer)
    entries.push(saidByVendor("vendor_answer", activation.id, company, activation.vendorAnswer));
  if (!connection) return entries;
  entries.push(entry("connection_made", connection.id, connection.createdAt, { company }));
  if (connection.verifiedAt)
    entries.push(
      entry("checked", connection.id, connection.verifiedAt, { company, what: connection.attention }),
    );
  if (connection.checkFailedAt)
    entries.push(
      entry("check_failed", connection.id, connection.checkFailedAt, {
        company,
        vendorAnswer: connection.checkAnswer,
      }),
    );
  return entries;
}

/** All that is known to have happened with a request, the newest first. */
export function buildTimeline(rows: RequestRows): TimelineEntry[] {
  const companyOf = new Map(
    rows.environments.flatMap(({ activation, connection }) =>
      connection ? [[connection.id, activation.environmentName] as const] : [],
    ),
  );
  const entries = [
    ...ofRequest(rows),
    ...rows.environments.flatMap(ofEnvironment),
    ...rows.steps.map((step) =>
      entry("offboarding", step.id, step.at, {
        company: companyOf.get(step.connectionId) ?? null,
        what: step.kind,
      }),
    ),
    ...rows.mails.map((mail) =>
      entry("mail", mail.id, mail.sentAt ?? mail.lastTriedAt ?? mail.createdAt, {
        what: `${mail.kind}.${mail.state}`,
        text: mail.recipientMasked,
      }),
    ),
    ...rows.notes.map((note) =>
      entry("note", note.id, note.createdAt, { actor: note.author, text: note.body }),
    ),
  ];
  return entries.sort((one, other) => other.at.localeCompare(one.at) || other.key.localeCompare(one.key));
}
