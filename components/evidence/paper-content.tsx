import type { EvidenceDocument, ToldPersons } from "@/lib/connection/evidence/schema";
import { CertificatePaper } from "./certificate-paper";
import { ReceiptPaper } from "./receipt-paper";

/** A document in the reader's words, made from the signed bytes and nothing else. */
export function PaperContent({ document, persons }: { document: EvidenceDocument; persons: ToldPersons }) {
  return document.kind === "receipt" ? (
    <ReceiptPaper document={document} persons={persons} />
  ) : (
    <CertificatePaper document={document} persons={persons} />
  );
}
