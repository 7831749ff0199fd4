import { definer } from "./definer";
import { WEB_LOGIN } from "./scopes";

/** A result is looked at for a while after it is there; what a guest may do ends with the request. */
const RESULT_DAYS = 30;

/**
 * The draft in the guest's hands; null once it was taken back, or its result is old. Policies ask anew with each statement,
 * so that taking it back holds from the next one on.
 */
const guestDraft = definer(
  "guest_draft()",
  "uuid",
  "sql",
  `SELECT g.draft_id FROM public.request_guests g
   WHERE g.draft_id = kytkin.draft_id() AND g.user_id = kytkin.user_id() AND g.ended_at IS NULL
     AND NOT EXISTS (SELECT FROM public.activation_requests r
       WHERE r.draft_id = g.draft_id AND r.settled_at < pg_catalog.now() - interval '${RESULT_DAYS} days')`,
  ["guest"],
);

/** The account that what is worked on belongs to: the scope's own, or that of the guest's draft. */
const requestAccount = definer(
  "request_account()",
  "uuid",
  "sql",
  `SELECT coalesce(kytkin.account_id(),
     (SELECT d.account_id FROM public.drafts d WHERE d.id = kytkin.guest_draft()))`,
  ["customer", "guest"],
);

/** Consents of those who picked, and then handed their draft over to this person, who goes on with what was picked. */
const handedConsents = definer(
  "handed_consents()",
  "TABLE (id uuid)",
  "sql",
  `SELECT g.id FROM (
     SELECT i.draft_id, i.invited_by FROM public.invitations i
     WHERE i.accepted_by = kytkin.user_id() AND i.account_id = kytkin.account_id()
     UNION
     SELECT h.draft_id, h.invited_by FROM public.request_guests h
     WHERE h.draft_id = kytkin.guest_draft() AND h.user_id = kytkin.user_id() AND h.ended_at IS NULL
   ) handed JOIN public.grants g ON g.draft_id = handed.draft_id AND g.user_id = handed.invited_by
   WHERE EXISTS (SELECT FROM public.candidates c WHERE c.grant_id = g.id AND c.picked_at IS NOT NULL)`,
  ["customer", "guest"],
);

/**
 * Who accepted the terms of a draft, as long as that person is in its account or has the draft in hand as a guest, and who
 * handed it to the guest that asks. No row for a draft that the scope does not have.
 */
const draftPreparation = definer(
  "draft_preparation(of_draft uuid)",
  "TABLE (account_name text, accepted_by text, accepted_at timestamptz, handed_by text)",
  "sql",
  `SELECT a.name,
     (SELECT u.email FROM public.users u WHERE u.id = d.accepted_by
       AND (EXISTS (SELECT FROM public.memberships m WHERE m.account_id = d.account_id AND m.user_id = u.id)
         OR EXISTS (SELECT FROM public.request_guests g
           WHERE g.draft_id = d.id AND g.user_id = u.id AND g.ended_at IS NULL))),
     d.accepted_at,
     (SELECT u.email FROM public.request_guests g JOIN public.users u ON u.id = g.invited_by
       WHERE g.draft_id = kytkin.guest_draft() AND g.user_id = kytkin.user_id() AND g.ended_at IS NULL)
   FROM public.drafts d JOIN public.accounts a ON a.id = d.account_id
   WHERE d.id = of_draft AND (d.account_id = kytkin.account_id() OR d.id = kytkin.guest_draft())`,
  ["customer", "guest"],
);

/** Environments of the account and this integration that are being activated, in all requests of its members and guests: the cap counts them. */
const countInFlight = definer(
  "count_in_flight(of_integration uuid, of_states text[])",
  "integer",
  "sql",
  `SELECT count(*)::integer FROM public.activations a
   WHERE a.account_id = kytkin.request_account() AND a.integration_id = of_integration AND a.state = ANY (of_states)`,
  ["customer", "guest"],
);

/** The consents that are open for a draft of the account, and whose: without a word of what they cover. */
const openConsents = definer(
  "open_consents(of_draft uuid)",
  "TABLE (id uuid, user_id uuid, email text)",
  "sql",
  `SELECT g.id, g.user_id, u.email FROM public.grants g JOIN public.users u ON u.id = g.user_id
   WHERE g.draft_id = of_draft AND g.account_id = kytkin.account_id() AND g.state = 'open'`,
  ["customer"],
);

/** What a person has in hand as a guest, the one chosen last first: enough to find the way back to it. */
const guestAccesses = definer(
  "guest_accesses(of_user uuid, of_locale text)",
  "TABLE (draft_id uuid, account_id uuid, account_name text, link_token text, slug text, integration_name text, partner_name text, request_id uuid, consent_started_at timestamptz, is_opened boolean, handed_by text)",
  "sql",
  `SELECT g.draft_id, g.account_id, a.name, d.link_token, i.slug, kytkin.name_in(s.content, of_locale), p.name, r.id, d.consent_started_at,
     g.opened_at IS NOT NULL, u.email
   FROM public.request_guests g
     JOIN public.drafts d ON d.id = g.draft_id
     JOIN public.accounts a ON a.id = g.account_id
     JOIN public.integrations i ON i.id = d.integration_id
     JOIN public.specifications s ON s.id = d.specification_id
     JOIN public.partners p ON p.id = d.partner_id
     JOIN public.users u ON u.id = g.invited_by
     LEFT JOIN public.activation_requests r ON r.draft_id = d.id
   WHERE g.user_id = of_user AND g.ended_at IS NULL AND (d.state = 'open' OR r.id IS NOT NULL)
     AND (r.settled_at IS NULL OR r.settled_at >= pg_catalog.now() - interval '${RESULT_DAYS} days')
   ORDER BY g.opened_at DESC NULLS LAST, g.created_at DESC`,
  ["auth"],
);

/** Which integration of which partner the invitation in hand hands over; no row for one into an account alone. */
const handedOver = definer(
  "handed_over(of_locale text)",
  "TABLE (integration_name text, partner_name text)",
  "sql",
  `SELECT kytkin.name_in(s.content, of_locale), p.name
   FROM public.invitations i
     JOIN public.drafts d ON d.id = i.draft_id
     JOIN public.specifications s ON s.id = d.specification_id
     JOIN public.partners p ON p.id = d.partner_id
   WHERE i.token_hash = kytkin.key_hash()`,
  ["auth"],
);

/**
 * The account, if the person is in it, else nothing. Asked when the scope is entered: a person who was taken out of an
 * account enters an empty one, also in a web request that read its session before.
 */
const accountOfMember = [
  ...definer(
    "account_of_member(of_account uuid, of_user uuid)",
    "text",
    "sql",
    `SELECT coalesce((SELECT m.account_id::text FROM public.memberships m
       WHERE m.account_id = of_account AND m.user_id = of_user), '')`,
    [],
  ),
  // Called before the scope's role is entered.
  `GRANT USAGE ON SCHEMA kytkin TO ${WEB_LOGIN}`,
  `GRANT EXECUTE ON FUNCTION kytkin.account_of_member(uuid, uuid) TO ${WEB_LOGIN}`,
];

export const GUEST_FUNCTIONS: string[] = [
  ...accountOfMember,
  ...guestDraft,
  ...requestAccount,
  ...handedConsents,
  ...draftPreparation,
  ...countInFlight,
  ...openConsents,
  ...guestAccesses,
  ...handedOver,
];
