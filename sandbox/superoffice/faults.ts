import { type CallFaults, makeCallFaults } from "../web/call-faults";

export type FaultSettings = CallFaults & {
  codeLifetimeSeconds: number;
  /** Seconds that a ticket lives after its last use. */
  ticketLifetimeSeconds: number;
  /** How long a tenant's state is said to be valid. */
  stateValidSeconds: number;
  /** The next id_token carries another nonce than the sign-in did. */
  changeNextNonce: boolean;
  /** The next token names the current key and is signed with another. */
  forgeNextSignature: boolean;
  /** The next id_token comes without a system token, as when the application has no system user. */
  withholdNextSystemToken: boolean;
  /** The tenant where the application may not change fields and lists. */
  withoutAdministration: string | null;
  /** The next layout is not published. */
  failNextPublish: boolean;
  /** So many changes of a record are preceded by one that a person makes. */
  editsBeforePatch: number;
};

export function makeFaultSettings(): FaultSettings {
  return {
    ...makeCallFaults(),
    codeLifetimeSeconds: 600,
    ticketLifetimeSeconds: 6 * 60 * 60,
    stateValidSeconds: 6 * 60 * 60,
    changeNextNonce: false,
    forgeNextSignature: false,
    withholdNextSystemToken: false,
    withoutAdministration: null,
    failNextPublish: false,
    editsBeforePatch: 0,
  };
}
