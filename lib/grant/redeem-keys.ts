import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { candidates, grants } from "@/db/schema";
import { ConnectorError } from "@/lib/connectors/errors";
import type { GrantedKeys } from "@/lib/connectors/types";
import { isAppError } from "@/lib/core/app-error";
import { maskEmail } from "@/lib/core/mask-email";
import type { GrantRefusal } from "@/lib/draft/states";
import type { SystemTransaction } from "@/lib/seal/data-key";
import { storeSecret } from "@/lib/seal/secrets";
import { assertSilenceIsLong } from "@/lib/vendor/assert-silence-is-long";
import { keyNameOf } from "@/lib/vendor/granted-key-names";
import { storeIssued } from "@/lib/vendor/store-issued";
import {
  type JournalledCall,
  journalAnswer,
  journalSending,
  journalUnsent,
} from "@/lib/vendor/vendor-call-journal";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import type { KeyGrantingVendor } from "./granted-keys";
import { grantedKeyMachine } from "./rules";

type Grant = typeof grants.$inferSelect;

/**
 * Trades the returned token for keys, at most once: journalled before the call. Null when the keys are here, else why
 * not. An answer that got lost leaves keys at the vendor that nobody has; the customer's next consent brings them again.
 */
export async function redeemKeys(
  context: WorkerContext,
  grant: Grant,
  { connector, vendor }: KeyGrantingVendor,
): Promise<GrantRefusal | null> {
  const { stage, vendorRequest, returnToken } = grant;
  const call: JournalledCall = { connector: grant.connector, stage, vendorRequest, verb: "redeem" };
  const journal = await asSystem(context, "journal redeeming", (tx) =>
    journalSending(tx, call, { grantId: grant.id }),
  );
  if (journal.state === "answered") return null;
  if (journal.state === "sent_before") {
    assertSilenceIsLong(context, journal.sentAt);
    return giveUp(context, call, "answer_lost", 0);
  }
  if (returnToken === null) return giveUp(context, call, "token_missing", 0);
  try {
    const granted = await connector.redeemGrant(vendor, returnToken);
    await storeIssued(context.log, { grantId: grant.id }, () =>
      asSystem(context, "store granted keys", async (tx) => {
        await store(tx, context, grant, granted);
        await journalAnswer(tx, call, 200);
      }),
    );
    return null;
  } catch (error) {
    // The connector's own refusals, like a missing secret, come before anything is sent.
    if (isAppError(error) || (error instanceof ConnectorError && error.unsent)) {
      await asSystem(context, "journal unsent call", (tx) => journalUnsent(tx, call));
      throw error;
    }
    if (!(error instanceof ConnectorError)) throw error;
    const isRefused = !error.isRetriable && error.kind !== "unexpected";
    return giveUp(context, call, isRefused ? "expired" : "answer_lost", error.answer.status ?? 0);
  }
}

async function giveUp(
  context: WorkerContext,
  call: JournalledCall,
  because: GrantRefusal,
  status: number,
): Promise<GrantRefusal> {
  await asSystem(context, "journal answer", (tx) => journalAnswer(tx, call, status));
  return because;
}

/** The environments' own ids are read with the keys, one by one; until then the candidates have a stand-in. */
async function store(
  tx: SystemTransaction,
  context: WorkerContext,
  grant: Grant,
  { keys, initiatorEmail }: GrantedKeys,
): Promise<void> {
  for (const { name, businessId, secret } of keys) {
    const id = uuidv7();
    await tx.insert(candidates).values({
      id,
      grantId: grant.id,
      accountId: grant.accountId,
      externalId: `undescribed:${id}`,
      name,
      businessId,
      rights: "unknown",
      existing: "unknown",
      productFit: "unknown",
      keyState: grantedKeyMachine.advance(null, "issue"),
    });
    await storeSecret(
      tx,
      context.keys,
      { kind: "grant", id: grant.id },
      { name: keyNameOf(id), value: secret },
    );
  }
  const initiatorMasked = initiatorEmail === null ? null : maskEmail(initiatorEmail);
  await tx.update(grants).set({ returnToken: null, initiatorMasked }).where(eq(grants.id, grant.id));
}
