import { and, desc, eq, exists, gte, not } from "drizzle-orm";
import {
  activationRequests,
  activations,
  evidenceDocuments,
  integrations,
  partners,
  specifications,
  termsAcceptances,
  users,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { listChosen } from "@/lib/activation/settings/rules";
import type { ChosenSetting } from "@/lib/activation/settings/schema";
import { contentHash, languageHash, structureHash } from "@/lib/catalogue/integration/content-hash";
import { createFieldWords } from "@/lib/catalogue/integration/field-words";
import { linesOf, SPECIFICATION_FIELDS, textOfLine } from "@/lib/catalogue/integration/fields";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { inLanguage, readContent } from "@/lib/catalogue/integration/read-content";
import type { SpecificationField } from "@/lib/catalogue/integration/schema";
import { UNDECLARED } from "@/lib/catalogue/integration/texts";
import { issueDocument } from "@/lib/connection/evidence/issue-document";
import type { Receipt } from "@/lib/connection/evidence/schema";
import { AppError } from "@/lib/core/app-error";
import { firstIdAt } from "@/lib/core/first-id-at";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

async function readAccepted(tx: SystemTransaction, requestId: string) {
  const [row] = await tx
    .select({
      acceptance: termsAcceptances,
      request: activationRequests,
      specification: specifications,
      integration: integrations,
      partner: partners.name,
      submitter: users.email,
    })
    .from(termsAcceptances)
    .innerJoin(activationRequests, eq(activationRequests.id, termsAcceptances.requestId))
    .innerJoin(specifications, eq(specifications.id, termsAcceptances.specificationId))
    .innerJoin(integrations, eq(integrations.id, specifications.integrationId))
    .innerJoin(partners, eq(partners.id, termsAcceptances.partnerId))
    .innerJoin(users, eq(users.id, activationRequests.submittedBy))
    .where(eq(termsAcceptances.requestId, requestId));
  if (!row) throw new AppError("not_found", "acceptance");
  return row;
}
type Accepted = Awaited<ReturnType<typeof readAccepted>>;

/** The stored text, hashed as it is stored, against the hashes that were accepted. */
function isIntact({ acceptance, specification, integration }: Accepted): boolean {
  const shown = {
    integrationSlug: integration.slug,
    version: specification.version,
    content: specification.content,
  };
  const { language } = acceptance;
  return (
    contentHash(shown) === acceptance.contentHash &&
    structureHash(shown) === acceptance.structureHash &&
    (language === null || languageHash(shown, language) === acceptance.languageHash)
  );
}

function describeValue({ setting, value }: ChosenSetting): string | null {
  if (value === null || typeof value === "string") {
    const choice = setting.type === "choice" ? setting.choices.find((one) => one.value === value) : undefined;
    return choice ? `${choice.label} (${choice.value})` : value;
  }
  return typeof value === "object" ? `${value.from}–${value.to}` : String(value);
}

function bodyOf(accepted: Accepted, environments: Receipt["environments"]) {
  const { acceptance, request, specification, integration, partner } = accepted;
  const written = readContent(specification.content);
  const language = acceptance.language ?? written.mainLanguage;
  const content = inLanguage(written, language);
  const connector = connectorOf(integration.connector);
  const words = createFieldWords(language === UNDECLARED ? DEFAULT_LOCALE : language, { partner, connector });
  const fields = Object.keys(SPECIFICATION_FIELDS) as SpecificationField[];
  return {
    kind: "receipt" as const,
    partner,
    integration: { slug: integration.slug, name: content.name, stage: integration.stage },
    connector: { id: connector.id, name: connector.name },
    request: { id: request.id, submittedAt: request.submittedAt.toISOString() },
    acceptance: {
      acceptedAt: acceptance.acceptedAt.toISOString(),
      specificationVersion: specification.version,
      language: acceptance.language,
      contentHash: acceptance.contentHash,
      structureHash: acceptance.structureHash,
      languageHash: acceptance.languageHash,
      isIntact: isIntact(accepted),
    },
    environments,
    specification: fields.flatMap((field) => {
      const lines = linesOf(content, field, words).map(textOfLine);
      return lines.length === 0 ? [] : [{ field, label: words.t(`fields.${field}`), lines }];
    }),
    settings: listChosen(content, request.settings).map((chosen) => ({
      name: chosen.setting.name,
      label: chosen.setting.label,
      value: describeValue(chosen),
    })),
  };
}

async function listCompanies(
  tx: SystemTransaction,
  { acceptance, request }: Accepted,
): Promise<Receipt["environments"]> {
  const rows = await tx
    .select({ externalId: activations.externalId, businessId: activations.businessId })
    .from(activations)
    .where(eq(activations.requestId, request.id));
  const businessIds = new Map(rows.map((row) => [row.externalId, row.businessId]));
  return acceptance.environments.map(({ externalId, name }) => ({
    externalId,
    name,
    businessId: businessIds.get(externalId) ?? null,
  }));
}

/** Signs what was accepted with a request, in the language in which it was shown. May run twice. */
export function issueReceipt(context: WorkerContext, requestId: string): Promise<void> {
  return asSystem(context, "issue receipt", async (tx) => {
    const accepted = await readAccepted(tx, requestId);
    const { acceptance, request, submitter } = accepted;
    await issueDocument(tx, context, {
      subjectId: requestId,
      revision: 1,
      requestId,
      partnerId: request.partnerId,
      accountId: request.accountId,
      body: bodyOf(accepted, await listCompanies(tx, accepted)),
      persons: [
        { field: "acceptedBy", value: acceptance.acceptedEmail, userId: acceptance.acceptedBy },
        { field: "submittedBy", value: submitter, userId: request.submittedBy },
      ],
    });
  });
}

const BATCH = 100;

/** Requests without a receipt, the newest first, of those accepted since; null: of all. */
export async function listWithoutReceipt(tx: SystemTransaction, since: Date | null): Promise<string[]> {
  const issued = tx
    .select({ id: evidenceDocuments.id })
    .from(evidenceDocuments)
    .where(
      and(eq(evidenceDocuments.kind, "receipt"), eq(evidenceDocuments.subjectId, termsAcceptances.requestId)),
    );
  const rows = await tx
    .select({ id: termsAcceptances.requestId })
    .from(termsAcceptances)
    .where(and(since ? gte(termsAcceptances.id, firstIdAt(since)) : undefined, not(exists(issued))))
    .orderBy(desc(termsAcceptances.id))
    .limit(BATCH);
  return rows.map(({ id }) => id);
}
