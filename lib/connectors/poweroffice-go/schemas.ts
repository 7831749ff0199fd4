import { z } from "zod";
import {
  vendorNames as names,
  vendorText as text,
  vendorAddress,
  vendorId,
} from "@/lib/connectors/vendor-text";

/** Shapes of PowerOffice Go API v2 (specification of April 2025) that we read and send. */

export const accessTokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Seconds: 1,200 as observed, 600 in the vendor's example, so it is read and never assumed. */
  expires_in: z.coerce.number().positive(),
});

/** `InitiateOnboardingPostDto`; without an organization number the user sees all clients that it may onboard. */
export const initiateBody = z.object({ ApplicationKey: z.uuid(), RedirectUri: z.url() });
/** `InitiateOnboardingResponseDto` */
export const initiateAnswer = z.object({
  TemporaryUrl: z.url(),
  /** The vendor's example has a space between date and time. */
  ValidUntilDateTimeOffset: z
    .string()
    .transform((value) => new Date(value.trim().replace(" ", "T")))
    .refine((date) => !Number.isNaN(date.getTime())),
});

/** `FinalizeOnboardingPostDto` */
export const finalizeBody = z.object({ OnboardingToken: z.string().min(1) });
/** `FinalizeOnboardingResponseDto`. Its clients are read one by one: a bad one must not cost the keys of the others. */
export const finalizeAnswer = z.object({
  UserEmail: vendorAddress,
  OnboardedClientsInformation: z.array(z.unknown()).nullish(),
});
export const onboardedClient = z.object({
  ClientName: text,
  ClientOrganizationNumber: text,
  ClientKey: z.string().min(1),
});
export type OnboardedClient = z.infer<typeof onboardedClient>;
/** What is left of one that is not well formed: enough to say which it is. */
export const clientWithoutKey = onboardedClient.omit({ ClientKey: true });

/** `ClientIntegrationInformationDto`; `AllowSendInvoice` is newer than the specification. */
export const clientInformation = z.object({
  ClientId: vendorId,
  ClientName: text,
  ActiveClientSubscriptions: names,
  ValidPrivileges: names,
  InvalidPrivileges: names,
  AllowSendInvoice: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null),
});
export type ClientInformation = z.infer<typeof clientInformation>;

/** `SubLedgerNumberSeriesDto`, of customers; both ends included. */
export const numberSeries = z.array(
  z.object({
    FromInclusive: z.number().int(),
    ToInclusive: z.number().int(),
    IsDefault: z.boolean().nullish(),
  }),
);

/** `ProductDto`. Without an account of its own a product takes that of its group. */
export const products = z.array(
  z.object({
    Code: text,
    Name: text,
    StandardSalesAccount: z.number().int().nullish(),
    ProductGroupCode: text,
  }),
);

/** `CustomerDto` */
export const customers = z.array(
  z.object({
    Name: text,
    Number: z.number().int().nullish(),
    OrganizationNumber: text,
    EmailAddress: text,
    InvoiceEmailAddress: text,
    InvoiceDeliveryType: text,
    IsArchived: z.boolean().nullish(),
  }),
);

/** `OrganizationSettingsDto`; `InvoiceInboxEhf`: the client is registered in ELMA. */
export const organizationSettings = z.object({ InvoiceInboxEhf: z.boolean().nullish() });

/** Offboarding is newer than the specification; known from public clients. */
export const removalAnswer = z.object({ Success: z.boolean(), Message: text });

/**
 * What an error's body may say, with its names in lower case: a problem (RFC 7807), the error of OAuth 2.0, or the
 * gateway's own shape.
 */
export const errorAnswer = z.object({
  title: text,
  detail: text,
  error: text,
  error_description: text,
  message: text,
});
