import { notFound } from "next/navigation";
import type { Viewer } from "@/lib/people/account/schema";
import { getViewer } from "@/lib/people/auth/viewer";
import type { AuditAction } from "@/lib/platform/audit/actions";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asCustomer } from "../as-customer";

/** As `getOperator`, for actions: what somebody else tries is on record, and answered as if nothing were here. */
export async function getActingOperator(action: AuditAction, returnTo: string): Promise<Viewer> {
  const viewer = await getViewer(returnTo);
  if (viewer.isOperator) return viewer;
  await asCustomer(viewer, (tx) =>
    writeAudit(tx, {
      actor: { kind: "user", userId: viewer.userId },
      accountId: viewer.accountId,
      action,
      subject: { kind: "attempt" },
      outcome: "refused",
      detail: { code: "not_found" },
    }),
  );
  notFound();
}
