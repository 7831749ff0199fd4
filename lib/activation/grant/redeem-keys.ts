import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { candidates, grants } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { blameOf } from "@/lib/connectors/blame";
import type { GrantedKeys, RefusedSignIn } from "@/lib/connectors/consent";
import { ConnectorError } from "@/lib/connectors/errors";
import { assertSilenceIsLong } from "@/lib/connectors/vendor/assert-silence-is-long";
import { keyNameOf } from "@/lib/connectors/vendor/granted-key-names";
import { makeReturnUrl } from "@/lib/connectors/vendor/return-url";
import { storeIssued } from "@/lib/connectors/vendor/store-issued";
import {
  type JournalledCall,
  journalAnswer,
  journalSending,
  journalUnsent,
} from "@/lib/connectors/vendor/vendor-call-journal";
import { isAppError } from "@/lib/core/app-error";
import { maskEmail } from "@/lib/core/mask-email";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { emailAddress } from "@/lib/core/written-text";
import { storeSecret } from "@/lib/platform/seal/secrets";
import { openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import type { KeyGrantingVendor } from "./granted-keys";
import { recordVendorAnswer } from "./record-vendor-answer";
import { openReturnToken } from "./return-token";
import { grantedKeyMachine } from "./rules";
import type { GrantRefusal } from "./schema";
import { dropAttempt, findAttempt } from "./sign-in-attempt";

/** A grant with the slug of its integration, whose callback the customer came back to. */
type Grant = typeof grants.$inferSelect & { slug: string };

/**
 * Trades the returned token for keys, at most once: journalled before the call. Null when the keys are here, else why
 * not. An answer that got lost may leave keys at the vendor that nobody has: a task, until the customer's next consent for
 * the same environments brings them again.
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
    return loseKeys(context, grant, call, null);
  }
  if (returnToken === null) return giveUp(context, call, "token_missing", 0);
  const returned = await openReturnToken(context, grant.stateHash, returnToken);
  // Encrypted to a worker whose keys are gone: only another consent brings another one.
  if (returned === null) return giveUp(context, call, "expired", 0);
  const redeem = await prepareRedeeming(context, grant, { connector, vendor }, returned);
  if (redeem === null) return giveUp(context, call, "expired", 0);
  try {
    const granted = await recordVendorAnswer(context, grant, redeem);
    if ("refusal" in granted) return giveUp(context, call, granted.refusal, 200);
    await storeIssued(context.log, { grantId: grant.id }, (text) =>
      asSystem(context, "store granted keys", async (tx) => {
        await store(tx, context, grant, text === "as_told" ? granted : withStandIns(granted));
        await dropAttempt(tx, grant.id);
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
    // Refused by the gateway, or there is no such path: the token was not looked at.
    if (blameOf(error) === "application")
      return giveUp(context, call, "application_refused", error.answer.status ?? 0);
    const isRefused = !error.isRetriable && error.kind !== "unexpected";
    if (!isRefused) return loseKeys(context, grant, call, error.answer);
    // What came back may be as good as ever: it is the partner's application that was refused.
    const because = error.kind === "application_refused" ? "unavailable" : "expired";
    return giveUp(context, call, because, error.answer.status ?? 0);
  }
}

/** The call that trades what came back; null when what a sign-in has to prove is gone. */
async function prepareRedeeming(
  context: WorkerContext,
  { id, slug }: Grant,
  { connector: { consent }, vendor }: KeyGrantingVendor,
  returned: string,
): Promise<(() => Promise<GrantedKeys | RefusedSignIn>) | null> {
  if (consent.kind === "keys") return () => consent.redeem(vendor, returned);
  const attempt = await asSystem(context, "open sign-in attempt", (tx) => findAttempt(tx, context, id));
  if (attempt === null) return null;
  const returnUrl = makeReturnUrl(context, vendor.application, slug);
  return () => consent.redeem(vendor, returned, { ...attempt, returnUrl });
}

/** The vendor may have issued keys that nobody holds: a person has to know, whatever the customer does next. */
async function loseKeys(
  context: WorkerContext,
  grant: Grant,
  call: JournalledCall,
  vendorAnswer: VendorAnswer | null,
): Promise<GrantRefusal> {
  await asSystem(context, "lose granted keys", async (tx) => {
    await journalAnswer(tx, call, vendorAnswer?.status ?? 0);
    const { id: subjectId, integrationId } = grant;
    await openTask(tx, { kind: "granted_keys_lost", subjectId, integrationId, vendorAnswer });
  });
  return "answer_lost";
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

/** The keys without a word of the vendor's: names are read again with the keys. */
function withStandIns({ keys, withoutKey }: GrantedKeys): GrantedKeys {
  return {
    initiatorEmail: null,
    withoutKey: withoutKey.map(() => "?"),
    keys: keys.map(({ secret }) => ({ name: null, businessId: null, secret })),
  };
}

/** The environments' own ids are read with the keys, one by one; until then the candidates have a stand-in. */
async function store(
  tx: SystemTransaction,
  context: WorkerContext,
  grant: Grant,
  { keys, withoutKey, initiatorEmail }: GrantedKeys,
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
  if (withoutKey.length > 0) {
    const { id: subjectId, integrationId } = grant;
    await openTask(tx, { kind: "granted_keys_lost", subjectId, integrationId });
  }
  const address = emailAddress.safeParse(initiatorEmail).data;
  const initiatorMasked = address === undefined ? null : maskEmail(address);
  await tx
    .update(grants)
    .set({ returnToken: null, withoutKey, initiatorMasked })
    .where(eq(grants.id, grant.id));
}
