import type { MarkedToken } from "marked";

/** Markdown's own tokens. */
export type GuideToken = MarkedToken;
export type Guide = { title: string; tokens: GuideToken[] };
