import { z } from "zod";
import { makeTokenAnswer } from "@/lib/connectors/token-answer";
import { vendorText as optionalText, vendorAddress } from "@/lib/connectors/vendor-text";

/** Shapes of Procountor API 26.04 that we read and send; tolerant where its documents leave a field optional or unclear. */

/** int32 at the vendor; a string elsewhere in the portal, and read as one too. */
const companyId = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int().positive())
  .transform(String);

const businessIdentifier = z
  .object({ brnType: optionalText, code: optionalText })
  .nullish()
  .catch(null)
  // These types identify a person, not a business: such a number must not be kept or shown.
  .transform((value) => (value && !["HETU", "SSN", "PN"].includes(value.brnType ?? "") ? value.code : null))
  // A number whose type cannot be read may be a person's.
  .catch(null);

/** Tokens live for 3,600 seconds (API certification checkpoint 3). */
export const accessTokenAnswer = makeTokenAnswer(3600);

/** A key is sent on in a form; spaces and line breaks around it are the transport's. */
const key = z.string().trim().min(1).max(4000);

/** What the code of a login for a key is traded for. */
export const loginKeyAnswer = z.object({ api_key: key });

/** `ApiIntegrationRequestData` */
export const integrationRequestAnswer = z.object({
  integrationId: z.union([z.string(), z.number()]).transform(String),
  expires: z.union([z.string(), z.number()]).nullish().catch(null),
  initiator: z.object({ email: vendorAddress, userFullName: optionalText }).nullish().catch(null),
  /** Read one by one, as `companyToIntegrate`. */
  companiesToIntegrate: z.unknown().optional(),
});
export type IntegrationRequestAnswer = z.infer<typeof integrationRequestAnswer>;

const extraInfo = z
  .object({
    companyName: optionalText,
    country: optionalText,
    accountingOfficeName: optionalText,
    businessIdentifier,
  })
  .nullish()
  .catch(null);
export const companyToIntegrate = z.object({ companyId, extraInfo });
/** What is left of one without a usable id: enough to say which it is. */
export const companyWithoutId = z.object({ companyId: optionalText, extraInfo });

/** `ApiIntegrationApproveRequest` */
export const decisionBody = z.object({
  approve: z.array(z.number().int().positive()),
  reject: z.array(z.object({ companyId: z.number().int().positive(), reason: z.string().max(255) })),
});

/**
 * `ApiIntegrationApproveResult`, or the bare list of its entries. They are read one by one: a bad one must not cost the keys
 * of the others, and a key without a usable company is still a key that exists.
 */
export const decisionAnswer = z.union([
  z.array(z.unknown()).transform((companiesIntegrated) => ({ companiesIntegrated })),
  z.object({ companiesIntegrated: z.unknown().optional() }),
]);
export const issuedKey = z.object({ companyId: companyId.nullable().catch(null), apiKey: key });

/** Of the version of the integration that the company has; `DELETED`: it has none any more. */
export const customer = z.object({ companyId, integrationVersionStatus: optionalText });
/** The document says a list and names one object, so a list, one object and a page of results are all read. */
export const customersPage = z.object({
  results: z.array(z.unknown()),
  meta: z
    .object({ totalCount: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** `Company` */
export const companyAnswer = z.object({
  id: companyId,
  name: optionalText,
  country: optionalText,
  productVersion: optionalText,
  businessIdentifier,
});

type Leaves = Record<string, string | boolean | null>;

const leaf = z.union([z.string(), z.boolean(), z.number().transform(String)]).nullish();
/** What is none of a right's values is a right that is not known, beside those that are. */
const leaves = z
  .record(z.string(), z.unknown())
  .transform((group) =>
    Object.fromEntries(
      Object.entries(group).map(([name, value]): [string, string | boolean | null] => [
        name,
        leaf.safeParse(value).data ?? null,
      ]),
    ),
  );

/**
 * `UserPrivileges`: groups of leaves, each a level or a boolean. A group that is none is new, and nothing that we ask for.
 * Without any groups the answer tells nothing, and must not be taken for a user without rights.
 */
export const userRightsAnswer = z.object({
  role: optionalText,
  rights: z
    .record(z.string(), z.unknown())
    .transform((groups) =>
      Object.fromEntries(
        Object.entries(groups).map(([name, group]): [string, Leaves] => [
          name,
          leaves.safeParse(group).data ?? {},
        ]),
      ),
    ),
});
export type UserRightsAnswer = z.infer<typeof userRightsAnswer>;

/** `ErrorMessages`, or the error of OAuth 2.0 (RFC 6749, 5.2). Entries of `errors` are read one by one. */
export const errorAnswer = z.union([
  z.object({ errors: z.array(z.unknown()) }),
  z.object({ error: z.string(), error_description: optionalText }),
]);
export const errorEntry = z.union([
  z.object({ field: optionalText, message: optionalText }),
  z.string().transform((message) => ({ field: null, message })),
]);
