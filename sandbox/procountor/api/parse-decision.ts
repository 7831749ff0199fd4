import type { ActivationRequest } from "../model";
import { apiError } from "./api-call";

const MAX_REASON_LENGTH = 255;
/** Between 128 and 159 Windows-1252 has these characters; everywhere else it is Latin-1. */
const HIGH_CHARACTERS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

export type ParsedDecision = { approve: number[]; reject: { companyId: number; reason: string }[] };

/** The body of `PUT /integrations/{requestId}`: together exactly the companies of the request, else 400. */
export function parseDecision(body: unknown, request: ActivationRequest): ParsedDecision {
  if (!isRecord(body)) throw apiError(400, "The body is not valid JSON.");
  const approve = readList(body.approve, "approve").map((id) => readCompanyId(id, "approve"));
  const reject = readList(body.reject, "reject").map((entry) => {
    if (!isRecord(entry)) throw apiError(400, "An object is expected.", "reject");
    return {
      companyId: readCompanyId(entry.companyId, "reject.companyId"),
      reason: readReason(entry.reason),
    };
  });
  const decided = [...approve, ...reject.map(({ companyId }) => companyId)].sort();
  if (JSON.stringify(decided) !== JSON.stringify([...request.companyIds].sort())) {
    throw apiError(400, "Company ids do not match the API integration request.");
  }
  return { approve, reject };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readList(value: unknown, field: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw apiError(400, "A list is expected.", field);
  return value;
}

function readCompanyId(value: unknown, field: string): number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw apiError(400, "A company id is expected.", field);
  return value;
}

function readReason(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw apiError(400, "Text is expected.", "reject.reason");
  if (value.length > MAX_REASON_LENGTH)
    throw apiError(400, "size must be between 0 and 255", "reject.reason");
  if ([...value].some((character) => !isOneByte(character))) {
    throw apiError(400, "The text holds characters outside Windows-1252.", "reject.reason");
  }
  return value;
}

function isOneByte(character: string): boolean {
  return (
    HIGH_CHARACTERS.includes(character) ||
    character <= "\u007f" ||
    (character >= "\u00a0" && character <= "\u00ff")
  );
}
