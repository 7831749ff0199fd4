/** A call of the vendor's to `/api/vendors/[connector]/[address]`, as it came: at most 64 KB of body. Nothing of it is verified. */
export type InboundCall = {
  /** Names in lower case; only those that `manifest.inboundHeaders` lists are kept. */
  headers: Readonly<Record<string, string>>;
  body: string;
};

/** What a verified call hints at. What is true is read at the vendor. */
export type InboundNotice = {
  /** The same for the same notice when the vendor sends it again. */
  id: string;
  kind: "environment_changed";
  /** The vendor's id of the environment that is to be read. */
  externalId: string;
};
