import { z } from "zod";
import { LINK_KINDS } from "@/lib/catalogue/link/schema";
import { isLocale, type Locale } from "@/lib/core/locales";
import { emailAddress } from "@/lib/core/written-text";
import { idQuery } from "../schema";
import { customerRefOf, nextCursor, noBody, noQuery, operation, time } from "./operation";

const LANGUAGES = (["en", "fi", "nb", "sv", "da"] as const satisfies readonly Locale[]).filter(isLocale);
const language = z.enum(LANGUAGES).nullable();
const name = z.string().trim().min(1).max(120);
const campaign = z.string().trim().min(1).max(120).nullable();
const maxUses = z.int().min(1).max(1_000_000).nullable();
const inFuture = z.iso.datetime({ offset: true }).nullable();

const link = z
  .looseObject({
    id: z.uuid(),
    integration: z.string().meta({ description: "Its slug" }),
    name: z.string(),
    kind: z.enum(LINK_KINDS),
    campaign: z.string().nullable(),
    language: z.string().nullable(),
    url: z.url(),
    maxUses: z.int().nullable(),
    uses: z.int().meta({ description: "Requests that were submitted through it" }),
    reserved: z.int().meta({ description: "Uses that acceptances of the last hour have reserved" }),
    customerRef: customerRefOf,
    expiresAt: time.nullable(),
    withdrawnAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: "Link" });
const oneLink = z.looseObject({ link });
const TAG = "Links";

export const listLinksOperation = operation({
  id: "listLinks",
  tag: TAG,
  method: "get",
  path: "/links",
  scope: "links.read",
  summary: "List links, newest first",
  query: idQuery.extend({
    integration: z.string().max(100).optional(),
    kind: z.enum(LINK_KINDS).default("shared"),
  }),
  status: 200,
  answer: z.looseObject({ links: z.array(link), nextCursor }),
});
export const createLinkOperation = operation({
  id: "createLink",
  tag: TAG,
  method: "post",
  path: "/links",
  scope: "links.manage",
  summary: "Make a link to share",
  body: z.strictObject({
    integration: z.string().min(1).max(100).meta({ description: "Its slug" }),
    name,
    campaign: campaign.default(null),
    language: language.default(null),
    expiresAt: inFuture.default(null),
    maxUses: maxUses.default(null).meta({
      description:
        "How many requests may be submitted through it. An acceptance reserves a use for 60 minutes.",
    }),
  }),
  status: 201,
  answer: oneLink,
  refusals: [404, 409],
});
export const getLinkOperation = operation({
  id: "getLink",
  tag: TAG,
  method: "get",
  path: "/links/{id}",
  scope: "links.read",
  summary: "Read a link",
  query: noQuery,
  status: 200,
  answer: oneLink,
  refusals: [404],
});
export const updateLinkOperation = operation({
  id: "updateLink",
  tag: TAG,
  method: "patch",
  path: "/links/{id}",
  scope: "links.manage",
  summary: "Change a link's name, campaign, language, end or number of uses",
  body: z.strictObject({
    name: name.optional(),
    campaign: campaign.optional(),
    language: language.optional(),
    expiresAt: inFuture.optional(),
    maxUses: maxUses.optional(),
  }),
  status: 200,
  answer: oneLink,
  refusals: [404],
});
export const withdrawLinkOperation = operation({
  id: "withdrawLink",
  tag: TAG,
  method: "post",
  path: "/links/{id}/withdraw",
  scope: "links.manage",
  summary: "Withdraw a link, for good",
  body: noBody.optional(),
  status: 200,
  answer: oneLink,
  refusals: [404],
});
export const getLinkQr = operation({
  id: "getLinkQr",
  tag: TAG,
  method: "get",
  path: "/links/{id}/qr",
  scope: "links.read",
  summary: "The link as a QR code, black on white with its quiet zone",
  query: z.strictObject({ format: z.enum(["svg", "png"]).default("svg") }),
  status: 200,
  contentTypes: ["image/svg+xml", "image/png"],
  refusals: [404],
});
export const getLinkButton = operation({
  id: "getLinkButton",
  tag: TAG,
  method: "get",
  path: "/links/{id}/button",
  scope: "links.read",
  summary: "A “Connect” button for your own page, as plain HTML",
  query: z.strictObject({ label: z.string().trim().min(1).max(60).default("Connect") }),
  status: 200,
  contentTypes: ["text/html"],
  refusals: [404],
});

export const createLinkSessionOperation = operation({
  id: "createLinkSession",
  tag: "Link sessions",
  method: "post",
  path: "/link-sessions",
  scope: "links.manage",
  summary: "A one-time address for one of your customers",
  description:
    "It leads to one request and ends after seven days. Give it to nobody but the customer: it shows the e-mail address.",
  body: z.strictObject({
    integration: z.string().min(1).max(100).meta({ description: "Its slug" }),
    customerRef: z.string().trim().min(1).max(200).meta({
      description:
        "Your own name for the customer; it comes back with the request, its connections and events.",
    }),
    email: emailAddress.nullable().default(null).meta({ description: "The sign-in begins with it." }),
    language: language.default(null),
    businessIds: z
      .array(z.string().trim().min(1).max(50))
      .max(200)
      .default([])
      .meta({ description: "Companies that are ticked beforehand" }),
    returnUrl: z.url().max(2000).nullable().default(null).meta({
      description: "Where “Back to …” leads; at or below one of your return addresses.",
    }),
  }),
  status: 201,
  answer: z.looseObject({
    linkSession: z
      .looseObject({ id: z.uuid(), url: z.url(), customerRef: z.string(), expiresAt: time })
      .meta({ id: "LinkSession" }),
  }),
  refusals: [404, 409],
});

const returnAddress = z
  .looseObject({ id: z.uuid(), address: z.url(), createdAt: time })
  .meta({ id: "ReturnAddress" });
export const listReturnAddressesOperation = operation({
  id: "listReturnAddresses",
  tag: "Link sessions",
  method: "get",
  path: "/return-addresses",
  scope: "links.read",
  summary: "List the addresses that customers may be sent back to",
  query: noQuery,
  status: 200,
  answer: z.looseObject({ returnAddresses: z.array(returnAddress) }),
});
export const addReturnAddressOperation = operation({
  id: "addReturnAddress",
  tag: "Link sessions",
  method: "post",
  path: "/return-addresses",
  scope: "links.manage",
  summary: "Add an address that customers may be sent back to",
  description: "An origin with the beginning of a path; it holds for both stages.",
  body: z.strictObject({ address: z.string().min(1).max(2000) }),
  status: 201,
  answer: z.looseObject({ returnAddress }),
  refusals: [409],
});
export const removeReturnAddressOperation = operation({
  id: "removeReturnAddress",
  tag: "Link sessions",
  method: "delete",
  path: "/return-addresses/{id}",
  scope: "links.manage",
  summary: "Remove a return address",
  status: 204,
  refusals: [404],
});
