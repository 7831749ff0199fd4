/**
 * Why a call is refused before anything leaves, in the order in which `kytkin.authorize_gateway_call` looks. What is not a state
 * of one's own connection is the 404 of an unknown one; only `code` tells its owner which.
 */
export const REFUSALS = {
  key_unknown: { status: 401, detail: "The API key is unknown, revoked or has ended." },
  scope_missing: { status: 403, detail: "The API key lacks the scope that this call needs." },
  connection_unknown: {
    status: 404,
    detail: "There is no such connection, or it is another partner's, or of the other stage.",
  },
  access_not_accepted: {
    status: 404,
    detail: "The version that this customer accepted declares no such access of your software.",
  },
  operation_closed: {
    status: 404,
    detail: "This operation is not open through the gateway. The documentation lists those that are.",
  },
  right_not_accepted: {
    status: 404,
    detail: "The version that this customer accepted holds none of the rights that this operation needs.",
  },
  connection_ended: { status: 409, detail: "The connection has ended; nothing is called for it any more." },
  connection_paused: {
    status: 409,
    detail: "The connection is paused; nothing is called for it until the pause is over or lifted.",
  },
  connection_needs_attention: {
    status: 409,
    detail: "The connection needs its customer's attention; nothing is called for it until then.",
  },
} as const satisfies Record<string, { status: number; detail: string }>;

export type RefusalCode = keyof typeof REFUSALS;
