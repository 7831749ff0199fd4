import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { callAsClient } from "./call-vendor";
import { removalAnswer } from "./schemas";

const OPERATION = "DELETE /Offboarding/RemoveIntegration";

/** Removes the integration from the key's client. A key that has ended already has nothing left to remove. */
export async function release(context: ConnectorContext, key: HeldKey): Promise<void> {
  try {
    const answer = await callAsClient(context, key, {
      operation: OPERATION,
      method: "DELETE",
      path: "/Offboarding/RemoveIntegration",
    });
    requireSuccess(context, answer);
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "disconnected") return;
    throw error;
  }
  await context.tokens.drop(key.subject);
}

function requireSuccess(context: ConnectorContext, answer: unknown): void {
  // 204, or 200 without a word, is a success as well.
  if (answer === null) return;
  const { Success, Message } = parseAnswer(context, OPERATION, removalAnswer, answer);
  if (Success !== false) return;
  throw new ConnectorError("rejected", {
    status: 200,
    messages: Message === null ? [] : [Message],
    operation: OPERATION,
    at: context.now().toISOString(),
  });
}
