import { parseJson, pickMessages } from "@/lib/connectors/vendor-answer";
import { errorAnswer } from "./schemas";

/** What the error says, in the vendor's own words; an answer that is no JSON (a proxy's page) says nothing. */
export function readMessages(body: string, secrets: readonly string[]): string[] {
  const answer = errorAnswer.safeParse(parseJson(body));
  if (!answer.success) return [];
  const messages =
    "errors" in answer.data
      ? answer.data.errors.map(({ field, message }) => [field, message].filter(Boolean).join(": "))
      : [[answer.data.error, answer.data.error_description].filter(Boolean).join(": ")];
  return pickMessages(messages, secrets);
}
