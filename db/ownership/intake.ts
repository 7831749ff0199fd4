import { type Access, everything, type Ownership, ofAccount, system } from "./access";

/** Of the one connection in whose name the intake works; nothing before a sign-in. */
const ofConnection: Access = {
  using: "connection_id = (select kytkin.connection_id()) and account_id = kytkin.account_id()",
};

/** Doors of connections, files on their way in, and what comes back. */
export const intake: Ownership = {
  intake_accounts: {
    customer: {
      // The hash of the password is written by pages and never read by them.
      select: {
        ...ofAccount,
        columns: [
          "connection_id",
          "partner_id",
          "account_id",
          "integration_id",
          "user_name",
          "password_set_at",
          "public_keys",
          "allowed_networks",
          "allows_any_address",
          "closed_at",
          "found_at",
          "created_at",
        ],
      },
      insert: ofAccount,
      update: {
        ...ofAccount,
        columns: [
          "password_hash",
          "password_set_at",
          "public_keys",
          "allowed_networks",
          "allows_any_address",
          "closed_at",
          "found_at",
        ],
      },
    },
    system,
  },
  intake_addresses: {
    customer: { select: ofAccount },
    intake: {
      select: ofConnection,
      insert: ofConnection,
      update: { ...ofConnection, columns: ["was_allowed", "last_at", "failures", "failed_at"] },
    },
    system,
  },
  uploads: {
    customer: { select: ofAccount },
    intake: {
      select: ofConnection,
      insert: ofConnection,
      update: {
        ...ofConnection,
        columns: ["folder", "name", "state", "size_bytes", "chunk_count", "touched_at"],
      },
      delete: ofConnection,
    },
    system,
  },
  upload_chunks: {
    // The intake cannot open them again, and has no need to read them.
    intake: {
      select: { ...ofConnection, columns: ["upload_id", "connection_id", "number"] },
      insert: ofConnection,
    },
    system,
  },
  intake_files: {
    customer: { select: ofAccount },
    intake: {
      select: ofConnection,
      update: { ...ofConnection, columns: ["fetched_at"] },
      delete: ofConnection,
    },
    system,
  },
  upload_open_rows: { system },
  intake_file_chunks: {
    intake: { select: ofConnection },
    system,
  },
  intake_host_keys: {
    customer: { select: everything },
    intake: { select: everything },
    system,
  },
};
