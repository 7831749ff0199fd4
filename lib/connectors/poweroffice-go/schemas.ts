import { z } from "zod";
import { isRecord } from "@/lib/connectors/read-each";
import { makeTokenAnswer } from "@/lib/connectors/token-answer";
import {
  vendorNames as names,
  vendorText as optionalText,
  vendorAddress,
  vendorId,
} from "@/lib/connectors/vendor-text";

/** Shapes of PowerOffice Go API v2 (specification of April 2025) that we read and send. */

/** A whole number, also as text. */
export const wholeNumber = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .pipe(z.int());

/** The document writes names in Pascal case and public clients saw lower case, so the case of a name does not count. */
export const caseless = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const namesOfShape = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  const rename = ([name, value]: [string, unknown]): [string, unknown] => [
    namesOfShape.get(name.toLowerCase()) ?? name,
    value,
  ];
  return z.preprocess(
    (value) => (isRecord(value) ? Object.fromEntries(Object.entries(value).map(rename)) : value),
    z.object(shape),
  );
};

/** Seconds: 1,200 as observed, 600 in the vendor's example; half of that where none is told. */
export const accessTokenAnswer = makeTokenAnswer(300);

/** `InitiateOnboardingPostDto`; without an organization number the user sees all clients that it may onboard. */
export const initiateBody = z.object({ ApplicationKey: z.uuid(), RedirectUri: z.url() });
/** `InitiateOnboardingResponseDto` */
export const initiateAnswer = caseless({
  TemporaryUrl: z.url(),
  /** The vendor's example has a space between date and time. null when it cannot be read. */
  ValidUntilDateTimeOffset: z
    .string()
    .transform((value) => new Date(value.trim().replace(" ", "T")))
    .refine((date) => !Number.isNaN(date.getTime()))
    .nullable()
    .catch(null),
});

/** `FinalizeOnboardingPostDto` */
export const finalizeBody = z.object({ OnboardingToken: z.string().min(1) });
/**
 * `FinalizeOnboardingResponseDto`, or the bare list of its clients. They are read one by one: a bad one must not cost the
 * keys of the others.
 */
export const finalizeAnswer = z.union([
  z.array(z.unknown()).transform((clients) => ({ UserEmail: null, OnboardedClientsInformation: clients })),
  caseless({ UserEmail: vendorAddress, OnboardedClientsInformation: z.unknown().optional() }),
]);
const whichClient = { ClientName: optionalText, ClientOrganizationNumber: optionalText };
export const onboardedClient = caseless({ ...whichClient, ClientKey: z.string().trim().min(1).max(4000) });
export type OnboardedClient = z.infer<typeof onboardedClient>;
/** What is left of one that is not well formed: enough to say which it is. */
export const clientWithoutKey = caseless(whichClient);

/** `ClientIntegrationInformationDto`; `AllowSendInvoice` is newer than the specification. */
export const clientInformation = caseless({
  ClientId: vendorId,
  ClientName: optionalText,
  ActiveClientSubscriptions: names,
  ValidPrivileges: names,
  InvalidPrivileges: names,
  AllowSendInvoice: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null)
    .catch(null),
});
export type ClientInformation = z.infer<typeof clientInformation>;

export const optionalFlag = z.boolean().nullish().catch(null);

/** `SubLedgerNumberSeriesDto`, of customers; both ends included. */
export const numberSeries = caseless({
  Id: optionalText,
  Name: optionalText,
  FromInclusive: wholeNumber,
  ToInclusive: wholeNumber,
  IsDefault: optionalFlag,
});
export type NumberSeries = z.infer<typeof numberSeries>;

/** `ProductDto`. Without an account of its own a product takes that of its group. */
export const product = caseless({
  Code: optionalText,
  StandardSalesAccount: wholeNumber.nullish().catch(null),
  ProductGroupCode: optionalText,
});
export type Product = z.infer<typeof product>;

/** `CustomerDto`, the fields that are asked for. */
const customerFields = {
  Number: wholeNumber.nullish().catch(null),
  Name: optionalText,
  OrganizationNumber: optionalText,
  EmailAddress: optionalText,
  InvoiceEmailAddress: optionalText,
  InvoiceDeliveryType: optionalText,
  IsArchived: optionalFlag,
};
export const customer = caseless(customerFields);
export type Customer = z.infer<typeof customer>;
export const CUSTOMER_FIELDS = Object.keys(customerFields);

/** `OrganizationSettingsDto`; `InvoiceInboxEhf`: the client is registered in ELMA. */
export const organizationSettings = caseless({ InvoiceInboxEhf: optionalFlag });
export type OrganizationSettings = z.infer<typeof organizationSettings>;

/** Offboarding is newer than the specification; known from public clients. Any success that does not say otherwise is one. */
export const removalAnswer = caseless({
  Success: z.boolean().nullish().catch(null),
  Message: optionalText,
});

/**
 * What an error's body may say, with its names in lower case: a problem (RFC 7807), the error of OAuth 2.0, or the
 * gateway's own shape.
 */
export const errorAnswer = z.object({
  title: optionalText,
  detail: optionalText,
  error: optionalText,
  error_description: optionalText,
  message: optionalText,
});
