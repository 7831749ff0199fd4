import { REFUSALS, type RefusalCode } from "./refusals";

/** Whether something has left for the vendor: `unknown` after a write whose answer was lost. */
export type Sent = "no" | "unknown" | "yes";

const PROBLEMS = {
  bad_path: 400,
  bad_query: 400,
  bad_header: 400,
  from_a_browser: 400,
  invalid_input: 400,
  not_found: 404,
  entity_unknown: 404,
  delivery_unknown: 404,
  method_not_allowed: 405,
  cursor_ended: 410,
  body_too_large: 413,
  too_many_rows: 413,
  unsupported_media_type: 415,
  too_many_in_flight: 429,
  limit_exhausted: 429,
  vendor_limit: 429,
  internal: 500,
  vendor_unreachable: 502,
  vendor_redirected: 502,
  no_token: 503,
  token_refused: 503,
  unavailable: 503,
  answer_lost: 504,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof PROBLEMS | RefusalCode;

/** A refusal of the gateway's own (RFC 9457); what the vendor refuses is passed on as the vendor words it. */
export class GatewayProblem extends Error {
  override readonly name = "GatewayProblem";
  readonly status: number;
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly members: Record<string, unknown> & { sent?: Sent } = {},
    readonly headers: Record<string, string> = {},
    status?: number,
  ) {
    super(detail);
    this.status = status ?? statusOf(code);
  }
}

function statusOf(code: ProblemCode): number {
  return code in REFUSALS ? REFUSALS[code as RefusalCode].status : PROBLEMS[code as keyof typeof PROBLEMS];
}
