import { notFound } from "next/navigation";
import { findEvidenceFile } from "@/lib/connection/evidence/queries";
import { evidenceFileResponse } from "../../../../evidence-file";
import { loadOfRequest } from "../../load-request";

type Context = { params: Promise<{ id: string }> };

/** The receipt as the file that /verify and the offline verifier take. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const { view } = await loadOfRequest(id, `/requests/${id}/receipt`, (tx, requestId) =>
    findEvidenceFile(tx, "receipt", requestId),
  );
  if (view === null) notFound();
  return evidenceFileResponse(view, `receipt-${id}`);
}
