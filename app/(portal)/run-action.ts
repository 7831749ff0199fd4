import { randomUUID } from "node:crypto";
import type { FormState } from "@/components/ui/form-state";
import { DATABASE_AWAY, isDatabaseAway } from "@/db/errors";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { type RefusedEntry, writeAudit } from "@/lib/platform/audit/write-audit";
import { log } from "@/lib/platform/log";
import { findTraceId } from "@/lib/platform/trace";
import { refusalOf } from "../refusal";
import { onRequest } from "./acting";
import { asOperator } from "./as-operator";

export type Outcome<T> = { ok: true; value: T } | { ok: false; state: FormState };
/** Writes a refused attempt in the name of whoever acted. */
type RecordRefusal = (viewer: Viewer, entry: RefusedEntry) => Promise<void>;

/** A guest whose request was taken back has no account that the attempt could be recorded in. */
const asAccount: RecordRefusal = (viewer, entry) =>
  onRequest(viewer, (tx) =>
    writeAudit(tx, viewer.guestOf ? entry : { ...entry, accountId: viewer.accountId }),
  );

/** For actions under /operator. */
export const refusedToOperator: RecordRefusal = (viewer, entry) =>
  asOperator(viewer, (tx) => writeAudit(tx, entry));

/**
 * Runs the work of a server action. An expected failure becomes the form's error and an audit row of a refused attempt;
 * anything else is a bug, logged with an id. Navigation belongs after it, not inside.
 */
export async function runAction<T>(
  action: AuditAction,
  viewer: Viewer,
  work: () => Promise<T>,
  recordRefusal: RecordRefusal = asAccount,
): Promise<Outcome<T>> {
  try {
    const value = await work();
    log.info({ action }, "action done");
    return { ok: true, value };
  } catch (error) {
    if (isDatabaseAway(error)) {
      log.error({ err: error, action }, "the database is away");
      return { ok: false, state: { status: "error", code: DATABASE_AWAY } };
    }
    if (!isAppError(error)) {
      const errorId = findTraceId() ?? randomUUID();
      log.error({ err: error, errorId, action }, "action failed");
      return { ok: false, state: { status: "error", code: "unexpected", errorId } };
    }
    log[error.level]({ action, refusedAs: error.code, detail: error.detail }, "action refused");
    await recordRefusal(viewer, {
      actor: { kind: "user", userId: viewer.userId },
      action,
      subject: { kind: "attempt" },
      outcome: "refused",
      detail: { code: error.code },
    });
    return { ok: false, state: refusalOf(error) };
  }
}
