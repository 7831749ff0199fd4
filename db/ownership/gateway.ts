import { everything, type Ownership, ofAccount, ofPartner, system } from "./access";

/** What goes through the gateway. The gateway itself reads and writes by `db/gateway-functions.ts` alone. */
export const gateway: Ownership = {
  gateway_tokens: { system },
  gateway_calls: {
    customer: { select: ofAccount },
    partner: { select: ofPartner },
    // Lines are written by `kytkin.log_gateway_calls`; the sweep removes those that are old.
    system: { select: everything, delete: everything },
  },
};
