import { type Ownership, ofAccount, system } from "./access";

/** Companies as an account knows them, and what it wants to switch on in them. */
export const companies: Ownership = {
  // Written by the trigger of `activations`, as the owner.
  companies: { customer: { select: ofAccount }, system },
  company_words: { customer: { select: ofAccount }, system },
  activation_plans: {
    customer: {
      select: ofAccount,
      insert: ofAccount,
      update: {
        ...ofAccount,
        columns: ["link_token", "wanted_external_ids", "total_count", "created_at", "updated_at"],
      },
      delete: ofAccount,
    },
    system,
  },
};
