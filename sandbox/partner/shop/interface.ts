import type { Told } from "./order";
import { readAnswer, toFields, toList, toText } from "./read-answer";

export type InterfaceOptions = { portalUrl: string; gatewayUrl: string; apiKey: string };

/** A company whose connection takes orders. */
export type Connected = { id: string; integration: string; company: string; state: string };

export type Outcome = {
  deliveryId: string | null;
  key: string | null;
  outcome: string;
  at: string;
  vendorId: string | null;
  vendorLabel: string | null;
  told: Told | null;
};

/** The interface refused or did not answer. */
export class Refused extends Error {
  constructor(readonly told: Told) {
    super(told.title);
  }
}

/** The public interface, as the shop's software calls it: an API key, and nothing else of the portal. */
export class Interface {
  constructor(private readonly options: InterfaceOptions) {}

  /** The newest hundred connections of an integration that are not ended. */
  async listConnected(integration: string): Promise<Connected[]> {
    const query = new URLSearchParams({ integration, limit: "100" });
    const body = await this.call("GET", `${this.options.portalUrl}/api/v1/connections?${query}`);
    return toList(body.connections)
      .map((one) => ({
        id: toText(one.id) ?? "",
        integration,
        company: toText(one.name) ?? toText(one.externalId) ?? "",
        state: toText(one.state) ?? "",
      }))
      .filter(({ state }) => state === "active" || state === "needs_attention");
  }

  /** Sends one row; gives the delivery, and the row's outcome when it has one at once. A repetition of `key` is one delivery. */
  async deliver(connectionId: string, entity: string, row: object, key: string) {
    const body = await this.call("POST", `${this.below(connectionId)}/records/${entity}`, {
      body: { records: [row] },
      key,
    });
    return { deliveryId: toText(body.deliveryId), outcomes: toList(body.outcomes).map(readOutcome) };
  }

  async listOutcomes(connectionId: string, cursor: string | undefined) {
    const query = cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`;
    const body = await this.call("GET", `${this.below(connectionId)}/outcomes${query}`);
    return {
      outcomes: toList(body.outcomes).map(readOutcome),
      nextCursor: toText(body.nextCursor),
      hasMore: body.hasMore === true,
    };
  }

  /** A record of the vendor's own, read through the gateway. */
  readVendor(connectionId: string, path: string): Promise<Record<string, unknown>> {
    return this.call("GET", `${this.below(connectionId)}${path}`);
  }

  private below(connectionId: string): string {
    return `${this.options.gatewayUrl}/gateway/v1/connections/${encodeURIComponent(connectionId)}`;
  }

  private async call(
    method: string,
    url: string,
    sent?: { body: object; key: string },
  ): Promise<Record<string, unknown>> {
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${this.options.apiKey}`,
          ...(sent && { "content-type": "application/json", "idempotency-key": sent.key }),
        },
        ...(sent && { body: JSON.stringify(sent.body) }),
        signal: AbortSignal.timeout(20_000),
      });
    } catch {
      throw new Refused({ title: "No answer", detail: "Kytkin does not answer. Send it again in a moment." });
    }
    const body = readAnswer(await response.text());
    if (response.ok) return toFields(body);
    const { title, detail, code } = toFields(body);
    throw new Refused({
      title: toText(code) ?? toText(title) ?? `Status ${response.status}`,
      detail: toText(detail) ?? toText(title) ?? "No reason was given.",
    });
  }
}

function readOutcome(one: Record<string, unknown>): Outcome {
  const [problem] = toList(one.problems);
  return {
    deliveryId: toText(one.deliveryId),
    key: toText(one.key),
    outcome: toText(one.outcome) ?? "unknown",
    at: toText(one.at) ?? new Date().toISOString(),
    vendorId: toText(one.vendorId),
    vendorLabel: toText(one.vendorLabel),
    told: problem
      ? {
          title: toText(problem.detail) ?? toText(problem.cause) ?? "",
          detail: [toText(problem.field), toText(problem.fix)].filter((part) => part !== null).join(": "),
        }
      : null,
  };
}
