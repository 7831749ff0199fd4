import { definer } from "./definer";

/** For /verify, which knows no tenant: whoever holds a document's fingerprint learns what it is of, and nothing of its content. */
export const EVIDENCE_FUNCTIONS: readonly string[] = definer(
  "evidence_of_fingerprint(of_fingerprint text)",
  "TABLE (kind text, revision integer, newest_revision integer, issued_at timestamptz, kid text)",
  "sql",
  `SELECT d.kind, d.revision,
     (SELECT max(n.revision) FROM public.evidence_documents n WHERE n.kind = d.kind AND n.subject_id = d.subject_id),
     d.issued_at, d.kid
   FROM public.evidence_documents d WHERE d.fingerprint = of_fingerprint`,
  ["public"],
);
