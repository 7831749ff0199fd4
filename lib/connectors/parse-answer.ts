import type { z } from "zod";
import type { ConnectorContext } from "./context";
import { ConnectorError } from "./errors";
import { noAnswer } from "./vendor-answer";

/** The answer in our shape, or `ConnectorError("unexpected")`; the log says where it differed, never what it held. */
export function parseAnswer<Shape extends z.ZodType>(
  context: ConnectorContext,
  operation: string,
  shape: Shape,
  answer: unknown,
): z.infer<Shape> {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join("."));
  context.log.warn({ operation, where }, "the vendor's answer does not have the documented shape");
  throw new ConnectorError("unexpected", { ...noAnswer(operation, context.now()), status: 200 });
}
