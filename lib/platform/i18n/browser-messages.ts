type Tree = { [key: string]: string | Tree };

/** Said by components in the browser on any page: forms and their errors. */
const EVERYWHERE = ["errors", "ui"] as const;

/**
 * What components in the browser say themselves, by dotted path, for each folder of pages under `app/(portal)`. A page carries
 * these texts and those of EVERYWHERE, and no others: all the rest is said by the server, in the page. A path stands for the
 * vendors' own versions of it too. browser-messages.test.ts finds what is missing here and what is not needed.
 */
export const BROWSER_WORDS = {
  a: ["account.invite", "environments", "plan.batch", "settings"],
  account: ["account.invite"],
  companies: ["connectionList"],
  connect: ["pastedKey.login.returned", "vendorReturn.lookUp"],
  /** Of the console's pages the one on which a specification is written. */
  editor: ["editor", "rights", "specification.fields", "verdict"],
  connections: [
    "acceptance",
    "causes",
    "connectionList",
    "deliveries.import",
    "entities",
    "sftp.keys",
    "sftp.password",
  ],
  home: ["companies.bulk", "connectionList"],
  operator: ["operator.mails.resend", "operator.nav", "operator.tasks.resolve", "operator.tasks.retry"],
  partner: [
    "integrations.page.review.schedule",
    "partner.decide",
    "partner.decideMany",
    "partner.extend",
    "partner.invite",
    "partner.keys.create",
    "partner.note",
    "partner.views",
    "partnerLinks.returns",
    "partnerWebhooks.form",
    "partnerWebhooks.secret",
    "partnerWebhooks.types",
    "settings",
    "states.request",
  ],
  updates: ["updates.pick"],
  requests: [
    "acceptance",
    "attention",
    "failures",
    "guide",
    "partnerSteps",
    "pastedKey.recover",
    "rights",
    "settings",
    "specification.note",
    "states",
    "status",
  ],
} as const satisfies Record<string, readonly string[]>;

export type PageFolder = keyof typeof BROWSER_WORDS;

/** Copies what is under the path, where there is anything; returns whether there was. */
function copyPath(from: Tree, to: Tree, [first = "", ...rest]: readonly string[]): boolean {
  const value = from[first];
  if (value === undefined) return false;
  if (typeof value === "string" || rest.length === 0) {
    to[first] = value;
    return true;
  }
  const inner = to[first];
  const copy: Tree = typeof inner === "object" ? inner : {};
  const isThere = copyPath(value, copy, rest);
  if (isThere) to[first] = copy;
  return isThere;
}

/** The part of a language's texts that the pages of a folder take along to the browser. */
export function pickBrowserMessages(messages: Tree, folder?: PageFolder): Tree {
  const picked: Tree = {};
  const vendors = Object.keys(typeof messages.vendors === "object" ? messages.vendors : {});
  for (const path of [...EVERYWHERE, ...(folder ? BROWSER_WORDS[folder] : [])]) {
    const steps = path.split(".");
    if (!copyPath(messages, picked, steps)) throw new Error(`there are no messages under "${path}"`);
    for (const vendor of vendors) copyPath(messages, picked, ["vendors", vendor, ...steps]);
  }
  return picked;
}
