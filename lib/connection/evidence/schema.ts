import { z } from "zod";

/** Frozen: what is inside signed bytes, and what the offline verifier compares. */
export const EVIDENCE_FORMAT = "kytkin-evidence/1";
export const KEY_FORMAT = "kytkin-evidence-key/1";
export const EVIDENCE_TYPE = "kytkin-evidence";
export const EVIDENCE_ALGORITHM = "EdDSA";

export const EVIDENCE_KINDS = ["receipt", "certificate"] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What is known of a person who is named in a document: beside it, never inside. */
export const PERSON_FIELDS = ["acceptedBy", "submittedBy", "askedBy", "reason"] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.string();

export const publicKey = z.object({ crv: z.literal("Ed25519"), kty: z.literal("OKP"), x: z.string() });
export type PublicKey = z.infer<typeof publicKey>;

/** What one key says of itself, signed by its predecessor; the first one signs itself. */
export const keyStatement = z.strictObject({
  format: z.literal(KEY_FORMAT),
  kid: hash,
  publicKey,
  predecessor: hash.nullable(),
  createdAt: time,
  issuer: z.string(),
});

const named = z.strictObject({ id: z.string(), name: z.string() });
const head = {
  format: z.literal(EVIDENCE_FORMAT),
  id: z.string(),
  revision: z.int(),
  issuedAt: time,
  issuer: z.string(),
  rootKey: hash,
  partner: z.string(),
  integration: z.strictObject({ slug: z.string(), name: z.string(), stage: z.string() }),
  connector: named,
  /** Salted digests, by the name of the field. */
  persons: z.partialRecord(z.enum(PERSON_FIELDS), hash),
};
const company = z.strictObject({
  externalId: z.string(),
  name: z.string(),
  businessId: z.string().nullable(),
});

const receipt = z.strictObject({
  ...head,
  kind: z.literal("receipt"),
  request: z.strictObject({ id: z.string(), submittedAt: time }),
  acceptance: z.strictObject({
    acceptedAt: time,
    specificationVersion: z.int(),
    /** null: accepted before texts had languages. */
    language: z.string().nullable(),
    contentHash: hash,
    structureHash: z.string().nullable(),
    languageHash: z.string().nullable(),
    /** The stored text still has the hash that was accepted. */
    isIntact: z.boolean(),
  }),
  environments: z.array(company),
  /** What was shown, in the language of the acceptance. */
  specification: z.array(
    z.strictObject({ field: z.string(), label: z.string(), lines: z.array(z.string()) }),
  ),
  settings: z.array(z.strictObject({ name: z.string(), label: z.string(), value: z.string().nullable() })),
});
export type Receipt = z.infer<typeof receipt>;

const certificate = z.strictObject({
  ...head,
  kind: z.literal("certificate"),
  connection: z.strictObject({ id: z.string(), requestId: z.string(), activeSince: time }),
  environment: company,
  asked: z.strictObject({ by: z.string(), at: time }),
  /** What was done, in order, with its time. */
  steps: z.array(z.strictObject({ kind: z.string(), at: time })),
  key: z.strictObject({
    source: z.string(),
    fate: z.string(),
    outcome: z.string(),
    lastTry: z.strictObject({ result: z.string(), at: time }).nullable(),
  }),
  held: z.array(z.strictObject({ what: z.string(), since: time.nullable(), destroyedAt: time })),
  /** When the database was asked for what can still be opened, and how much of it was found. */
  looked: z.strictObject({ at: time, dataKeys: z.int(), secrets: z.int() }),
  /** Rows of deliveries by where they stood when it ended. */
  rows: z.record(z.string(), z.int()),
  /**
   * What was under way at the moment when calls had stopped: calls of the partner's software by how they ended, rows of deliveries
   * by what became of them, and files that waited to be read. Missing in certificates from before it was counted.
   */
  onItsWay: z
    .strictObject({
      calls: z.record(z.string(), z.int()),
      rows: z.strictObject({ cancelled: z.int(), unknown: z.int() }),
      files: z.int(),
    })
    .optional(),
  /** What the customer took along, each under a key of its own; a second revision says when that was destroyed. Missing when there is none. */
  exports: z.array(z.strictObject({ askedAt: time, endsAt: time, goneAt: time.nullable() })).optional(),
  pauses: z.array(z.strictObject({ by: z.string(), since: time, until: time.nullable() })),
  /** null: nobody has said how long backups are kept, so that nothing is said of them. */
  backups: z.strictObject({ keptForDays: z.int(), until: time }).nullable(),
});
export type Certificate = z.infer<typeof certificate>;

export const evidenceDocument = z.discriminatedUnion("kind", [receipt, certificate]);
export type EvidenceDocument = z.infer<typeof evidenceDocument>;

/** What a maker of a document gives; the rest of the head is added when it is signed. */
export type DocumentBody =
  | Omit<Receipt, "format" | "id" | "revision" | "issuedAt" | "issuer" | "rootKey" | "persons">
  | Omit<Certificate, "format" | "id" | "revision" | "issuedAt" | "issuer" | "rootKey" | "persons">;

const told = z.strictObject({ value: z.string(), salt: z.string() });
/** The downloaded file, its members in this order. */
export const evidenceFile = z.strictObject({
  format: z.literal(EVIDENCE_FORMAT),
  payload: z.string(),
  protected: z.string(),
  signature: z.string(),
  keys: z.array(z.string()).min(1).max(100),
  persons: z.partialRecord(z.enum(PERSON_FIELDS), told),
});
export type EvidenceFile = z.infer<typeof evidenceFile>;
export type ToldPersons = EvidenceFile["persons"];

/** Why a document is refused: a key of `evidence.verify.refused`. */
export type Refusal = "format" | "bytes" | "keys" | "signature" | "person" | "root" | "unknown";

/** What is told of a document by its fingerprint alone. */
export type IssuedDocument = {
  kind: EvidenceKind;
  revision: number;
  newestRevision: number;
  issuedAt: string;
  kid: string;
};

/** A document as its page shows it. */
export type EvidencePaperView = {
  document: EvidenceDocument;
  persons: ToldPersons;
  fingerprint: string;
  rootKey: string;
};

export const MAX_FILE_BYTES = 900_000;
