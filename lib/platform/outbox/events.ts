import { z } from "zod";

/** Every event with its data: ids only, never a secret or a name. The schema stands beside the name. */
export const events = {
  /** The customer wants to go to a vendor that has to be asked for the way. */
  "grant/begun": z.object({ grantId: z.uuid() }),
  "grant/returned": z.object({ grantId: z.uuid() }),
  "grant/release.wanted": z.object({ grantId: z.uuid() }),
  /** A customer pasted a key that somebody has to look at. */
  "key/pasted": z.object({ pastedKeyId: z.uuid() }),
  /** What the customer picked and chose is to be held against what is there, before it is submitted. */
  "draft/preflight.wanted": z.object({ draftId: z.uuid() }),
  "activation/request.submitted": z.object({ requestId: z.uuid() }),
  /** Decided by the partner or a form, or cancelled: whatever ends the wait. */
  "activation/request.decided": z.object({ requestId: z.uuid() }),
  /** The answer to a decision was lost and showed no effect: the vendor may have carried it out since. */
  "activation/late-keys.wanted": z.object({ requestId: z.uuid() }),
  /** A day has passed since the last check, the first one was put off, or somebody asked for one. */
  "connection/check.wanted": z.object({ connectionId: z.uuid() }),
  /** The vendor system is to be made ready for a connection; one at a time in an environment. */
  "connection/preparation.wanted": z.object({ connectionId: z.uuid(), environmentId: z.uuid() }),
  /** Rows of connections of this vendor application wait to be written. */
  "delivery/rows.waiting": z.object({ vendorApplicationId: z.uuid() }),
  /** A file of a customer has all its bytes, or its last name: it is taken some seconds later. */
  "intake/upload.closed": z.object({ uploadId: z.uuid() }),
  /** Somebody signed out for good and wants nothing of theirs kept. */
  "person/erasure.wanted": z.object({ userId: z.uuid() }),
  /** A vendor called at the address of an application: nobody has verified it yet. */
  "vendor/called": z.object({ vendorApplicationId: z.uuid() }),
  /** A connection was ended, or its old key is to be tried again. */
  "connection/offboarding.wanted": z.object({ connectionId: z.uuid() }),
  /** A partner entered values of a vendor application, or wants those in use tried. */
  "application/trial.wanted": z.object({ trialId: z.uuid() }),
  /** An event waits for an endpoint of a partner, or an attempt is to be made again. */
  "webhook/endpoint.due": z.object({ endpointId: z.uuid() }),
  /** A partner set when an approved version is published by itself. */
  "specification/publication.set": z.object({ specificationId: z.uuid() }),
  /** A version is the one that links lead to now: those who are active on a former one follow it, or are asked. */
  "specification/published": z.object({ specificationId: z.uuid() }),
  /** A partner wants a customer to try again what did not become active. */
  "request/retry.asked": z.object({ requestId: z.uuid() }),
  /** A partner announced the end of an integration, or took it back; or the sweep found that something of it is left to do. */
  "integration/retirement.changed": z.object({ retirementId: z.uuid() }),
  /** A partner wrote an address into a draft that nobody has called yet. */
  "address/check.wanted": z.object({ addressId: z.uuid() }),
  /** A person sent a file on a page. */
  "delivery/import.wanted": z.object({ importId: z.uuid() }),
  /** A customer wants to take along what a connection holds. */
  "connection/export.wanted": z.object({ exportId: z.uuid() }),
  "mail/queued": z.object({ mailId: z.uuid() }),
  /** Somebody has to look at what happened while no worker was there. */
  "worker/started": z.object({}),
} as const;

export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;
