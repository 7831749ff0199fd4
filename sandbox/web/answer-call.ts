import { setTimeout as delay } from "node:timers/promises";
import type { CallFaults } from "./call-faults";
import type { CallLog } from "./call-log";
import { type Call, fits, type LateRule, takeRule } from "./call-rules";
import type { Exchange } from "./exchange";
import { HttpError } from "./http-error";

/** `body` undefined: no body at all, as with 204. Text is sent as an HTML page. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

type ApiAnswering = {
  standIn: { faults: CallFaults; calls: CallLog };
  exchange: Exchange;
  call: Call;
  /** Whose call the log says it was. */
  clientId: string;
  /** The body of a failure on purpose that brings none, in the vendor's shape; undefined where the vendor sends none. */
  makeFailure(status: number): unknown;
  carryOut(): Answer | Promise<Answer>;
};

const HOLD_LOOK_MS = 20;

/** Answers one call of an API: latency and faults first, then the call itself, whose answer may be lost on purpose. */
export async function answerCall({ standIn, exchange, call, ...api }: ApiAnswering): Promise<void> {
  const { faults, calls } = standIn;
  if (faults.latencyMs > 0) await delay(faults.latencyMs);
  while (faults.held.some((rule) => fits(rule, call))) await delay(HOLD_LOOK_MS);
  const late = takeRule(faults.carryOutLateNext, call);
  // Its body is read before the answer ends the exchange.
  if (late) await exchange.readText();
  const answer = late
    ? { status: late.status ?? 0, body: late.status === null ? undefined : api.makeFailure(late.status) }
    : (failOnPurpose(faults, call, api.makeFailure) ?? (await settle(api.carryOut)));
  const isLost = late?.status === null || takeRule(faults.loseAnswerNext, call) !== null;
  const { method, path } = call;
  const status = isLost ? null : answer.status;
  calls.add({ at: new Date().toISOString(), method, path, status, clientId: api.clientId });
  if (isLost) exchange.request.socket.destroy();
  else if (answer.body === undefined) exchange.send(answer.status, "", answer.headers ?? {});
  else if (typeof answer.body === "string")
    exchange.send(answer.status, answer.body, {
      "content-type": "text/html; charset=utf-8",
      ...answer.headers,
    });
  else exchange.sendJson(answer.status, answer.body, answer.headers);
  if (late) carryOutLater(faults, late, api.carryOut);
}

/** The caller has its answer by now; what comes of the call nobody hears. */
function carryOutLater(faults: CallFaults, { afterMs }: LateRule, carryOut: ApiAnswering["carryOut"]): void {
  const effect = async (): Promise<void> => {
    await settle(carryOut);
  };
  if (afterMs === null) faults.waitingEffects.push(effect);
  else setTimeout(() => void effect(), afterMs);
}

async function settle(carryOut: ApiAnswering["carryOut"]): Promise<Answer> {
  try {
    return await carryOut();
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, body: error.body };
    throw error;
  }
}

function failOnPurpose(
  faults: CallFaults,
  call: Call,
  makeFailure: ApiAnswering["makeFailure"],
): Answer | null {
  const rule = takeRule(faults.failNext, call);
  if (!rule) return null;
  const { status, retryAfterSeconds, body } = rule;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  if (body === null) return { status, headers };
  return { status, body: body ?? makeFailure(status), headers };
}
