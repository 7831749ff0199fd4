"use server";
import type { ReactNode } from "react";
import { VerifyFingerprint, VerifyRefusal, VerifyValid } from "@/components/evidence/verify-answer";
import { judgeEvidence, readGiven } from "@/lib/connection/evidence/judge-evidence";
import { findIssued } from "@/lib/connection/evidence/queries";
import { inScope } from "@/lib/platform/web-database";

/** Verifies a file, its pasted text, or a printed fingerprint. Nothing of it is kept. */
export async function verifyAction(_previous: ReactNode, data: FormData): Promise<ReactNode> {
  const file = data.get("file");
  const bytes = file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : null;
  const given = readGiven(bytes, String(data.get("text") ?? ""));
  if (given === null) return <VerifyRefusal refusal="nothing" />;
  if (given.kind === "fingerprint") {
    const issued = await inScope({ kind: "public" }, (tx) => findIssued(tx, given.fingerprint));
    return issued ? (
      <VerifyFingerprint issued={issued} fingerprint={given.fingerprint} />
    ) : (
      <VerifyRefusal refusal="no_such_fingerprint" />
    );
  }
  const judged = await inScope({ kind: "public" }, (tx) => judgeEvidence(tx, given.bytes));
  if (!judged.ok) return <VerifyRefusal refusal={judged.refusal} />;
  return <VerifyValid view={judged.view} isRecorded={judged.isRecorded} hasNewer={judged.hasNewer} />;
}
