import { notFound } from "next/navigation";
import { findEvidenceFile } from "@/lib/connection/evidence/queries";
import { evidenceFileResponse } from "../../../../evidence-file";
import { loadOfConnection } from "../../load-connection";

type Context = { params: Promise<{ id: string }> };

/** The certificate as the file that /verify and the offline verifier take. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const { read } = await loadOfConnection(id, (tx) => findEvidenceFile(tx, "certificate", id));
  if (read === null) notFound();
  return evidenceFileResponse(read, `certificate-${id}`);
}
