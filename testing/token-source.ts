import type { TokenSource, TokenSubject } from "@/lib/connectors/context";

/** Tokens in memory, by subject. */
export function makeTokenSource(): TokenSource {
  const tokens = new Map<string, string>();
  const keyOf = (subject: TokenSubject) => JSON.stringify(subject);
  return {
    async get(subject, refresh) {
      const known = tokens.get(keyOf(subject));
      if (known !== undefined) return known;
      const { token } = await refresh();
      tokens.set(keyOf(subject), token);
      return token;
    },
    async drop(subject) {
      tokens.delete(keyOf(subject));
    },
  };
}
