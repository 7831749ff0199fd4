import { z } from "zod";
import {
  APPLICATION_STATES,
  TRIAL_FAILURES,
  TRIAL_KINDS,
  TRIAL_STATES,
} from "@/lib/partner/application/schema";
import { idQuery } from "../schema";
import { nextCursor, noQuery, operation, time } from "./operation";

const trial = z
  .looseObject({
    kind: z.enum(TRIAL_KINDS).meta({ description: "`change`: new values; `live`: those in use, once more" }),
    state: z.enum(TRIAL_STATES),
    failure: z.enum(TRIAL_FAILURES).nullable(),
    checks: z.array(
      z.looseObject({
        title: z.string(),
        state: z.enum(["running", "passed", "failed", "skipped"]),
        note: z.string().nullable().meta({ description: "Why it failed, or was left out" }),
      }),
    ),
    at: time,
  })
  .meta({ id: "ApplicationTrial" });
const vendorApplication = z
  .looseObject({
    id: z.uuid(),
    connector: z.string().meta({ description: "The id of the vendor system" }),
    stage: z.string(),
    clientId: z.string(),
    settings: z
      .record(z.string(), z.string())
      .meta({ description: "What is no secret, by the fields' names" }),
    secrets: z
      .array(z.looseObject({ name: z.string(), isSet: z.boolean() }))
      .meta({ description: "Names alone: no call tells or takes a secret." }),
    state: z.enum(APPLICATION_STATES),
    provenAt: time.nullable().meta({ description: "When the vendor accepted the values in use" }),
    integrations: z.array(z.string()).meta({ description: "Slugs of those that use it" }),
    lastTrial: trial.nullable(),
  })
  .meta({ id: "VendorApplication" });
const TAG = "Vendor applications";

export const listVendorApplications = operation({
  id: "listVendorApplications",
  tag: TAG,
  method: "get",
  path: "/vendor-applications",
  scope: "applications.read",
  summary: "List what vendors gave you, newest first",
  description: "Of the key's stage. Secrets are entered and replaced on the pages of the console alone.",
  query: idQuery,
  status: 200,
  answer: z.looseObject({ vendorApplications: z.array(vendorApplication), nextCursor }),
});
export const getVendorApplication = operation({
  id: "getVendorApplication",
  tag: TAG,
  method: "get",
  path: "/vendor-applications/{id}",
  scope: "applications.read",
  summary: "Read a vendor application",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ vendorApplication }),
  refusals: [404],
});
