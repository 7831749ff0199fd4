/** One rule, broken. */
export type Mutant = {
  /** What no longer holds. */
  breaks: string;
  file: string;
  /** Stands in the file once. */
  from: string;
  to: string;
  /** Files of tests of which one has to fail. */
  tests: readonly string[];
};

const TENANCY = "db/tenancy.test.ts";
const GATEWAY = "lib/connection/gateway/gateway.test.ts";
const COMPARISON = "lib/connection/comparison/comparison.test.ts";
const DELIVERY_API = "lib/connection/delivery-api/delivery-api.test.ts";
const DELIVERY = "lib/connection/delivery/delivery.test.ts";
const SFTP = "lib/connection/intake/sftp/server.test.ts";
const EMAIL_CHANGE = "lib/people/profile/email-change.test.ts";
const SPECIFICATION = "lib/partner/specification/specification.test.ts";
const RETURN = "lib/activation/grant/consent-outcomes.test.ts";
const REDEEM = "lib/people/auth/redeem.test.ts";
const WEBHOOKS = "lib/partner/webhook/webhooks.test.ts";
const GUEST = "db/guest.test.ts";
const OUTSIDE_TEXT = "lib/core/outside-text.test.ts";
const OUTGOING = "lib/platform/outgoing/outgoing.test.ts";
const VERIFY = "lib/connection/lifecycle/verify-connection.test.ts";
const ONE_RULE = "lib/connection/lifecycle/one-rule.test.ts";
const PERMISSIONS = "lib/connection/lifecycle/permissions.test.ts";
const MEMBERS = "lib/partner/organization/members.test.ts";

const FUNCTIONS = "db/functions.ts";
const GATEWAY_FUNCTIONS = "db/gateway-functions.ts";
const INTAKE_FUNCTIONS = "db/intake-functions.ts";
const PARTNER_FUNCTIONS = "db/partner-functions.ts";
const GUEST_FUNCTIONS = "db/guest-functions.ts";
const CONNECTION_ROWS = "db/ownership/connections.ts";

/** Small breakages of rules that the product stands on. `npm run test:mutants` says which of them no test would notice. */
export const MUTANTS: readonly Mutant[] = [
  // Who may: functions of the database
  {
    breaks: "a return from the vendor belongs to the person who went there",
    file: FUNCTIONS,
    from: "AND account_id = kytkin.request_account() AND user_id = kytkin.user_id()",
    to: "AND account_id = kytkin.request_account()",
    tests: [RETURN, TENANCY],
  },
  {
    breaks: "a return from the vendor belongs to the account that went there",
    file: FUNCTIONS,
    from: "AND account_id = kytkin.request_account() AND user_id = kytkin.user_id()",
    to: "AND user_id = kytkin.user_id()",
    tests: [RETURN, TENANCY],
  },
  {
    breaks: "a guest returns to the draft in hand alone",
    file: FUNCTIONS,
    from: "AND (kytkin.draft_id() IS NULL OR draft_id = kytkin.draft_id())",
    to: "",
    tests: [RETURN, GUEST],
  },
  {
    breaks: "a return is too late an hour after the vendor's address ran out",
    file: FUNCTIONS,
    from: "AND expires_at > pg_catalog.now() - interval '1 hour'",
    to: "",
    tests: [RETURN],
  },
  {
    breaks: "a confirmation by mail works for a day",
    file: FUNCTIONS,
    from: "AND created_at > pg_catalog.now() - interval '1 day' AND expires_at > pg_catalog.now();",
    to: "AND expires_at > pg_catalog.now();",
    tests: [
      "lib/activation/grant/odd-consents.test.ts",
      "lib/activation/grant/consent-outcomes.test.ts",
      "lib/activation/grant/read-grant.test.ts",
    ],
  },
  {
    breaks: "whose activation holds an environment is told to its own account alone",
    file: FUNCTIONS,
    from: "CASE WHEN a.account_id = kytkin.account_id() THEN a.state END",
    to: "a.state",
    tests: [TENANCY, GUEST, "lib/activation/request/cap.test.ts", "lib/activation/grant/read-grant.test.ts"],
  },
  {
    breaks: "a change of address is confirmed by its own person",
    file: FUNCTIONS,
    from: "AND u.id = c.user_id AND c.user_id = kytkin.user_id()",
    to: "AND u.id = c.user_id",
    tests: [EMAIL_CHANGE],
  },
  {
    breaks: "a change of address ends the person's other sessions",
    file: FUNCTIONS,
    from: "DELETE FROM public.sessions WHERE user_id = change.user_id AND id <> of_session;",
    to: "",
    tests: [EMAIL_CHANGE],
  },
  {
    breaks: "the way back to an address ends after a week",
    file: FUNCTIONS,
    from: "WHERE c.undo_token_hash = of_token_hash AND c.undone_at IS NULL AND c.undo_until > pg_catalog.now()\n",
    to: "WHERE c.undo_token_hash = of_token_hash AND c.undone_at IS NULL\n",
    tests: [EMAIL_CHANGE],
  },
  {
    breaks: "a listed integration is opened by a link that was not withdrawn",
    file: FUNCTIONS,
    from: "AND l.max_uses IS NULL AND l.withdrawn_at IS NULL",
    to: "AND l.max_uses IS NULL",
    tests: [
      "lib/catalogue/link/links.test.ts",
      "lib/partner/link/links.test.ts",
      "lib/activation/plan/plan.test.ts",
    ],
  },
  {
    breaks: "an API key that was revoked opens no connection",
    file: GATEWAY_FUNCTIONS,
    from: "WHERE a.key_hash = of_key_hash AND a.revoked_at IS NULL AND (a.expires_at",
    to: "WHERE a.key_hash = of_key_hash AND (a.expires_at",
    tests: [GATEWAY],
  },
  {
    breaks: "an API key opens connections of its partner alone",
    file: GATEWAY_FUNCTIONS,
    from: "WHERE n.id = of_connection AND n.partner_id = k.partner_id AND i.stage = k.stage;",
    to: "WHERE n.id = of_connection AND i.stage = k.stage;",
    tests: [GATEWAY],
  },
  {
    breaks: "an API key opens connections of its stage alone",
    file: GATEWAY_FUNCTIONS,
    from: "WHERE n.id = of_connection AND n.partner_id = k.partner_id AND i.stage = k.stage;",
    to: "WHERE n.id = of_connection AND n.partner_id = k.partner_id;",
    tests: [GATEWAY],
  },
  {
    breaks: "a call needs the scope",
    file: GATEWAY_FUNCTIONS,
    from: `IF NOT of_scope = ANY (k.scopes) THEN`,
    to: `IF false THEN`,
    tests: [GATEWAY],
  },
  {
    breaks: "a call needs a right of the accepted version, at the level it was accepted at",
    file: GATEWAY_FUNCTIONS,
    from: "WHERE g ->> 'path' = w ->> 'path' AND (w -> 'levels') ? (g ->> 'level') LIMIT 1;",
    to: "WHERE g ->> 'path' = w ->> 'path' LIMIT 1;",
    tests: [GATEWAY],
  },
  {
    breaks: "no call is let through while a connection is paused",
    file: GATEWAY_FUNCTIONS,
    from: "const PAUSES = `p.kind = 'pause' AND",
    to: "const PAUSES = `false AND",
    tests: [GATEWAY],
  },
  {
    breaks: "no call is let through after the end of a connection",
    file: GATEWAY_FUNCTIONS,
    from: "IF c.state IN ('offboarding', 'removed') THEN ${refuse",
    to: "IF c.state IN ('removed') THEN ${refuse",
    tests: [GATEWAY],
  },
  {
    breaks: "deliveries need an API key with the scope for them",
    file: GATEWAY_FUNCTIONS,
    from: "AND 'records' = ANY (a.scopes) AND a.revoked_at IS NULL",
    to: "AND a.revoked_at IS NULL",
    tests: [DELIVERY_API, TENANCY],
  },
  {
    breaks: "a ticket opens one row once",
    file: GATEWAY_FUNCTIONS,
    from: "UPDATE public.body_views SET used_at = pg_catalog.now() WHERE token_hash = of_token_hash AND used_at IS NULL",
    to: "UPDATE public.body_views SET used_at = pg_catalog.now() WHERE token_hash = of_token_hash",
    tests: ["lib/connection/gateway/body-view.test.ts"],
  },
  {
    breaks: "a ticket opens a row for a minute",
    file: GATEWAY_FUNCTIONS,
    from: "AND created_at > pg_catalog.now() - interval '60 seconds'\n     RETURNING row_id INTO v;",
    to: "RETURNING row_id INTO v;",
    tests: ["lib/connection/gateway/body-view.test.ts"],
  },
  {
    breaks: "an sFTP account that was closed lets nobody in",
    file: INTAKE_FUNCTIONS,
    from: "WHERE a.user_name = of_user_name AND a.closed_at IS NULL AND",
    to: "WHERE a.user_name = of_user_name AND",
    tests: [SFTP],
  },
  {
    breaks: "the sFTP account of a connection that has ended lets nobody in",
    file: INTAKE_FUNCTIONS,
    from: "a.closed_at IS NULL AND c.state NOT IN ('offboarding', 'removed') AND ${TAKES_FILES}`",
    to: "a.closed_at IS NULL AND ${TAKES_FILES}`",
    tests: [SFTP],
  },
  {
    breaks: "a new password ends the clients that signed in with the former one",
    file: INTAKE_FUNCTIONS,
    from: "a.password_hash IS NOT NULL AND a.password_set_at <= signed_in_at",
    to: "a.password_hash IS NOT NULL",
    tests: [SFTP],
  },
  {
    breaks: "a partner's API key ends on its day",
    file: PARTNER_FUNCTIONS,
    from: "AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > pg_catalog.now())`;",
    to: "AND k.revoked_at IS NULL`;",
    tests: ["app/api/v1/api.test.ts", "lib/partner/api/warn-of-key-expiry.test.ts", MEMBERS],
  },
  {
    breaks: "a partner publishes what was approved",
    file: PARTNER_FUNCTIONS,
    from: "AND s.partner_id = kytkin.partner_id() AND s.state = 'approved' FOR UPDATE;",
    to: "AND s.partner_id = kytkin.partner_id() FOR UPDATE;",
    tests: [SPECIFICATION],
  },
  {
    breaks: "a partner publishes its own specifications",
    file: PARTNER_FUNCTIONS,
    from: "AND s.partner_id = kytkin.partner_id() AND s.state = 'approved' FOR UPDATE;",
    to: "AND s.state = 'approved' FOR UPDATE;",
    tests: [SPECIFICATION],
  },
  {
    breaks: "an operator alone makes a partner of an application",
    file: PARTNER_FUNCTIONS,
    from: "IF NOT EXISTS (SELECT FROM public.operators o WHERE o.user_id = kytkin.user_id()) THEN RETURN NULL; END IF;",
    to: "",
    tests: ["lib/partner/join/applications.test.ts"],
  },
  {
    breaks: "what was handed over and taken back is in nobody's hands",
    file: GUEST_FUNCTIONS,
    from: "WHERE g.draft_id = kytkin.draft_id() AND g.user_id = kytkin.user_id() AND g.ended_at IS NULL\n",
    to: "WHERE g.draft_id = kytkin.draft_id() AND g.user_id = kytkin.user_id()\n",
    tests: [GUEST],
  },
  {
    breaks: "what was handed over is in one person's hands",
    file: GUEST_FUNCTIONS,
    from: "WHERE g.draft_id = kytkin.draft_id() AND g.user_id = kytkin.user_id() AND g.ended_at IS NULL\n",
    to: "WHERE g.draft_id = kytkin.draft_id() AND g.ended_at IS NULL\n",
    tests: [GUEST],
  },
  {
    breaks: "who has consented is told to the draft's account alone",
    file: GUEST_FUNCTIONS,
    from: "WHERE g.draft_id = of_draft AND g.account_id = kytkin.account_id() AND g.state = 'open'`",
    to: "WHERE g.draft_id = of_draft AND g.state = 'open'`",
    tests: [GUEST, TENANCY, "lib/activation/draft/several-consents.test.ts"],
  },
  // Who may: policies of the tables
  {
    breaks: "a partner ends connections with the ability to",
    file: CONNECTION_ROWS,
    from: `partner_id = \${PARTNER_ID} and \${ifPartnerMay(ability)} and exists`,
    to: `partner_id = \${PARTNER_ID} and exists`,
    tests: [
      TENANCY,
      "lib/partner/monitoring/end-connections.test.ts",
      "lib/partner/organization/roles.test.ts",
    ],
  },
  {
    breaks: "what a partner writes of a connection names the account that has it",
    file: CONNECTION_ROWS,
    from: "where c.id = ${table}.connection_id and c.account_id = ${table}.account_id)`",
    to: "where c.id = ${table}.connection_id)`",
    tests: [TENANCY, "lib/partner/monitoring/end-connections.test.ts", "lib/connection/hold/holds.test.ts"],
  },
  {
    breaks: "a customer ends connections, and makes none active",
    file: CONNECTION_ROWS,
    from: "check: `${whose} and state in ('active', 'needs_attention', 'offboarding')`",
    to: "check: `${whose}`",
    tests: [TENANCY, "db/grants.test.ts", "lib/connection/offboarding/shared-key.test.ts"],
  },
  {
    breaks: "a customer lifts its own holds",
    file: CONNECTION_ROWS,
    from: `using: "account_id = kytkin.account_id() and set_by = 'customer'",`,
    to: `using: "account_id = kytkin.account_id()",`,
    tests: [TENANCY, "lib/connection/hold/holds.test.ts"],
  },
  {
    breaks: "terms are accepted in the name of a person of the account",
    file: "db/ownership/requests.ts",
    from: `check: "account_id = kytkin.account_id() and accepted_by in (select id from users)"`,
    to: `check: "account_id = kytkin.account_id()"`,
    tests: [GUEST],
  },
  {
    breaks: "a partner reads addresses of its own members alone",
    file: "db/ownership/people.ts",
    from: `partner: { select: { using: "id in (select user_id from partner_members)", columns: ["id", "email"] } },`,
    to: `partner: { select: { using: "true", columns: ["id", "email"] } },`,
    tests: [TENANCY],
  },
  // Life of a connection
  {
    breaks: "a key of another environment is of no use",
    file: "lib/connection/lifecycle/rules.ts",
    from: "if (verification.identity.externalId !== expectedExternalId)",
    to: "if (verification.identity.externalId === undefined)",
    tests: [VERIFY],
  },
  {
    breaks: "rights that nobody accepted are told",
    file: "lib/connection/lifecycle/rules.ts",
    from: "if (verification.rights.surplus.length > 0)",
    to: "if (verification.rights.surplus.length > 1_000)",
    tests: [VERIFY, "lib/connection/lifecycle/checked-rights.test.ts"],
  },
  {
    breaks: "rows wait until the vendor system is ready for them",
    file: "lib/connection/lifecycle/permissions.ts",
    from: `write: ["ended", "paused", "no_usable_key", "not_prepared"],`,
    to: `write: ["ended", "paused", "no_usable_key"],`,
    tests: [PERMISSIONS, ONE_RULE],
  },
  {
    breaks: "a pause that has not begun stops nothing",
    file: "lib/connection/lifecycle/permissions.ts",
    from: "hold.liftedAt !== null || hold.since > now) return false;",
    to: "hold.liftedAt !== null) return false;",
    tests: [PERMISSIONS, ONE_RULE],
  },
  {
    breaks: "no call leaves later than a second after the end of its connection",
    file: "lib/connection/lifecycle/fence.ts",
    from: "const REMEMBERED_MS = 500;",
    to: "const REMEMBERED_MS = 60_000;",
    tests: ["lib/connection/lifecycle/fence.test.ts"],
  },
  {
    breaks: "a process that lost its lease calls no vendor",
    file: "lib/connection/lifecycle/fence.ts",
    from: "if (!isHeld()) throw refuse();",
    to: "isHeld();",
    tests: ["lib/connection/lifecycle/fence.test.ts", DELIVERY],
  },
  {
    breaks: "a key that could not be tried is not proven dead",
    file: "lib/connection/offboarding/rules.ts",
    from: `if (result === "dead") return "proven_dead";`,
    to: `if (result !== "alive") return "proven_dead";`,
    tests: [
      "lib/connection/offboarding/left-to-customer.test.ts",
      "lib/connection/offboarding/removed-at-vendor.test.ts",
    ],
  },
  // Rows on their way to the vendor
  {
    breaks: "a child that begins to wait sees a parent that is just written",
    file: "lib/connection/delivery/wait-for-parent.ts",
    from: "  await lockFeed(tx, work.owner);\n",
    to: "",
    tests: ["lib/connection/delivery/parents-and-children.test.ts"],
  },
  {
    breaks: "a row that was replaced by a newer one of its key is not sent",
    file: "lib/connection/delivery/move-row.ts",
    from: `const isReplaced = ["queued", "waiting"].includes(next) && (await hasNewer(tx, row));`,
    to: "const isReplaced = false;",
    tests: [DELIVERY, "lib/connection/delivery/order.test.ts"],
  },
  {
    breaks: "a row moves from the state in which it was read",
    file: "lib/connection/delivery/move-row.ts",
    from: "and(eq(deliveryRows.id, row.id), eq(deliveryRows.state, row.state))",
    to: "eq(deliveryRows.id, row.id)",
    tests: [DELIVERY, "lib/connection/delivery/inbox.test.ts", "lib/connection/delivery/order.test.ts"],
  },
  {
    breaks: "a row is not unchanged while the answer of another one of its key is out",
    file: "lib/connection/delivery/close-delivery.ts",
    from: "and o.state in ('sending', 'unknown')",
    to: "and o.state in ('sending')",
    tests: [DELIVERY, "lib/connection/delivery/order.test.ts"],
  },
  {
    breaks: "a row of a file is not unchanged once another delivery has its key",
    file: "lib/connection/delivery/unchanged-sets.ts",
    from: "if (changed?.isChanged) throw new ChangedMeanwhile();",
    to: "",
    tests: ["lib/connection/delivery/unchanged-sets.test.ts"],
  },
  {
    breaks: "of a key that a file has twice the last row counts",
    file: "lib/connection/delivery/unchanged-sets.ts",
    from: "and r.position < t.last`);",
    to: "`);",
    tests: ["lib/connection/delivery/unchanged-sets.test.ts"],
  },
  {
    breaks: "a cut line leaves it open whether the row had an effect",
    file: "lib/connection/delivery/judge-failure.ts",
    from: `return { fate: "lost", pause };`,
    to: `return { fate: "not_sent", pause };`,
    tests: [DELIVERY, "lib/connection/delivery/order.test.ts"],
  },
  {
    breaks: "nothing of a key leaves behind a row whose answer is lost",
    file: "lib/connection/delivery/work-on-queue.ts",
    from: "and ahead.key_hash = ${deliveryRows.keyHash} and ahead.state in ('sending', 'unknown'))`",
    to: "and ahead.key_hash = ${deliveryRows.keyHash} and ahead.state in ('sending'))`",
    tests: [DELIVERY, "lib/connection/delivery/order.test.ts"],
  },
  {
    breaks: "an Idempotency-Key is refused for another body",
    file: "lib/platform/api/run-once.ts",
    from: "if (kept.bodyHash !== bodyHash)",
    to: "if (kept.bodyHash === undefined)",
    tests: ["app/api/v1/api.test.ts", DELIVERY_API],
  },
  // Files
  {
    breaks: "a file is put away by the worker whose taking it still is",
    file: "lib/connection/intake/worker/take-upload.ts",
    from: "if (marked.length === 0) return;",
    to: "",
    tests: ["lib/connection/intake/worker/take-upload.test.ts"],
  },
  {
    breaks: "`..` never leads above an sFTP account",
    file: "lib/connection/intake/door/names.ts",
    from: `if (part === "..") parts.pop();`,
    to: `if (part === "...") parts.pop();`,
    tests: [SFTP],
  },
  {
    breaks: "a result file holds no formula",
    file: "lib/connection/intake/format/formulas.ts",
    from: "const FORMULA = /^'*[=+\\-@\\t\\r]/;",
    to: "const FORMULA = /^'*[=+\\-\\t\\r]/;",
    tests: ["lib/connection/intake/format/formulas.test.ts"],
  },
  // The gateway and what goes out
  {
    breaks: "what opens the vendor is never the caller's",
    file: "lib/connection/gateway/headers.ts",
    from: `return { "user-agent": "Kytkin", ...passed, ...access };`,
    to: `return { "user-agent": "Kytkin", ...access, ...passed, ...pick(headers, ["authorization"]) };`,
    tests: [GATEWAY],
  },
  {
    breaks: "a webhook's redirect is no delivery",
    file: "lib/partner/webhook/rules.ts",
    from: "isDelivered: status >= 200 && status < 300,",
    to: "isDelivered: status >= 200 && status < 400,",
    tests: [WEBHOOKS],
  },
  {
    breaks: "a link-local address is called by nobody",
    file: "lib/platform/outgoing/address.ts",
    from: `  ["169.254.0.0", 16],\n`,
    to: "",
    tests: [OUTGOING],
  },
  {
    breaks: "an IPv6 address that stands for an IPv4 one is called by nobody",
    file: "lib/platform/outgoing/address.ts",
    from: `  ["2002::", 16],\n`,
    to: "",
    tests: [OUTGOING],
  },
  {
    breaks: "without trusted proxies X-Forwarded-For is not read",
    file: "lib/platform/client-ip.ts",
    from: "if (trustedProxies === 0) return addressIn",
    to: `if (trustedProxies === 0 && !headers.get("x-forwarded-for")) return addressIn`,
    tests: ["lib/platform/client-ip.test.ts"],
  },
  // People
  {
    breaks: "a sign-in link works once",
    file: "lib/people/auth/consume-sign-in-token.ts",
    from: "          isNull(signInTokens.usedAt),\n",
    to: "",
    tests: [REDEEM],
  },
  {
    breaks: "a code ends after ten minutes",
    file: "lib/people/auth/consume-sign-in-token.ts",
    from: "and(eq(signInTokens.codeHash, hash), gt(signInTokens.codeExpiresAt, sql`now()`)),",
    to: "eq(signInTokens.codeHash, hash),",
    tests: [REDEEM],
  },
  {
    breaks: "a sign-in leads to a path of ours",
    file: "lib/people/auth/rules.ts",
    from: `const isOurs = url.origin === new URL(publicUrl).origin && !url.pathname.startsWith("//");`,
    to: "const isOurs = url.origin === new URL(publicUrl).origin;",
    tests: ["lib/people/auth/rules.test.ts"],
  },
  {
    breaks: "a partner keeps an owner",
    file: "lib/partner/organization/change-members.ts",
    from: `  if (target.role === "owner") assertOwnerStays(members, userId);\n  if (self`,
    to: "  if (self",
    tests: [MEMBERS],
  },
  {
    breaks: "two writers of a draft do not overwrite each other",
    file: "lib/partner/specification/save-draft.ts",
    from: "if (!isOwn && row.revision !== revision)",
    to: "if (!isOwn && row.revision < revision)",
    tests: [SPECIFICATION],
  },
  {
    breaks: "an account keeps a member",
    file: "lib/people/membership/remove-member.ts",
    from: `if (members.length === 1) throw new AppError("conflict", "the last member");`,
    to: "",
    tests: ["lib/people/membership/membership.test.ts"],
  },
  // Requests
  {
    breaks: "nothing is tried again where a key may exist that nobody has",
    file: "lib/activation/request/rules.ts",
    from: `return activation.state === "failed" && activation.failureReason !== "needs_recovery";`,
    to: `return activation.state === "failed";`,
    tests: [
      "lib/activation/request/retry-activation-request.test.ts",
      "lib/activation/pasted-key/recover-activation.test.ts",
    ],
  },
  {
    breaks: "a decision comes in time for the vendor to be told",
    file: "lib/activation/request/rules.ts",
    from: "vendorExpiresAt.getTime() - GRANT_MARGIN_MS",
    to: "vendorExpiresAt.getTime()",
    tests: [
      "lib/activation/request/submit-activation-request.test.ts",
      "lib/activation/request/sweep-requests.test.ts",
    ],
  },
  // What is sealed and what is evidence
  {
    breaks: "a data key opens for its owner alone",
    file: "lib/platform/seal/data-key.ts",
    from: "export const dataKeyContext = (owner: SealedOwner): string => `data-key/${owner.kind}/${owner.id}`;",
    to: "export const dataKeyContext = (owner: SealedOwner): string => `data-key/${owner.kind}`;",
    tests: ["lib/platform/seal/secrets.test.ts", "lib/platform/seal/connection-data.test.ts"],
  },
  {
    breaks: "a certificate that differs by a byte from what was issued is refused",
    file: "lib/connection/evidence/verify-evidence.ts",
    from: 'return isAsIssued ? { file: file.data } : { refusal: "bytes" };',
    to: 'return isAsIssued || text.length > 0 ? { file: file.data } : { refusal: "bytes" };',
    tests: ["lib/connection/evidence/evidence.test.ts"],
  },
  {
    breaks: "the persons that a certificate tells are those that were signed",
    file: "lib/connection/evidence/verify-evidence.ts",
    from: `if (!fitPersons(document, file.persons)) return refuse("person");`,
    to: "fitPersons(document, file.persons);",
    tests: ["lib/connection/evidence/evidence.test.ts"],
  },
  // Text and rights from outside
  {
    breaks: "marks that turn the writing direction do not enter",
    file: "lib/core/outside-text.ts",
    from: "const BIDI = /[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/g;",
    to: "const BIDI = /[\\u061c\\u200e\\u200f\\u202a-\\u202d\\u2066-\\u2069]/g;",
    tests: [OUTSIDE_TEXT],
  },
  {
    breaks: "text is cut between two characters",
    file: "lib/core/outside-text.ts",
    from: "const end = last === undefined || last.index === 0 ? room : last.index;",
    to: "const end = last === undefined ? last : room;",
    tests: [OUTSIDE_TEXT],
  },
  {
    breaks: "a right of Procountor that limits is more where its level is less",
    file: "lib/connectors/procountor/compare-rights.ts",
    from: "return definition.limits ? definition.levels.length - 1 - position : position;",
    to: "return position;",
    tests: ["lib/connectors/procountor/compare-rights.test.ts"],
  },
  {
    breaks: "a privilege of Go that nobody asked for is told",
    file: "lib/connectors/poweroffice-go/compare-privileges.ts",
    from: `level !== "false" && !isEnough(level, wanted.get(path))`,
    to: `level !== "false" && wanted.has(path) && !isEnough(level, wanted.get(path))`,
    tests: ["lib/connectors/poweroffice-go/compare-privileges.test.ts"],
  },

  // Comparisons with the vendor
  {
    breaks: "a record that the vendor's list lacks is missing without having been asked for",
    file: "lib/connection/comparison/compare-connection.ts",
    from: "?? (await askFor(record))",
    to: "?? null",
    tests: [COMPARISON],
  },
  {
    breaks: "a record of another total is as it was written",
    file: "lib/connection/comparison/rules.ts",
    from: "before?.total !== now?.total",
    to: "before?.total === now?.total",
    tests: [COMPARISON],
  },
];
