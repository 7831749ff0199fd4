import type { ConnectorContext, FreshToken, TokenSubject } from "./context";
import { ConnectorError } from "./errors";
import { beforeSending } from "./vendor-answer";

/** In whose name a call is made, and how its token is got. */
export type Bearer = { subject: TokenSubject; requestToken: () => Promise<FreshToken> };

/** Sends a request with the bearer's token; a token that the vendor refuses is dropped. */
export async function withToken<T>(
  context: ConnectorContext,
  { subject, requestToken }: Bearer,
  send: (token: string) => Promise<T>,
): Promise<T> {
  const token = await beforeSending(context.tokens.get(subject, requestToken));
  try {
    return await send(token);
  } catch (error) {
    if (isRefusal(error)) await context.tokens.drop(subject);
    throw error;
  }
}

/** As `withToken`, and once more with a new token when the first is refused: a token can die before its end. */
export async function withFreshToken<T>(
  context: ConnectorContext,
  bearer: Bearer,
  send: (token: string) => Promise<T>,
): Promise<T> {
  try {
    return await withToken(context, bearer, send);
  } catch (error) {
    // Unsent: it was the call for the token that was refused.
    if (!isRefusal(error) || error.unsent) throw error;
    return withToken(context, bearer, send);
  }
}

function isRefusal(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && error.kind === "unauthorized";
}
