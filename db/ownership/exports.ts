import { type Ownership, ofAccount, system } from "./access";

/** What a customer takes along: its members see that there is one and ask for it; its bytes are the worker's and the gateway's. */
export const exports: Ownership = {
  connection_exports: {
    customer: {
      select: ofAccount,
      insert: {
        check: `account_id = kytkin.account_id() and asked_by = kytkin.user_id() and state = 'making'
          and ends_at <= now() + interval '7 days'
          and exists (select from connections c where c.id = connection_exports.connection_id
            and c.state in ('active', 'needs_attention'))`,
      },
    },
    system,
  },
  connection_export_chunks: { system },
  export_tickets: {
    customer: {
      insert: {
        check: "account_id = kytkin.account_id() and asked_by = kytkin.user_id() and used_at is null",
      },
    },
    system,
  },
};
