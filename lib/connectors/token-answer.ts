import { z } from "zod";

const LONGEST_LIFETIME_SECONDS = 24 * 60 * 60;

/**
 * OAuth 2.0 (RFC 6749, 5.1). `expires_in` is only recommended there: without a usable one, or with an absurd one, the token
 * is taken to live for `assumedSeconds`. A token is sent in a header, so only what may stand in one is a token.
 */
export const makeTokenAnswer = (assumedSeconds: number) =>
  z.object({
    access_token: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]+$/),
    expires_in: z.coerce.number().positive().max(LONGEST_LIFETIME_SECONDS).catch(assumedSeconds),
  });
