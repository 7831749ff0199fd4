import { asApplicationRefused } from "./blame";
import type { ConnectorContext, FreshToken, TokenSubject } from "./context";
import { ConnectorError, type ConnectorErrorKind } from "./errors";
import { beforeSending } from "./vendor-answer";

/** In whose name a call is made, and how its token is got. */
export type Bearer = { subject: TokenSubject; requestToken: () => Promise<FreshToken> };

/**
 * Sends a request with the bearer's token; a token that the vendor refuses is dropped. The partner's own key that is refused
 * is `application_refused`.
 */
export async function withToken<T>(
  context: ConnectorContext,
  { subject, requestToken }: Bearer,
  send: (token: string) => Promise<T>,
): Promise<T> {
  try {
    const token = await beforeSending(context.tokens.get(subject, requestToken));
    return await send(token);
  } catch (error) {
    if (!isOf(error, "unauthorized")) throw error;
    await context.tokens.drop(subject);
    throw subject.kind === "vendor_application" ? asApplicationRefused(error) : error;
  }
}

/**
 * As `withToken`, and once more with a new token when the first is refused: a token can die before its end, and one from the
 * cache keeps the rights that it was made with.
 */
export async function withFreshToken<T>(
  context: ConnectorContext,
  { subject, requestToken }: Bearer,
  send: (token: string) => Promise<T>,
): Promise<T> {
  let isFromCache = true;
  const requestNoted = () => {
    isFromCache = false;
    return requestToken();
  };
  try {
    return await withToken(context, { subject, requestToken: requestNoted }, send);
  } catch (error) {
    // Unsent: it was the call for the token that was refused.
    if (!(error instanceof ConnectorError) || error.unsent) throw error;
    const isStale = isOf(error, "forbidden") && isFromCache;
    if (!isStale && !isOf(error, "unauthorized", "application_refused")) throw error;
    await context.tokens.drop(subject);
    return withToken(context, { subject, requestToken }, send);
  }
}

function isOf(error: unknown, ...kinds: ConnectorErrorKind[]): error is ConnectorError {
  return error instanceof ConnectorError && kinds.includes(error.kind);
}
