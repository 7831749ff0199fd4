import { everything, type Ownership, ofAccount } from "./access";

/** Signed documents and the keys that sign them. Documents are evidence: nobody changes or deletes one. */
export const evidence: Ownership = {
  evidence_keys: {
    // Public keys: whoever holds a document has to find them.
    public: { select: everything },
    customer: { select: everything },
    guest: { select: everything },
    system: {
      select: everything,
      insert: everything,
      update: { using: "true", columns: ["retired_at", "distrusted_since"] },
    },
  },
  evidence_documents: {
    customer: { select: ofAccount },
    guest: { select: { using: "request_id in (select id from activation_requests) and kind = 'receipt'" } },
    system: { select: everything, insert: everything },
  },
  evidence_persons: {
    customer: { select: { ...ofAccount, columns: ["document_id", "account_id", "field", "value", "salt"] } },
    guest: {
      select: {
        using: "document_id in (select id from evidence_documents)",
        columns: ["document_id", "account_id", "field", "value", "salt"],
      },
    },
    // Erasing a person deletes the row; the digest in the document stays and says nothing without the salt.
    system: { select: everything, insert: everything, delete: everything },
  },
};
