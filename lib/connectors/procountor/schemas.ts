import { z } from "zod";
import { vendorText as text, vendorAddress } from "@/lib/connectors/vendor-text";

/** Shapes of Procountor API 26.04 that we read and send; tolerant where its documents leave a field optional or unclear. */

/** int32 at the vendor; a string elsewhere in the portal, and read as one too. */
const companyId = z
  .union([z.number().int().positive(), z.string().regex(/^[1-9]\d{0,15}$/)])
  .transform(String);

const businessIdentifier = z
  .object({ brnType: text, code: text })
  .nullish()
  .catch(null)
  // These types identify a person, not a business: such a number must not be kept or shown.
  .transform((value) => (value && !["HETU", "SSN", "PN"].includes(value.brnType ?? "") ? value.code : null));

export const accessTokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Tokens live for 3,600 seconds (API certification checkpoint 3). */
  expires_in: z.coerce.number().positive().default(3600),
});

/** What the code of a login for a key is traded for. */
export const loginKeyAnswer = z.object({ api_key: z.string().min(1).max(4000) });

/** `ApiIntegrationRequestData` */
export const integrationRequestAnswer = z.object({
  integrationId: z.union([z.string(), z.number()]).transform(String),
  expires: z.union([z.string(), z.number()]).nullish(),
  initiator: z.object({ email: vendorAddress, userFullName: text }).nullish().catch(null),
  /** Read one by one: one that cannot be read must not cost the others. */
  companiesToIntegrate: z
    .array(z.unknown())
    .nullish()
    .transform((companies) => companies ?? []),
});
export type IntegrationRequestAnswer = z.infer<typeof integrationRequestAnswer>;

const extraInfo = z
  .object({ companyName: text, country: text, accountingOfficeName: text, businessIdentifier })
  .nullish()
  .catch(null);
export const companyToIntegrate = z.object({ companyId, extraInfo });
export type CompanyToIntegrate = z.infer<typeof companyToIntegrate>;
/** What is left of one without an id that can be read: enough to say which it is. */
export const companyWithoutId = z.object({ companyId: text, extraInfo });

/** `ApiIntegrationApproveRequest` */
export const decisionBody = z.object({
  approve: z.array(z.number().int().positive()),
  reject: z.array(z.object({ companyId: z.number().int().positive(), reason: z.string().max(255) })),
});

/** `ApiIntegrationApproveResult`. Its entries are read one by one: a bad one must not cost the keys of the others. */
export const decisionAnswer = z.object({ companiesIntegrated: z.array(z.unknown()).nullish() });
export const issuedKey = z.object({ companyId, apiKey: z.string().min(1) });

const customer = z.object({ companyId });
/** The document says a list and names one object, so a list, one object and a page of results are all read. */
export const customersAnswer = z.union([
  z.array(customer),
  z.object({ results: z.array(customer), meta: z.object({ totalCount: z.number().nullish() }).nullish() }),
  customer,
]);

/** `Company` */
export const companyAnswer = z.object({
  id: companyId,
  name: text,
  country: text,
  productVersion: text,
  businessIdentifier,
});

/** A level or a boolean; anything else that the vendor may add says nothing that we know. */
const rightLevel = z.union([z.string(), z.boolean()]).nullish().catch(null);

/** `UserPrivileges`: groups of leaves. A plain value among the groups is no group. */
export const userRightsAnswer = z.object({
  role: text,
  rights: z.record(z.string(), z.record(z.string(), rightLevel).nullish().catch(null)).nullish(),
});
export type UserRightsAnswer = z.infer<typeof userRightsAnswer>;

/** `ErrorMessages`, or the error of OAuth 2.0 (RFC 6749, 5.2). */
export const errorAnswer = z.union([
  z.object({
    errors: z.array(z.object({ field: text, message: text }).catch({ field: null, message: null })),
  }),
  z.object({ error: z.string(), error_description: text }),
]);
