type Tree = { [key: string]: string | Tree };

/**
 * What components in the browser say themselves, by dotted path. Every page carries these texts, and no others: all the
 * rest is said by the server, in the page. browser-messages.test.ts finds what is missing here and what is not needed.
 */
export const BROWSER_NAMESPACES = [
  "acceptance",
  "account.invite",
  "attention",
  "companies.bulk",
  "connectionList",
  "environments",
  "errors",
  "failures",
  "guide",
  "operator.mails.resend",
  "operator.nav",
  "operator.tasks.resolve",
  "operator.tasks.retry",
  "partner.decide",
  "partner.invite",
  "partner.keys.create",
  "partner.note",
  "partnerLinks.returns",
  "partnerSteps",
  "partnerWebhooks.form",
  "partnerWebhooks.secret",
  "partnerWebhooks.types",
  "plan.batch",
  "pastedKey.login.returned",
  "pastedKey.recover",
  "rights",
  "settings",
  "specification.note",
  "states",
  "status",
  "ui",
  "vendorReturn.lookUp",
  "vendors",
] as const;

function copyPath(from: Tree, to: Tree, [first = "", ...rest]: readonly string[]): void {
  const value = from[first];
  if (value === undefined) throw new Error(`there are no messages under "${first}"`);
  if (typeof value === "string" || rest.length === 0) {
    to[first] = value;
    return;
  }
  const inner = to[first];
  const copy: Tree = typeof inner === "object" ? inner : {};
  to[first] = copy;
  copyPath(value, copy, rest);
}

/** The part of a language's texts that a page takes along to the browser. */
export function pickBrowserMessages(messages: Tree): Tree {
  const picked: Tree = {};
  for (const path of BROWSER_NAMESPACES) copyPath(messages, picked, path.split("."));
  return picked;
}
