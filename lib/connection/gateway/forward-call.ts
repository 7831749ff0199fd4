import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import type { GatewayCallOutcome } from "@/db/schema";
import { toVendorApplication } from "@/lib/connectors/application-field";
import type { Limiter } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import type { GatewayDoor, VendorOperation } from "@/lib/connectors/gateway-door";
import { createVendorLimiter } from "@/lib/connectors/limiter/create-limiter";
import { getConnector } from "@/lib/connectors/registry";
import { type AllowedCall, type Asked, authorizeCall } from "./authorize-call";
import { type Access, askForToken, awaitAccess } from "./await-access";
import type { CallLog } from "./call-log";
import type { GatewayContext } from "./context";
import { countBytes, hasBody } from "./count-bytes";
import type { FoundOperation } from "./find-operation";
import { findOperations } from "./find-operation";
import type { Flights } from "./flights";
import { toCaller, toVendor } from "./headers";
import { GatewayProblem } from "./problem";
import { buildAddress, type GatewayTarget } from "./read-path";
import { NoAnswer, sendToVendor } from "./send-to-vendor";

/** What was read in the database counts for this long, by a clock that runs on while the process is stopped. */
const REMEMBERED_MS = 500;
const ASKED_AT_MOST = 3;
const MOST_REPEATS = 2;
const REPEAT_AFTER_MS = 200;
const READ_WITHIN_MS = 60_000;
const WRITE_WITHIN_MS = 120_000;
const IDLE_MS = 30_000;
/** A token that is refused this soon after it was minted was not the trouble. */
const FRESH_TOKEN_MS = 5000;

export type Forwarding = GatewayContext & { calls: CallLog; flights: Flights };
type Call = {
  request: IncomingMessage;
  response: ServerResponse;
  target: GatewayTarget;
  traceId: string;
  apiKey: string;
};

/**
 * One call of a partner's software, passed on to the vendor with the connection's access and answered as the vendor answers.
 * Throws a `GatewayProblem` before the first byte of an answer; later failures cut the answer.
 */
export async function forwardCall(context: Forwarding, call: Call): Promise<void> {
  const { request, target } = call;
  const method = request.method ?? "";
  const operations = findOperations(method, target.segments);
  const asked: Asked = {
    apiKey: call.apiKey,
    connectionId: target.connectionId,
    scope: "gateway",
    access: "gateway",
    needs: Object.fromEntries(Object.entries(operations).map(([id, { needs }]) => [id, needs])),
  };
  const fence = new Fence(context, asked);
  const allowed = await fence.ask();
  const door = getConnector(allowed.connector).gateway;
  const found: FoundOperation | undefined = Object.entries(operations).find(
    ([id]) => id === allowed.connector,
  )?.[1];
  if (!door || !found)
    throw new Error(`the rule let through an operation that is closed: ${allowed.connector}`);
  const aborting = new AbortController();
  const forward = new Forward(context, call, { allowed, door, operation: found.operation, fence, aborting });
  const land = context.flights.begin(target.connectionId, {
    abort: () => aborting.abort(),
    name: () => forward.nameOnItsWay(),
  });
  try {
    await forward.run();
  } finally {
    land();
  }
}

/** The rule, asked before the call and again directly before each try of it leaves. */
class Fence {
  private readAt = Number.NEGATIVE_INFINITY;
  constructor(
    private readonly context: GatewayContext,
    private readonly asked: Asked,
  ) {}

  async ask(): Promise<AllowedCall> {
    const at = performance.now();
    const allowed = await authorizeCall(this.context, this.asked);
    this.readAt = at;
    return allowed;
  }

  async pass(): Promise<void> {
    for (let tries = 0; performance.now() - this.readAt > REMEMBERED_MS; tries++) {
      if (tries === ASKED_AT_MOST)
        throw new Error("the database takes longer than its answer may be remembered");
      await this.ask();
    }
  }
}

type Parts = {
  allowed: AllowedCall;
  door: GatewayDoor;
  operation: VendorOperation;
  fence: Fence;
  aborting: AbortController;
};

/** One call on its way, with what is logged of it. */
class Forward {
  private readonly id = uuidv7();
  private readonly calledAt = new Date();
  private readonly startedAt = performance.now();
  private readonly isRead: boolean;
  private readonly body: ReturnType<typeof countBytes> | null;
  private readonly limiter: Limiter;
  private readonly url: URL;
  private readonly base: string;
  private received = 0;
  /** The request is at the vendor: bytes of it have left, and its answer is not whole. */
  private isOnItsWay = false;
  private isNamed = false;
  private hasEnded = false;

  constructor(
    private readonly context: Forwarding,
    private readonly call: Call,
    private readonly parts: Parts,
  ) {
    const { request, target } = call;
    const { allowed, door } = parts;
    this.isRead = request.method === "GET" || request.method === "HEAD";
    this.body = !this.isRead && hasBody(request) ? countBytes(request) : null;
    this.base = door.baseUrl(toVendorApplication(allowed));
    this.url = buildAddress(this.base, target);
    this.limiter = createVendorLimiter(
      { database: context.database, log: context.log, scope: { kind: "gateway" } },
      { limiterKey: allowed.limiterKey, limits: getConnector(allowed.connector).manifest.limits },
      `gateway/${allowed.accountId}`,
    );
  }

  async run(): Promise<void> {
    try {
      await this.carryOut();
    } catch (error) {
      // A read that was to be repeated when its connection was stopped: its first try has left.
      if (this.isNamed && !this.hasEnded) this.log("lost", null);
      throw error;
    }
  }

  private async carryOut(): Promise<void> {
    const { request, response, target } = this.call;
    const { allowed, fence, aborting } = this.parts;
    // A caller who has left needs no answer; a write that was taken in whole goes on, and its line says how it ended.
    response.once("close", () => {
      if (!response.writableFinished && (this.isRead || !request.complete)) aborting.abort();
    });
    let access = await awaitAccess(this.context, target.connectionId, allowed, () => fence.ask());
    for (let tries = 0; ; tries++) {
      const answer = await this.exchange(access, tries);
      if (answer === "again") continue;
      if (answer.statusCode === 401 && access.mintedAgoMs > FRESH_TOKEN_MS) {
        answer.resume();
        access = await this.renew(access);
        continue;
      }
      return this.pass(answer);
    }
  }

  /** One try: a place under the limit, the fence, the call. `again` for a read that got no answer. */
  private async exchange(access: Access, tries: number): Promise<IncomingMessage | "again"> {
    const giveBack = await this.takePlace();
    try {
      await this.parts.fence.pass();
      if (!this.isRead) await this.logBeforeSending();
      this.isOnItsWay = true;
      return await sendToVendor({
        url: this.url,
        method: this.call.request.method ?? "GET",
        headers: this.requestHeaders(access),
        body: this.body?.stream ?? null,
        answerWithinMs: this.isRead ? READ_WITHIN_MS : WRITE_WITHIN_MS,
        idleMs: IDLE_MS,
        signal: this.parts.aborting.signal,
      });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const mayRepeat = this.isRead && tries < MOST_REPEATS && !this.parts.aborting.signal.aborted;
      if (!mayRepeat) throw this.describeSilence(error);
      this.context.log.warn({ err: error, operation: this.parts.operation.path }, "a read is repeated");
      await delay(REPEAT_AFTER_MS * (tries + 1));
      return "again";
    } finally {
      giveBack();
    }
  }

  /** The line may take its time to be written: the rule is asked again then, and the line says that nothing left. */
  private async logBeforeSending(): Promise<void> {
    await this.context.calls.write(this.line("sent", null));
    try {
      await this.parts.fence.pass();
    } catch (error) {
      this.log("unsent", null);
      throw error;
    }
  }

  private async takePlace(): Promise<() => void> {
    const { allowed } = this.parts;
    try {
      return await this.limiter.take(allowed.externalId);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      throw new GatewayProblem(
        "limit_exhausted",
        "More calls wait for the vendor's limit than it lets through in a minute.",
        { sent: "no", limit: this.describeLimit() },
        { "retry-after": "10" },
      );
    }
  }

  private describeLimit(): Record<string, unknown> {
    const { application, environment } = getConnector(this.parts.allowed.connector).manifest.limits;
    const limit = application ?? environment;
    return {
      by: application ? "application" : "environment",
      ...(limit ? { requestsPerSecond: limit.requestsPerSecond } : {}),
    };
  }

  private requestHeaders(access: Access): Record<string, string> {
    const { request } = this.call;
    const headers = toVendor(request.headers, this.parts.door.requestHeaders, access.headers);
    const length = request.headers["content-length"];
    if (this.body) return length ? { ...headers, "content-length": length } : headers;
    return this.isRead ? headers : { ...headers, "content-length": "0" };
  }

  /** The vendor no longer takes the token: another one is minted. A read goes again; of a write nothing was carried out. */
  private async renew(access: Access): Promise<Access> {
    const { target } = this.call;
    const { fence } = this.parts;
    await askForToken(this.context, target.connectionId, access.version);
    if (this.isRead)
      return awaitAccess(this.context, target.connectionId, await fence.ask(), () => fence.ask());
    this.log("answered", 401);
    throw new GatewayProblem(
      "token_refused",
      "The vendor no longer took the token, and carried nothing out. Another one is on its way: send the call again.",
      { sent: "no" },
      { "retry-after": "1" },
    );
  }

  /** Its connection has been stopped: that the call had left by then is in the log before it ends. */
  async nameOnItsWay(): Promise<void> {
    if (!this.isOnItsWay || this.hasEnded) return;
    this.isNamed = true;
    await this.context.calls.write(this.line("sent", null));
  }

  private describeSilence(error: NoAnswer): GatewayProblem {
    if (this.body?.isTooLarge()) {
      this.log("lost", null);
      return new GatewayProblem("body_too_large", "The body is larger than 32 MB.", { sent: "unknown" });
    }
    if (error.isUnsent) {
      this.log("unsent", null);
      return new GatewayProblem(
        "vendor_unreachable",
        "The vendor's address could not be reached; nothing was sent.",
        { sent: "no" },
        { "retry-after": "10" },
      );
    }
    this.log("lost", null);
    const detail = this.isRead
      ? "The vendor did not answer in time."
      : "The call has left, and no answer came: it may have been carried out. Look at the vendor before you send it again.";
    return new GatewayProblem("answer_lost", detail, { sent: "unknown" });
  }

  /** The vendor's answer, as it is. */
  private async pass(answer: IncomingMessage): Promise<void> {
    const { response } = this.call;
    const status = answer.statusCode ?? 502;
    if (status === 429) throw this.refuseAsLimited(answer);
    if (status < 200 || (status >= 300 && status < 400 && status !== 304)) {
      answer.resume();
      this.log("answered", status);
      throw new GatewayProblem(
        "vendor_redirected",
        "The vendor answered with a redirect, which is not followed.",
        {
          sent: "yes",
          vendorStatus: status,
        },
      );
    }
    const headers = toCaller(answer.headers, this.parts.door.responseHeaders, (location) =>
      this.toOwnAddress(location),
    );
    response.writeHead(status, { ...headers, "kytkin-answer": "vendor" });
    answer.on("data", (part: Buffer) => {
      this.received += part.length;
    });
    try {
      await pipeline(answer, response);
      this.log("answered", status);
    } catch (error) {
      this.log("cut", status);
      this.context.log.warn({ err: error, operation: this.parts.operation.path }, "an answer was cut");
      response.destroy();
    }
  }

  private refuseAsLimited(answer: IncomingMessage): GatewayProblem {
    answer.resume();
    this.log("answered", 429);
    const given = Number(answer.headers["retry-after"]);
    const seconds = Number.isFinite(given) && given > 0 ? Math.min(3600, Math.ceil(given)) : 10;
    return new GatewayProblem(
      "vendor_limit",
      "The vendor says that its limit is used up.",
      { sent: "no", limit: this.describeLimit() },
      { "retry-after": String(seconds) },
    );
  }

  /** An address below the vendor's base is one of ours; any other is nobody's business. */
  private toOwnAddress(location: string): string | null {
    if (!URL.canParse(location, this.url)) return null;
    const address = new URL(location, this.url);
    const root = `${this.base}/`;
    if (!address.href.startsWith(root)) return null;
    return `/gateway/v1/connections/${this.call.target.connectionId}/${address.href.slice(root.length)}`;
  }

  private line(outcome: GatewayCallOutcome, status: number | null) {
    const { allowed, operation } = this.parts;
    return {
      id: this.id,
      connectionId: this.call.target.connectionId,
      keyId: allowed.keyId,
      method: this.call.request.method ?? "",
      pathTemplate: operation.path,
      rightUsed: allowed.rightUsed,
      outcome,
      status,
      durationMs: outcome === "sent" ? null : Math.round(performance.now() - this.startedAt),
      sentBytes: this.body?.count() ?? 0,
      receivedBytes: this.received,
      traceId: this.call.traceId,
      calledAt: this.calledAt,
    };
  }

  private log(outcome: GatewayCallOutcome, status: number | null): void {
    this.hasEnded = true;
    this.context.calls.add(this.line(outcome, status));
  }
}
