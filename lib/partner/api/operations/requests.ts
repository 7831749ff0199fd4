import { z } from "zod";
import {
  ACTIVATION_STATES,
  FAILURE_REASONS,
  partnerDecision,
  REQUEST_STATES,
} from "@/lib/activation/request/schema";
import { CONNECTION_STATES } from "@/lib/connection/lifecycle/schema";
import {
  KEY_FATES,
  OFFBOARDING_ASKERS,
  OFFBOARDING_OUTCOMES,
  OFFBOARDING_STEPS,
  PROBE_RESULTS,
  partnerDeactivation,
} from "@/lib/connection/offboarding/schema";
import { customerEnd } from "@/lib/partner/monitoring/schema";
import { connectionsQuery, idQuery, redeemInput, requestsQuery } from "../schema";
import { customerRefOf, integrationRef, nextCursor, noQuery, operation, time } from "./operation";

export const activationRequest = z
  .looseObject({
    id: z.uuid(),
    state: z.enum(REQUEST_STATES),
    integration: integrationRef,
    specificationVersion: z.int(),
    submittedAt: time,
    deadlineAt: time,
    decidedAt: time.nullable(),
    settledAt: time.nullable(),
    customerRef: customerRefOf,
    formAnswers: z.record(z.string(), z.string()).nullable(),
    settings: z.record(z.string(), z.unknown()).nullable(),
    environments: z.array(
      z.looseObject({
        environmentId: z.uuid(),
        externalId: z.string(),
        name: z.string(),
        businessId: z.string().nullable(),
        state: z.enum(ACTIVATION_STATES),
        rejectionReason: z.string().nullable(),
        failureReason: z.enum(FAILURE_REASONS).nullable(),
      }),
    ),
  })
  .meta({ id: "ActivationRequest" });

export const connection = z
  .looseObject({
    id: z.uuid(),
    activationRequestId: z.uuid(),
    integration: integrationRef,
    environmentId: z.uuid(),
    externalId: z.string(),
    name: z.string(),
    businessId: z.string().nullable(),
    state: z.enum(CONNECTION_STATES),
    attention: z.string().nullable(),
    since: time,
    checkedAt: time.nullable(),
    customerRef: customerRefOf,
    specificationVersion: z.int().meta({ description: "The version in force for this connection" }),
    updateRequired: z.boolean().meta({
      description: "A later version waits for the customer's consent; until then this one stays in force",
    }),
    offboarding: z
      .looseObject({
        askedBy: z.enum(OFFBOARDING_ASKERS),
        askedAt: time,
        reason: z.string().nullable(),
        key: z.enum(KEY_FATES),
        removalAnswer: z.looseObject({}).nullable(),
        lastProbe: z.looseObject({ result: z.enum(PROBE_RESULTS), at: time }).nullable(),
        probedUntil: time.nullable(),
        outcome: z.enum(OFFBOARDING_OUTCOMES).nullable(),
        steps: z.array(z.looseObject({ kind: z.enum(OFFBOARDING_STEPS), at: time })),
      })
      .nullable(),
  })
  .meta({ id: "Connection" });

const TAG = "Activation requests";
const oneRequest = z.looseObject({ activationRequest });

export const redeemHandoffCode = operation({
  id: "redeemHandoff",
  tag: TAG,
  method: "post",
  path: "/handoffs/redeem",
  scope: "requests.read",
  summary: "Exchange the code of your page's address for the request",
  body: redeemInput,
  status: 200,
  answer: oneRequest,
  refusals: [404, 410],
  isFormer: true,
});
export const listRequests = operation({
  id: "listActivationRequests",
  tag: TAG,
  method: "get",
  path: "/activation-requests",
  scope: "requests.read",
  summary: "List requests, newest first",
  query: requestsQuery,
  status: 200,
  answer: z.looseObject({ activationRequests: z.array(activationRequest), nextCursor }),
});
export const getRequest = operation({
  id: "getActivationRequest",
  tag: TAG,
  method: "get",
  path: "/activation-requests/{id}",
  scope: "requests.read",
  summary: "Read a request",
  status: 200,
  answer: oneRequest,
  refusals: [404],
  isFormer: true,
});
export const decideRequest = operation({
  id: "decideActivationRequest",
  tag: TAG,
  method: "put",
  path: "/activation-requests/{id}",
  scope: "requests.decide",
  summary: "Decide about all environments of a request at once",
  description: "Each environment exactly once. The same decision again answers 200, even past the deadline.",
  body: partnerDecision,
  status: 200,
  answer: oneRequest,
  refusals: [404, 409, 410],
  isFormer: true,
});

const oneConnection = z.looseObject({ connection });
export const listConnections = operation({
  id: "listConnections",
  tag: "Connections",
  method: "get",
  path: "/connections",
  scope: "connections.read",
  summary: "List connections, newest first",
  query: connectionsQuery,
  status: 200,
  answer: z.looseObject({ connections: z.array(connection), nextCursor }),
  isFormer: true,
});
export const getConnection = operation({
  id: "getConnection",
  tag: "Connections",
  method: "get",
  path: "/connections/{id}",
  scope: "connections.read",
  summary: "Read a connection, with the record of its end",
  status: 200,
  answer: oneConnection,
  refusals: [404],
  isFormer: true,
});
export const deactivateConnection = operation({
  id: "deactivateConnection",
  tag: "Connections",
  method: "post",
  path: "/connections/{id}/deactivate",
  scope: "connections.end",
  summary: "End a connection",
  description: "It cannot be taken back. One that was ended already keeps its record and answers 200.",
  body: partnerDeactivation,
  status: 200,
  answer: oneConnection,
  refusals: [404, 409],
  isFormer: true,
});
export const deactivateCustomerOfConnection = operation({
  id: "deactivateCustomer",
  tag: "Connections",
  method: "post",
  path: "/connections/{id}/deactivate-customer",
  scope: "connections.end",
  summary: "End all connections of a connection's customer",
  description:
    "Ends every live connection that the same customer has with your integrations in the key's stage. `expected` is how many you mean: 409 when there are more or fewer, and when none is left. What is still being activated stays. It cannot be taken back; the customer gets one mail.",
  body: customerEnd,
  status: 200,
  answer: z.looseObject({ connectionIds: z.array(z.uuid()) }),
  refusals: [404, 409],
});

const environment = z
  .looseObject({
    id: z.uuid(),
    connector: z.string(),
    externalId: z.string(),
    name: z.string(),
    businessId: z.string().nullable(),
    activations: z.array(
      z.looseObject({
        activationRequestId: z.uuid(),
        integration: z.string().meta({ description: "Its slug" }),
        state: z.enum(ACTIVATION_STATES),
        connectionId: z.uuid().nullable(),
        connectionState: z.enum(CONNECTION_STATES).nullable(),
        customerRef: customerRefOf,
      }),
    ),
  })
  .meta({ id: "Environment" });
export const listEnvironments = operation({
  id: "listEnvironments",
  tag: "Environments",
  method: "get",
  path: "/environments",
  scope: "connections.read",
  summary: "List the companies that customers submitted",
  query: idQuery.extend({ businessId: z.string().max(100).optional() }),
  status: 200,
  answer: z.looseObject({ environments: z.array(environment), nextCursor }),
});
export const getEnvironment = operation({
  id: "getEnvironment",
  tag: "Environments",
  method: "get",
  path: "/environments/{id}",
  scope: "connections.read",
  summary: "Read a company with all of its activations",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ environment }),
  refusals: [404],
});

const specification = z
  .looseObject({
    id: z.uuid(),
    integration: z.string().meta({ description: "Its slug" }),
    version: z.int(),
    state: z.string(),
    contentHash: z.string(),
    publishedAt: time.nullable(),
    content: z.looseObject({ name: z.string(), summary: z.string() }).meta({
      description: "All that customers are shown, as in the file of `integration:import`.",
    }),
  })
  .meta({ id: "Specification" });
export const listSpecifications = operation({
  id: "listSpecifications",
  tag: "Specifications",
  method: "get",
  path: "/specifications",
  scope: "specifications.read",
  summary: "List versions of your specifications, newest first",
  query: idQuery.extend({ integration: z.string().max(100).optional() }),
  status: 200,
  answer: z.looseObject({ specifications: z.array(specification), nextCursor }),
});
export const getSpecification = operation({
  id: "getSpecification",
  tag: "Specifications",
  method: "get",
  path: "/specifications/{id}",
  scope: "specifications.read",
  summary: "Read a version of a specification",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ specification }),
  refusals: [404],
});
